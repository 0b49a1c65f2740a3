"""Reports: what happened in a cycle."""

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
from .forms import ReportForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("cycle_reports", __name__)


@bp.get("/cycles/<int:id>/report")
@on(Cycle, Action.EDIT)
def new(cycle: Cycle) -> str:
    """Ask for it."""
    cycles.refuse_unless_at(cycle, CycleStep.REPORT)
    return render_template("cycles/report.html", **page.of(cycle, ReportForm(None)))


@bp.post("/cycles/<int:id>/report")
@on(Cycle, Action.EDIT)
@once
def create(cycle: Cycle) -> Response | tuple[str, int]:
    """Say what happened."""
    form = ReportForm()
    if accepted(form, lambda: cycles.report(cycle, happened=form.happened.data, by=me())) is None:
        return refused("cycles/report.html", **page.of(cycle, form))
    return page.back(cycle.idea, "What happened is kept.")
