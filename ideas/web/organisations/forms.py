"""The filter of the list of organisations."""

from __future__ import annotations

from ideas.models import Sector
from ideas.web.choices import SelectField
from ideas.web.forms import FilterForm


class OrganisationsFilter(FilterForm):
    """Which organisations to list. What makes no sense narrows nothing."""

    sector = SelectField("Sector", choices=[("", "Every sector"), *((s.value, s.words) for s in Sector)], coerce=Sector)
