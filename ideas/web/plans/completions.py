"""Completions: a step ticked off, or opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import steps
from ideas.models import Step
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import fragment_or_redirect

from . import page
from .forms import CompletionForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("completions", __name__)


@bp.post("/steps/<int:id>/completion")
@on(Step, Action.TICK)
def create(step: Step) -> str | Response | tuple[str, int]:
    """Tick a step off with done=1, take the tick away with done=0."""
    idea = step.idea
    form = CompletionForm()
    act = steps.untick if form.done.data == "0" else steps.tick
    if accepted(form, lambda: act(step, by=me())) is None:
        return refused("plans/show.html", form, **page.of(idea))
    said = f"Done: {step.title}" if step.is_done else f"Open again: {step.title}"
    desk = form.back.data == "desk"
    to = url_for("desk.show") if desk else url_for("plans.show", ref=idea.ref, _anchor="steps")
    return fragment_or_redirect("plans/steps.swaps.html", to=to, said=said, **page.of_steps(idea))
