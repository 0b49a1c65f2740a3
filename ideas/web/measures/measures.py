"""Measures: added, and told from which day the change counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import measures
from ideas.models import Idea, Measure
from ideas.web.acts import accepted, once
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.templating import dom_id

from . import page
from .forms import ChangeDayForm, MeasureForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("measures", __name__)


@bp.post("/ideas/<ref:ref>/measures")
@on(Idea, Action.EDIT)
@once
def create(idea: Idea) -> Response | tuple[str, int]:
    """Say what would show it."""
    form = MeasureForm(ids="new-measure")
    measure = accepted(
        form,
        lambda: measures.add(idea, name=form.name.data, unit=form.unit.data, direction=form.direction.data, by=me()),
    )
    if measure is None:
        return refused("measures/show.html", form, **page.of(idea, measure_form=form))
    return go_on(url_for("evidence.show", ref=idea.ref, _anchor=dom_id(measure)), said="The measure is added.")


@bp.post("/measures/<int:id>")
@on(Measure, Action.EDIT)
def update(measure: Measure) -> Response | tuple[str, int]:
    """Say from which day the change counts."""
    form = ChangeDayForm(ids=f"measure-{measure.id}")
    if accepted(form, lambda: measures.change(measure, changed_on=form.changed_on.data, by=me())) is None:
        return refused("measures/show.html", form, **page.of(measure.idea, day_forms={measure.id: form}))
    return go_on(url_for("evidence.show", ref=measure.idea.ref, _anchor=dom_id(measure)), said="The day is saved.")
