"""The evidence's page: measures, their readings, and what the team says came of it."""

from . import change_days, evidence, measures, readings, removals, results

blueprints = (change_days.bp, evidence.bp, measures.bp, readings.bp, removals.bp, results.bp)
