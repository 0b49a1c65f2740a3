"""The evidence's page: measures, their readings, and what the team says came of it."""

from . import evidence, measures, readings, removals, results

blueprints = (evidence.bp, measures.bp, readings.bp, removals.bp, results.bp)
