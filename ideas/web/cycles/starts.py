"""Starts: a cycle begins, and what was predicted stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from ideas import clock
from ideas.access import Action
from ideas.domain import cycles
from ideas.models import Cycle, CycleStep
from ideas.web.acts import accepted, once
from ideas.web.forms import refused
from ideas.web.guard import me, on

from . import page
from .forms import StartForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("cycle_starts", __name__)


@bp.get("/cycles/<int:id>/start")
@on(Cycle, Action.EDIT)
def new(cycle: Cycle) -> str:
    """Ask for it."""
    cycles.refuse_unless_at(cycle, CycleStep.START)
    return render_template("cycles/start.html", **page.of(cycle, StartForm(None, started_on=clock.today())))


@bp.post("/cycles/<int:id>/start")
@on(Cycle, Action.EDIT)
@once
def create(cycle: Cycle) -> Response | tuple[str, int]:
    """Begin."""
    form = StartForm()
    if accepted(form, lambda: _start(cycle, form)) is None:
        return refused("cycles/start.html", **page.of(cycle, form))
    return page.back(cycle.idea, "The cycle has begun.")


def _start(cycle: Cycle, form: StartForm) -> Cycle:
    # It is required: a form that is accepted holds it.
    return cycles.start(cycle, started_on=form.started_on.data, by=me())  # type: ignore[arg-type]
