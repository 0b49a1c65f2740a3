"""Measures: added and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import measures
from ideas.domain.errors import Stale
from ideas.models import Idea, Measure
from ideas.web.acts import accepted, once
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.stale import too_late
from ideas.web.templating import dom_id

from . import editing, page
from .forms import ChangeMeasureForm, MeasureForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("measures", __name__)


@bp.post("/ideas/<ref:ref>/measures")
@on(Idea, Action.EDIT)
@once
def create(idea: Idea) -> Response | tuple[str, int]:
    """Say what would show it."""
    form = MeasureForm(ids="new-measure")
    measure = accepted(form, lambda: measures.add(idea, by=me(), **form.said))
    if measure is None:
        return refused("measures/show.html", form, **page.of(idea, measure_form=form))
    return go_on(url_for("evidence.show", ref=idea.ref, _anchor=dom_id(measure)), said="The measure is added.")


@bp.get("/measures/<int:id>/edit")
@on(Measure, Action.EDIT)
def edit(measure: Measure) -> str:
    """What the measure is, and from which day the change counts: the forms to change both."""
    return render_template("measures/edit.html", **editing.of(measure))


@bp.post("/measures/<int:id>")
@on(Measure, Action.EDIT)
def update(measure: Measure) -> Response | tuple[str, int]:
    """Change what a measure is."""
    form = ChangeMeasureForm(ids="about")
    try:
        done = accepted(form, lambda: measures.revise(measure, form.said, by=me(), seen=form.seen.data))
    except Stale as error:
        return too_late("measures/edit.html", form, error, lambda: _overtaken(measure, form))
    if done is None:
        return refused("measures/edit.html", form, **editing.of(measure, about_form=form))
    to = url_for("evidence.show", ref=measure.idea.ref, _anchor=dom_id(measure))
    return go_on(to, said="The measure is changed.")


def _overtaken(measure: Measure, form: ChangeMeasureForm) -> dict[str, Any]:
    """What was typed, and what the measure is now."""
    form.seen.data = measures.seal(measure)
    return editing.of(measure, about_form=form) | {"is_overtaken": True}
