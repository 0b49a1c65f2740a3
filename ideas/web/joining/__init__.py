"""Joining: asking to belong somewhere, and the answer of those who work there."""

from . import confirmations, join, refusals

blueprints = (join.bp, confirmations.bp, refusals.bp)
