"""The plan's page, where the team works: plan, steps, screening and checks."""

from . import checks, completions, plans, screening, steps

blueprints = (plans.bp, steps.bp, completions.bp, screening.bp, checks.bp)
