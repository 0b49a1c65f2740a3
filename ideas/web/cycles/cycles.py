"""Cycles: planned, and planned otherwise before they begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template

from ideas.access import Action
from ideas.domain import cycles
from ideas.domain.errors import Stale
from ideas.models import Cycle, Idea
from ideas.web.acts import accepted, once
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.stale import too_late

from . import page
from .forms import PlanForm, RevisionForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("cycles", __name__)


@bp.get("/ideas/<ref:ref>/cycles")
@on(Idea, Action.EDIT)
def new(idea: Idea) -> str:
    """Plan the next cycle."""
    cycles.refuse_unless_plannable(idea)
    return render_template("cycles/plan.html", idea=idea, cycle=None, form=PlanForm(None))


@bp.post("/ideas/<ref:ref>/cycles")
@on(Idea, Action.EDIT)
@once
def create(idea: Idea) -> Response | tuple[str, int]:
    """Say what they will try, and what they think will happen."""
    form = PlanForm()
    if accepted(form, lambda: cycles.plan(idea, **form.said, by=me())) is None:
        return refused("cycles/plan.html", form, idea=idea, cycle=None)
    return page.back(idea, "The cycle is planned.")


@bp.get("/cycles/<int:id>/edit")
@on(Cycle, Action.EDIT)
def edit(cycle: Cycle) -> str:
    """Plan it otherwise."""
    cycles.refuse_unless_open_to_change(cycle)
    return render_template("cycles/plan.html", **page.of(cycle, RevisionForm(None, obj=cycle, seen=cycles.seal(cycle))))


@bp.post("/cycles/<int:id>")
@on(Cycle, Action.EDIT)
def update(cycle: Cycle) -> Response | tuple[str, int]:
    """Say it otherwise, before it begins."""
    form = RevisionForm()
    try:
        changed = accepted(form, lambda: cycles.revise(cycle, **form.said, by=me(), seen=form.seen.data))
    except Stale as error:
        return too_late("cycles/plan.html", form, error, lambda: _overtaken(cycle, form))
    if changed is None:
        return refused("cycles/plan.html", **page.of(cycle, form))
    return page.back(cycle.idea, "The plan is changed.")


def _overtaken(cycle: Cycle, form: RevisionForm) -> dict[str, Any]:
    form.seen.data = cycles.seal(cycle)
    return page.of(cycle, form) | {"is_overtaken": True}
