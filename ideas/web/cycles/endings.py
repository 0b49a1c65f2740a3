"""Endings: what comes of a cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from ideas.access import Action
from ideas.domain import cycles
from ideas.models import Cycle, CycleStep
from ideas.web.acts import accepted, once
from ideas.web.forms import refused
from ideas.web.guard import me, on

from . import page
from .forms import EndForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("cycle_endings", __name__)


@bp.get("/cycles/<int:id>/act")
@on(Cycle, Action.EDIT)
def new(cycle: Cycle) -> str:
    """Ask for it."""
    cycles.refuse_unless_at(cycle, CycleStep.ACT)
    return render_template("cycles/act.html", **page.of(cycle, EndForm(None)))


@bp.post("/cycles/<int:id>/act")
@on(Cycle, Action.EDIT)
@once
def create(cycle: Cycle) -> Response | tuple[str, int]:
    """Say what comes of it."""
    form = EndForm()
    said = {"ended_as": form.ended_as.data, "because": form.because.data}
    if accepted(form, lambda: cycles.act(cycle, **said, by=me())) is None:
        return refused("cycles/act.html", **page.of(cycle, form))
    return page.back(cycle.idea, "The cycle has ended.")
