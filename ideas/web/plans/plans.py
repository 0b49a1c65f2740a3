"""The plan: shown with all that belongs to it, and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import plans
from ideas.domain.errors import Stale
from ideas.models import Idea
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.stale import overtaken

from . import page
from .forms import PlanForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("plans", __name__)


@bp.get("/ideas/<ref:ref>/plan")
@on(Idea, Action.READ, *plans.for_page())
def show(idea: Idea) -> str:
    """The page where the team works."""
    return render_template("plans/show.html", **page.of(idea))


@bp.post("/ideas/<ref:ref>/plan")
@on(Idea, Action.EDIT)
def update(idea: Idea) -> Response | tuple[str, int]:
    """Change the plan: the fields that were sent, and no others."""
    form = PlanForm()
    made_on = form.made_on
    try:
        plan = accepted(form, lambda: plans.revise(idea, form.sent, by=me(), version=made_on))
    except Stale as error:
        return overtaken(
            "plans/show.html",
            form,
            error,
            version=lambda: idea.version,
            now=lambda: _as_typed(idea),
            page=lambda: page.of(idea, plan_form=form),
        )
    if plan is None:
        return refused("plans/show.html", form, **page.of(idea, plan_form=form))
    to = url_for("plans.show", ref=idea.ref, _anchor="plan")
    return go_on(to, said="The plan is saved.", accepted=f"plan-{idea.ref}-{made_on}")


def _as_typed(idea: Idea) -> dict[str, str]:
    """The plan as its form would show it."""
    fresh = PlanForm(None, obj=idea.plan)
    return {name: str(fresh[name].data or "") for name in plans.FIELDS}
