"""Cycles on the evidence's page: each step in its own small form."""

from . import cycles, endings, removals, reports, starts, studies

blueprints = (cycles.bp, removals.bp, starts.bp, reports.bp, studies.bp, endings.bp)
