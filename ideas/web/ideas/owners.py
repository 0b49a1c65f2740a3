"""Owners: taking an idea on, and asking somebody to carry it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from ideas.access import Action
from ideas.domain import teams
from ideas.models import Idea
from ideas.web.acts import accepted, once
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from . import page
from .team_forms import TakeOnForm

bp = Blueprint("owners", __name__)


@bp.post("/ideas/<ref:ref>/owner")
@on(Idea, Action.READ)
@once
def create(idea: Idea) -> Any:
    """Take it on, or, with another's name, ask them. Which of the two rights is needed is asked by the act."""
    asked = request.form.get("person", "").strip()
    return _take_on(idea) if asked in ("", str(me().id)) else _ask(idea)


def _take_on(idea: Idea) -> Any:
    form = TakeOnForm()
    if accepted(form, lambda: teams.take_on(idea, by=me())) is None:
        return page.show(idea, take_form=form), 422
    # To the top of the page, where what it needs next stands.
    return go_on(url_for("ideas.show", ref=idea.ref), said="You carry it now")


def _ask(idea: Idea) -> Any:
    teams.check_asking_to_own(idea, by=me())
    form = page.ask_to_own()
    asked = accepted(form, lambda: teams.ask_to_own(idea, teams.somebody(form.person.data, by=me()), by=me()))
    if asked is None:
        return page.show(idea, owner_form=form), 422
    said = f"{asked.person.short_name} has been asked to carry it"
    return go_on(url_for("ideas.show", ref=idea.ref, _anchor="owner"), said=said)
