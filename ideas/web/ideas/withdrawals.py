"""Withdrawals: an author takes an idea back, or deletes a draft, after a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import withdrawals
from ideas.models import Idea
from ideas.web.forms import Form
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("idea_withdrawals", __name__)


@bp.get("/ideas/<ref:ref>/withdrawal")
@on(Idea, Action.WITHDRAW)
def new(idea: Idea) -> str:
    """Ask before it goes, and say what goes; or say why it can only be stopped."""
    return render_template(
        "ideas/withdrawal.html", idea=idea, form=Form(), obstacle=withdrawals.obstacle(idea), others=idea.team[1:]
    )


@bp.post("/ideas/<ref:ref>/withdrawal")
@on(Idea, Action.WITHDRAW)
def create(idea: Idea) -> Response:
    """Take it back: it is gone for everybody."""
    said = "The draft is deleted" if idea.is_draft else "Withdrawn. It is gone for everybody"
    withdrawals.withdraw(idea, by=me())
    return go_on(url_for("desk.show"), said=said)
