"""What the page to change a measure holds: its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ideas.domain import measures
from ideas.text import dates, numbers
from ideas.web.forms import Form

from .forms import ChangeDayForm, ChangeMeasureForm, NewLimitsForm

if TYPE_CHECKING:
    from ideas.models import Measure


#: How many readings are offered as the first of new limits.
_OFFERED = 400


def of(measure: Measure, **forms: Any) -> dict[str, Any]:
    """The page of this measure's forms. A form in `forms` stands in place of a fresh one, with what was typed."""
    return {
        "idea": measure.idea,
        "measure": measure,
        "tried_before": measures.tried_before(measure.idea),
        "about_form": forms.get("about_form") or _about(measure),
        "limits_form": forms.get("limits_form") or limits_form(measure, None),
        "empty_form": Form(),
        "day_form": forms.get("day_form") or ChangeDayForm(None, ids="day", changed_on=measure.own_changed_on),
    }


def limits_form(measure: Measure, *sent: Any) -> NewLimitsForm:
    """The form to begin new limits at one of the readings but the first, the newest first."""
    form = NewLimitsForm(*sent, ids="limits")
    form.starts_on.choices = [
        ("", "Choose a reading"),
        *(
            (day.isoformat(), f"{dates.full(day)}: {_counted(measure, value)}")
            for day, value in reversed(measure.series[1:][-_OFFERED:])
        ),
    ]
    return form


def _counted(measure: Measure, value: float) -> str:
    if measure.counts_days_between:
        return f"{numbers.plural(int(value), 'day')} after the time before"
    return numbers.with_unit(numbers.plain(value), measure.unit)


def _about(measure: Measure) -> ChangeMeasureForm:
    form = ChangeMeasureForm(None, ids="about", obj=measure, seen=measures.seal(measure))
    if measure.target is not None and measure.target.is_integer():
        form.target.data = int(measure.target)
    return form
