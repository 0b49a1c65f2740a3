"""New limits: begun at a reading, with a reason, and taken back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import rebases
from ideas.models import Measure, Rebase
from ideas.web.acts import accepted, once
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from . import editing

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from .forms import NewLimitsForm

bp = Blueprint("new_limits", __name__)


@bp.post("/measures/<int:id>/new-limits")
@on(Measure, Action.EDIT)
@once
def create(measure: Measure) -> Response | tuple[str, int]:
    """Begin new limits."""
    form = editing.limits_form(measure)
    if accepted(form, lambda: _begin(measure, form)) is None:
        return refused("measures/edit.html", form, **editing.of(measure, limits_form=form))
    return go_on(url_for("measures.edit", id=measure.id, _anchor="limits"), said="New limits begin there.")


def _begin(measure: Measure, form: NewLimitsForm) -> Rebase:
    day = dt.date.fromisoformat(form.starts_on.data)
    return rebases.begin(measure, starts_on=day, reason=form.reason.data, by=me())


@bp.post("/new-limits/<int:id>/removal")
@on(Rebase, Action.EDIT)
def destroy(rebase: Rebase) -> Response:
    """Go on with the limits from before."""
    to = url_for("measures.edit", id=rebase.measure_id, _anchor="limits")
    rebases.take_back(rebase, by=me())
    return go_on(to, said="The limits from before go on.")
