"""Studies: what a cycle taught."""

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
from .forms import StudyForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("cycle_studies", __name__)


@bp.get("/cycles/<int:id>/study")
@on(Cycle, Action.EDIT)
def new(cycle: Cycle) -> str:
    """Ask for it."""
    cycles.refuse_unless_at(cycle, CycleStep.STUDY)
    return render_template("cycles/study.html", **page.of(cycle, StudyForm(None)))


@bp.post("/cycles/<int:id>/study")
@on(Cycle, Action.EDIT)
@once
def create(cycle: Cycle) -> Response | tuple[str, int]:
    """Say what they learned."""
    form = StudyForm()
    said = {"foresight": form.foresight.data, "learned": form.learned.data}
    if accepted(form, lambda: cycles.study(cycle, **said, by=me())) is None:
        return refused("cycles/study.html", **page.of(cycle, form))
    return page.back(cycle.idea, "What you learned is kept.")
