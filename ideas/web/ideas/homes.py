"""Homes: a leader says that an idea can change where they lead."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import ideas
from ideas.models import Idea
from ideas.web.acts import accepted
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from . import page
from .forms import HomeForm

bp = Blueprint("homes", __name__)


@bp.post("/ideas/<ref:ref>/home")
@on(Idea, Action.READ, *ideas.for_page())
def create(idea: Idea) -> Any:
    """Host it. Whether this person may is asked by the act, after whether it still looks for a home."""
    ideas.check_hosting(idea, by=me())
    form = HomeForm.of(idea, me(), ids="host")
    hosted = accepted(form, lambda: ideas.host(idea, _chosen(form), version=form.version.data or 0, by=me()))
    if hosted is None:
        return page.show(idea, home_form=form), 422
    said = f"Its home is {hosted.home_organisation.name} now"  # type: ignore[union-attr]
    return go_on(url_for("ideas.show", ref=idea.ref, _anchor="home"), said=said)


def _chosen(form: HomeForm) -> Any:
    return next(o for o in ideas.could_host(me()) if o.id == form.organisation.data)
