"""Team members: asking somebody into the team."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import teams
from ideas.models import Idea
from ideas.web.acts import accepted, once
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from . import page

bp = Blueprint("team_members", __name__)


@bp.post("/ideas/<ref:ref>/team")
@on(Idea, Action.HAND_ON)
@once
def create(idea: Idea) -> Any:
    """Ask somebody in. They are in it when they say yes."""
    form = page.ask_in()
    asked = accepted(form, lambda: teams.ask_in(idea, teams.somebody(form.person.data, by=me()), by=me()))
    if asked is None:
        return page.show(idea, team_form=form), 422
    said = f"{asked.person.short_name} has been asked into the team"
    return go_on(url_for("ideas.show", ref=idea.ref, _anchor="owner"), said=said)
