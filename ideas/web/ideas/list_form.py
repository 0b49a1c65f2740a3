"""The form that narrows the list."""

from __future__ import annotations

from ideas.models import Sector, Stage, VerdictKind
from ideas.web.choices import SelectField
from ideas.web.forms import FilterForm


class ListForm(FilterForm):
    """Which ideas to list."""

    stage = SelectField("Stage", choices=[("", "All stages"), *((stage.value, stage.words) for stage in Stage)])
    organisation = SelectField("Organisation")
    sector = SelectField("Sector", choices=[("", "All sectors"), *((sector.value, sector.words) for sector in Sector)])
    verdict = SelectField(
        "Is it less bad?", choices=[("", "Any verdict"), *((each.value, each.words) for each in VerdictKind)]
    )
    # The board's own filters, so that "All 14 new" there leads to the same fourteen here.
    mine = SelectField("Only yours", choices=[("", "No"), ("1", "Yes")])
    overdue = SelectField("Only overdue", choices=[("", "No"), ("1", "Yes")])
    needs = SelectField(
        "Only those that need something",
        choices=[("", "All"), ("sponsor", "Need a sponsor"), ("host", "Look for a host")],
    )

    @property
    def of_the_board(self) -> list[SelectField]:
        """Those of the board's own filters that are set."""
        return [field for field in (self.mine, self.overdue, self.needs) if field.data and not field.errors]
