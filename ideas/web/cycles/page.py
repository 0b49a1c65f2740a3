"""What a step of a cycle holds: the one form, and what was said before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for

from ideas.domain import cycles
from ideas.web.guard import me
from ideas.web.htmx import go_on

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from ideas.models import Cycle, Idea
    from ideas.web.forms import Form


def of(cycle: Cycle, form: Form) -> dict[str, Any]:
    """The page of a step of this cycle."""
    return {"idea": cycle.idea, "cycle": cycle, "form": form}


def on_evidence(idea: Idea) -> dict[str, Any]:
    """What the evidence's page shows of an idea's cycles."""
    return {"shows_cycles": cycles.concern(idea, me()), "can_plan_cycle": cycles.can_plan(idea)}


def back(idea: Idea, said: str) -> Response:
    """Go on from where all cycles of the idea stand."""
    return go_on(url_for("evidence.show", ref=idea.ref, _anchor="cycles"), said=said)
