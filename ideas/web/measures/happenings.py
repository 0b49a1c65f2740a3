"""Happenings: what happened on a day, noted on every chart of the idea, and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import happenings
from ideas.models import Happening, Idea
from ideas.web.acts import accepted, once
from ideas.web.forms import Form, refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from .forms import HappeningForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("happenings", __name__)


@bp.get("/ideas/<ref:ref>/happenings")
@on(Idea, Action.EDIT)
def index(idea: Idea) -> str:
    """What happened, and the form for more."""
    return render_template("measures/happenings.html", idea=idea, happening_form=HappeningForm(None), empty_form=Form())


@bp.post("/ideas/<ref:ref>/happenings")
@on(Idea, Action.EDIT)
@once
def create(idea: Idea) -> Response | tuple[str, int]:
    """Note what happened on a day."""
    form = HappeningForm()
    if accepted(form, lambda: _note(idea, form)) is None:
        return refused("measures/happenings.html", form, idea=idea, happening_form=form, empty_form=Form())
    return go_on(url_for("happenings.index", ref=idea.ref), said="It is noted.")


def _note(idea: Idea, form: HappeningForm) -> Happening:
    # Both are required: a form that is accepted holds them.
    day, words = form.happened_on.data, form.words.data
    return happenings.note(idea, happened_on=day, words=words, by=me())  # type: ignore[arg-type]


@bp.post("/happenings/<int:id>/removal")
@on(Happening, Action.EDIT)
def destroy(happening: Happening) -> Response:
    """Take a note out."""
    to = url_for("happenings.index", ref=happening.idea.ref)
    happenings.take_out(happening, by=me())
    return go_on(to, said="The note is taken out.")
