"""Joining from a poster: the words wait with whoever said them until somebody there says yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, url_for

from ideas.domain import first_words, joining, throttles
from ideas.web import security
from ideas.web.acts import accepted
from ideas.web.guard import visitor
from ideas.web.htmx import go_on
from ideas.web.people import tries

from . import at, tickets
from .forms import JoinForm
from .poster import from_poster
from .sending import read_again

if TYPE_CHECKING:
    from ideas.models import Membership, Workplace

bp = Blueprint("poster_joining", __name__)


@bp.post("/at/<code:code>/membership")
@from_poster
def create(place: Workplace) -> Any:
    """Ask to join where the poster hangs, whoever may sign up elsewhere, and keep the words."""
    form = JoinForm(ids="join")
    is_whole = form.validate_on_submit()
    if not form.words_are_whole or not tickets.holds(place.code, form):
        return read_again(place)
    if visitor():
        return at.ways(place, form), 409
    try:
        membership = accepted(form, lambda: _join(place, form)) if is_whole else None
    except throttles.TooOften as refusal:
        return tries.wait(form, refusal, lambda: at.ways(place, form, join_form=form, form=form, refused=True))
    if membership is None:
        return at.ways(place, form, join_form=form, form=form, refused=True), 422
    security.sign_in(membership.person)
    said = f"You asked to join {place.organisation.name}, and your words wait with you"
    return go_on(url_for("desk.show"), said=said, accepted=f"at-{place.code}")


def _join(place: Workplace, form: JoinForm) -> Membership:
    tries.count_joining()
    person = joining.open_account(form.name.data or "", form.sign_in.data or "", form.new.data or "")
    membership = joining.ask(person, place.organisation, job=form.job.data or "")
    first_words.keep(membership, **form.said_at(place), opens=bool(form.opens.data))
    return membership
