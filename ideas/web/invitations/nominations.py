"""Nominations: a link for the person who could lead where nobody does. They ask with it, and wait for a yes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, render_template, url_for

from ideas.access import Action
from ideas.domain import invitations
from ideas.models import Idea
from ideas.text import tokens
from ideas.web import security
from ideas.web.guard import me, on
from ideas.web.ideas.home_forms import NominationForm
from ideas.web.links import outside

bp = Blueprint("nominations", __name__)


@bp.post("/ideas/<ref:ref>/nominations")
@on(Idea, Action.NOMINATE)
def create(idea: Idea) -> Any:
    """Make the link, and show it this once. A double click shows the link of the first one."""
    form = NominationForm()
    token = tokens.following(f"{idea.ref} {me().id} {form.key.data}", security.key_for("nominations"))
    invitation, token = invitations.nominate(idea, by=me(), token=token)
    link = outside(url_for("invitations.show", token=token))
    page = render_template("invitations/nominated.html", idea=idea, invitation=invitation, link=link)
    return make_response(page, 201)
