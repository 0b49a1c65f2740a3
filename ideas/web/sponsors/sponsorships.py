"""Sponsorships: asking a leader to back an idea."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import sponsors, teams
from ideas.models import Idea
from ideas.web.acts import accepted, once
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.ideas import page

bp = Blueprint("sponsorships", __name__)


@bp.post("/ideas/<ref:ref>/sponsorships")
@on(Idea, Action.EDIT)
@once
def create(idea: Idea) -> Any:
    """Ask one leader, by name."""
    form = page.ask_to_sponsor(idea)
    asked = accepted(form, lambda: sponsors.ask(idea, teams.somebody(form.person.data, by=me()), by=me()))
    if asked is None:
        return page.show(idea, sponsor_form=form), 422
    said = f"{asked.person.short_name} has been asked to sponsor it"
    return go_on(url_for("ideas.show", ref=idea.ref, _anchor="sponsors"), said=said)
