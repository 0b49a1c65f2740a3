"""Screening: the five questions, answered one by one or with "none of these"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import screening
from ideas.domain.errors import Stale
from ideas.models import Idea
from ideas.text.numbers import plural
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.stale import overtaken

from . import page
from .forms import ScreeningForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from ideas.models import Check

bp = Blueprint("screening", __name__)


@bp.post("/ideas/<ref:ref>/screening")
@on(Idea, Action.EDIT)
def update(idea: Idea) -> Response | tuple[str, int]:
    """Answer the questions, and learn which checks the answers call for."""
    form = ScreeningForm(ids="question")
    answers = screening.none_of_these() if form.is_none_of_these else form.answers
    try:
        called = accepted(form, lambda: screening.answer(idea, answers, by=me(), version=form.made_on))
    except Stale as error:
        return overtaken(
            "plans/show.html",
            form,
            error,
            version=lambda: idea.version,
            now=dict,
            page=lambda: page.of(idea, screening_form=form),
        )
    if called is None:
        return refused("plans/show.html", form, **page.of(idea, screening_form=form))
    return go_on(url_for("plans.show", ref=idea.ref, _anchor="screening"), said=_what_follows(called))


def _what_follows(called: list[Check]) -> str:
    if not called:
        return "Answered. No check is called for."
    return f"Answered. {plural(len(called), 'check is', 'checks are')} called for."
