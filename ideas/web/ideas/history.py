"""History: everything that happened to an idea."""

from __future__ import annotations

from flask import Blueprint, render_template

from ideas.access import Action
from ideas.domain import events
from ideas.models import Idea
from ideas.web import paging
from ideas.web.guard import me, on

bp = Blueprint("history", __name__)


@bp.get("/ideas/<ref:ref>/history")
@on(Idea, Action.READ)
def show(idea: Idea) -> str:
    """Every event, oldest first: when, who, and one sentence."""
    found = events.history(idea, reader=me(), page=paging.wanted())
    return render_template(
        "ideas/history.html",
        idea=idea,
        history=found,
        place=paging.Pages(found.number, found.last),
        has_sign_off=bool(idea.sign_offs),
    )
