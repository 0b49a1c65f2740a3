"""Cycles on the evidence's page: each step in its own small form."""

from . import cycles, endings, reports, starts, studies

blueprints = (cycles.bp, starts.bp, reports.bp, studies.bp, endings.bp)
