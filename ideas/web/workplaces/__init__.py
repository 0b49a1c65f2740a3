"""Places: an organisation's wards and rooms, and the poster of each."""

from . import at, joining, retirements, sending, without_name, workplaces

blueprints = (workplaces.bp, retirements.bp, at.bp, sending.bp, without_name.bp, joining.bp)
