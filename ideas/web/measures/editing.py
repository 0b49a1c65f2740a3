"""What the page to change a measure holds: its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .forms import AboutMeasure, ChangeDayForm

if TYPE_CHECKING:
    from ideas.models import Measure


def of(measure: Measure, **forms: Any) -> dict[str, Any]:
    """The page of this measure's forms. A form in `forms` stands in place of a fresh one, with what was typed."""
    return {
        "idea": measure.idea,
        "measure": measure,
        "about_form": forms.get("about_form") or _about(measure),
        "day_form": forms.get("day_form") or ChangeDayForm(None, ids="day", changed_on=measure.own_changed_on),
    }


def _about(measure: Measure) -> AboutMeasure:
    form = AboutMeasure(None, ids="about", obj=measure)
    if measure.target is not None and measure.target.is_integer():
        form.target.data = int(measure.target)
    return form
