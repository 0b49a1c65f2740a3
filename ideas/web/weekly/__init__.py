"""The weekly minute: one screen a week, which anybody of the team answers for all."""

from . import minutes

blueprints = (minutes.bp,)
