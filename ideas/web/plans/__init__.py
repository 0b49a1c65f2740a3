"""The plan's page, where the team works: plan, steps, files, screening and checks."""

from . import attachments, checks, completions, plans, removals, screening, steps

blueprints = (plans.bp, steps.bp, completions.bp, attachments.bp, removals.bp, screening.bp, checks.bp)
