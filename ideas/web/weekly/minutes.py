"""Minutes: this week's, to answer and to put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import slips, weekly_minutes
from ideas.domain.errors import Stale
from ideas.models import Idea
from ideas.web.acts import accepted, once
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.stale import too_late

from .forms import MinuteForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from ideas.models import WeeklyMinute

bp = Blueprint("minutes", __name__)


@bp.get("/ideas/<ref:ref>/week")
@on(Idea, Action.ANSWER_WEEK)
def edit(idea: Idea) -> str:
    """This week's questions, with what was answered so far."""
    return render_template("weekly/edit.html", form=MinuteForm.of(idea, formdata=None), **_page(idea))


@bp.post("/ideas/<ref:ref>/week")
@on(Idea, Action.ANSWER_WEEK)
@once
def update(idea: Idea) -> Response | tuple[str, int]:
    """Answer for the team, or put the answers right."""
    form = MinuteForm.of(idea)
    try:
        minute = accepted(form, lambda: _answer(idea, form))
    except Stale as error:
        return too_late("weekly/edit.html", form, error, lambda: _page(idea) | {"theirs": form.renew(idea)})
    if minute is None:
        return refused("weekly/edit.html", form, **_page(idea))
    questions = " ".join(filter(None, map(slips.question, minute.readings)))
    return go_on(
        url_for("ideas.show", ref=idea.ref, _anchor="weeks"),
        said=f"Thank you. Week {minute.number} is answered for all of you. {questions}".rstrip(),
        accepted=_kept_as(idea, minute.week_starts_on),
    )


def _answer(idea: Idea, form: MinuteForm) -> WeeklyMinute:
    about: dict[str, Any] = {"week_starts_on": form.starts_on, "by": me(), "version": form.made_on}
    if form.says_nothing and not form.said:
        return weekly_minutes.skip(idea, **about)
    return weekly_minutes.answer(idea, form.said, **about)


def _page(idea: Idea) -> dict[str, Any]:
    week = weekly_minutes.this_week(idea)
    minute = weekly_minutes.of_week(idea, week)
    return {
        "idea": idea,
        "week": week,
        "minute": minute,
        "kept_as": _kept_as(idea, week.starts_on),
        "theirs": {},
    }


def _kept_as(idea: Idea, monday: object) -> str:
    return f"week-{idea.ref}-{monday}"
