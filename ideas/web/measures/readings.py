"""Readings: one dated value each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import readings, slips
from ideas.models import Measure
from ideas.web.acts import accepted, once
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.templating import dom_id

from . import page
from .forms import EventForm, ReadingForm, to_enter

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from ideas.models import Reading

bp = Blueprint("readings", __name__)


@bp.post("/measures/<int:id>/readings")
@on(Measure, Action.EDIT)
@once
def create(measure: Measure) -> Response | tuple[str, int]:
    """Enter a reading, or a day on which a rare thing happened."""
    form = to_enter(measure)(ids=f"measure-{measure.id}")
    reading = accepted(form, lambda: _enter(measure, form))
    if reading is None:
        return refused("measures/show.html", form, **page.of(measure.idea, reading_forms={measure.id: form}))
    to = url_for("evidence.show", ref=measure.idea.ref, _anchor=dom_id(measure))
    return go_on(to, said=f"The reading is entered. {slips.question(reading)}".rstrip())


def _enter(measure: Measure, form: ReadingForm | EventForm) -> Reading:
    # A form that is accepted holds what it asks for; of what happened on a day, the day says all.
    day = form.taken_on.data
    value = float(form.value.data) if isinstance(form, ReadingForm) else 1.0  # type: ignore[arg-type]
    return readings.enter(measure, taken_on=day, value=value, by=me())  # type: ignore[arg-type]
