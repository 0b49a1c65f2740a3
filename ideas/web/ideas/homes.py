"""Homes: an organisation that was asked says whether it takes an idea on; a leader hosts one that has no home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import home_answers, homes, teams
from ideas.models import HomeAnswer, Idea
from ideas.web.acts import accepted
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from . import page
from .home_forms import HomeAnswerForm, HomeForm

if TYPE_CHECKING:
    from ideas.models import Organisation

bp = Blueprint("homes", __name__)


@bp.post("/ideas/<ref:ref>/home")
@on(Idea, Action.READ)
def create(idea: Idea) -> Any:
    """Host it, where it has no home; else answer for its home. Whether this person may is asked by the act."""
    return _host(idea) if HomeForm.is_sent_about(idea) else _answer(idea)


def _host(idea: Idea) -> Any:
    homes.check_hosting(idea, by=me())
    form = HomeForm.of(idea, me(), ids="host")
    hosted = accepted(form, lambda: homes.host(idea, _chosen(form), version=form.version.data or 0, by=me()))
    if hosted is None:
        return page.show(idea, home_form=form), 422
    said = f"Its home is {hosted.home_organisation.name} now"  # type: ignore[union-attr]
    return go_on(url_for("ideas.show", ref=idea.ref, _anchor="home"), said=said)


def _chosen(form: HomeForm) -> Any:
    return next(o for o in homes.could_host(me()) if o.id == form.organisation.data)


def _answer(idea: Idea) -> Any:
    asked = home_answers.check_answering(idea, by=me()).organisation
    form = HomeAnswerForm.of(idea, me(), ids="asked")
    if accepted(form, lambda: _say(idea, form)) is None:
        return page.show(idea, answer_home_form=form), 422
    return go_on(url_for("ideas.show", ref=idea.ref), said=_said(idea, form, asked))


def _say(idea: Idea, form: HomeAnswerForm) -> Idea:
    version = form.version.data or 0
    if form.answer.data == HomeAnswer.TAKE:
        person = teams.somebody(form.person.data, by=me()) if form.person.data else None
        return home_answers.take(idea, by=me(), version=version, person=person)
    return home_answers.not_ours(
        idea, by=me(), version=version, organisation=form.named(idea), reason=form.reason.data or ""
    )


def _said(idea: Idea, form: HomeAnswerForm, asked: Organisation) -> str:
    if form.answer.data == HomeAnswer.TAKE:
        return f"{asked.name} takes it on. Its author sees that"
    home = idea.home_organisation
    goes_on = f"{home.name} is asked" if home else "It looks for a host"
    return f"Its author sees that. {goes_on} now"
