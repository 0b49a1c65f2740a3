"""Change days: from which day the change counts, where it is not the start of the trial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import measures
from ideas.models import Measure
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.templating import dom_id

from . import editing
from .forms import ChangeDayForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("change_days", __name__)


@bp.post("/measures/<int:id>/change-day")
@on(Measure, Action.EDIT)
def update(measure: Measure) -> Response | tuple[str, int]:
    """Say from which day the change counts, and why."""
    form = ChangeDayForm(ids="day")
    day, reason = form.changed_on, form.reason
    if accepted(form, lambda: measures.change(measure, changed_on=day.data, reason=reason.data, by=me())) is None:
        return refused("measures/edit.html", form, **editing.of(measure, day_form=form))
    return go_on(url_for("evidence.show", ref=measure.idea.ref, _anchor=dom_id(measure)), said="The day is saved.")
