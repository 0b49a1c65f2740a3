"""What the evidence's page holds: measures with their readings, what came of it, and their forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ideas.access import Action, may
from ideas.domain import measures
from ideas.web.guard import me

from .forms import ChangeDayForm, MeasureForm, ReadingForm, ResultForm

if TYPE_CHECKING:
    from ideas.models import Idea, Measure


def of(idea: Idea, **forms: Any) -> dict[str, Any]:
    """The page of this idea's evidence. A form in `forms` stands in place of a fresh one, with what was typed."""
    may_edit = may(me(), Action.EDIT, idea)
    fresh = {measure.id: _forms(measure) for measure in idea.measures} if may_edit else {}
    return {
        "idea": idea,
        "has_sign_off": bool(idea.sign_offs),
        "sides": {measure.id: measures.before_and_since(measure) for measure in idea.measures},
        "measure_form": forms.get("measure_form") or MeasureForm(None, ids="new-measure"),
        "reading_forms": {id: both[0] for id, both in fresh.items()} | forms.get("reading_forms", {}),
        "day_forms": {id: both[1] for id, both in fresh.items()} | forms.get("day_forms", {}),
        "result_form": forms.get("result_form")
        or ResultForm(None, stated_result=idea.stated_result, version=idea.version),
        "open_forms": set(forms),
        "theirs": {},
    }


def _forms(measure: Measure) -> tuple[ReadingForm, ChangeDayForm]:
    return (
        ReadingForm(None, ids=f"measure-{measure.id}"),
        ChangeDayForm(None, ids=f"measure-{measure.id}", changed_on=measure.changed_on),
    )
