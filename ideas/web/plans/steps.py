"""Steps: added, changed and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import plans, steps
from ideas.domain.errors import Stale
from ideas.models import Idea, Step
from ideas.web.acts import accepted, once
from ideas.web.forms import Form, refused
from ideas.web.guard import me, on
from ideas.web.htmx import fragment_or_redirect, go_on, wants_fragment
from ideas.web.stale import too_late

from . import page
from .forms import ChangeStepForm, StepForm, chosen

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("steps", __name__)


@bp.post("/ideas/<ref:ref>/steps")
@on(Idea, Action.EDIT, *plans.for_page())
@once
def create(idea: Idea) -> str | Response | tuple[str, int]:
    """Add a step."""
    people = steps.could_own(idea)
    form = StepForm(ids="new-step").offer(people)
    step = accepted(
        form,
        lambda: steps.add(
            idea, form.title.data, by=me(), owner=chosen(people, form.owner.data), due_on=form.due_on.data
        ),
    )
    if step is None:
        if wants_fragment():
            return refused("plans/_steps.html", form, alone=True, **page.of_steps(idea, step_form=form))
        return refused("plans/show.html", form, **page.of(idea, step_form=form))
    to = url_for("plans.show", ref=idea.ref, _anchor="steps")
    return fragment_or_redirect("plans/steps.swaps.html", to=to, said="The step is added.", **page.of_steps(idea))


@bp.get("/steps/<int:id>")
@on(Step, Action.EDIT)
def edit(step: Step) -> str:
    """A step, to change it or to take it out."""
    form = ChangeStepForm(None, obj=step, seen=steps.seal(step))
    form.owner.data = step.owner_id
    return render_template("plans/step.html", **_page(step, form.offer(steps.could_own(step.idea, now=step.owner))))


@bp.post("/steps/<int:id>")
@on(Step, Action.EDIT)
def update(step: Step) -> str | Response | tuple[str, int]:
    """Change a step."""
    people = steps.could_own(step.idea, now=step.owner)
    form = ChangeStepForm().offer(people)
    said: dict[str, Any] = {
        "title": form.title.data,
        "owner": chosen(people, form.owner.data),
        "due_on": form.due_on.data,
    }
    try:
        changed = accepted(form, lambda: steps.change(step, **said, by=me(), seen=form.seen.data))
    except Stale as error:
        return too_late("plans/step.html", form, error, lambda: _overtaken(step, form))
    if changed is None:
        return refused("plans/step.html", **_page(step, form))
    return go_on(url_for("plans.show", ref=step.idea.ref, _anchor="steps"), said="The step is changed.")


@bp.post("/steps/<int:id>/removal")
@on(Step, Action.EDIT)
def destroy(step: Step) -> Response:
    """Take a step out."""
    to = url_for("plans.show", ref=step.idea.ref, _anchor="steps")
    steps.remove(step, by=me())
    return go_on(to, said="The step is taken out.")


def _page(step: Step, form: ChangeStepForm) -> dict[str, Any]:
    return {"idea": step.idea, "step": step, "form": form, "removal": Form()}


def _overtaken(step: Step, form: ChangeStepForm) -> dict[str, Any]:
    form.seen.data = steps.seal(step)
    return _page(step, form) | {"is_overtaken": True}
