"""The evidence's page: measures, their readings, and what the team says came of it."""

from . import (
    batches,
    change_days,
    corrections,
    downloads,
    evidence,
    happenings,
    measures,
    new_limits,
    readings,
    removals,
    results,
)

blueprints = (
    batches.bp,
    change_days.bp,
    corrections.bp,
    downloads.bp,
    evidence.bp,
    happenings.bp,
    measures.bp,
    new_limits.bp,
    readings.bp,
    removals.bp,
    results.bp,
)
