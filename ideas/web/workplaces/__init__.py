"""Places: an organisation's wards and rooms, and the poster of each."""

from . import at, retirements, sending, workplaces

blueprints = (workplaces.bp, retirements.bp, at.bp, sending.bp)
