"""Hidings: keeping an idea from all but its team, with a reason, and showing it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import hidings
from ideas.models import Hiding, Idea
from ideas.web.acts import accepted, once
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from .hiding_forms import HidingForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("hidings", __name__)


@bp.get("/ideas/<ref:ref>/hiding")
@on(Idea, Action.HIDE)
def new(idea: Idea) -> str:
    """Ask why, and say who will still read it."""
    hidings.refuse_unless_shown(idea)
    return render_template("ideas/hiding.html", idea=idea, form=HidingForm())


@bp.post("/ideas/<ref:ref>/hiding")
@on(Idea, Action.HIDE)
@once
def create(idea: Idea) -> Any:
    """Hide it."""
    form = HidingForm()
    if accepted(form, lambda: hidings.hide(idea, form.reason.data, by=me())) is None:
        return refused("ideas/hiding.html", form, idea=idea)
    return go_on(url_for("ideas.show", ref=idea.ref), said="Hidden. Its team reads your reason")


@bp.post("/hidings/<int:id>/ending")
@on(Hiding, Action.HIDE)
def end(hiding: Hiding) -> Response:
    """Show it again."""
    idea = hidings.show_again(hiding, by=me())
    return go_on(url_for("ideas.show", ref=idea.ref), said="Shown again, to those who could read it before")
