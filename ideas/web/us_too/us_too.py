"""Us too: it affects somebody else as well."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import us_too
from ideas.models import Idea
from ideas.web.acts import accepted
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.ideas import page
from ideas.web.ideas.us_too_form import UsTooForm

bp = Blueprint("us_too", __name__)


@bp.post("/ideas/<ref:ref>/us-too")
@on(Idea, Action.US_TOO)
def create(idea: Idea) -> Any:
    """Say it. Sent twice it counts once."""
    form = UsTooForm.of(me())
    said = accepted(form, lambda: _say(idea, form))
    if said is None:
        return page.show(idea, us_too_form=form), 422
    return go_on(url_for("ideas.show", ref=idea.ref, _anchor="us-too"), said="You said “us too”. Thank you")


def _say(idea: Idea, form: UsTooForm) -> Any:
    return us_too.say(idea, by=me(), membership=form.chosen(me()), place=form.place.data or "", job=form.job.data or "")
