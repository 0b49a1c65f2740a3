"""Sending what was said at a poster, as somebody with an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, url_for

from ideas.domain import first_words, ideas, sessions, throttles
from ideas.web import security
from ideas.web.acts import accepted, once
from ideas.web.forms import refused
from ideas.web.guard import me, visitor
from ideas.web.htmx import go_on
from ideas.web.people import tries

from . import at, tickets
from .forms import AccountForm, WordsForm
from .poster import from_poster

if TYPE_CHECKING:
    from ideas.models import Idea, Workplace

    from .forms import PassedForm

bp = Blueprint("sending", __name__)

_WRONG = "This name and this password do not go together. Check both, then try again."


@bp.post("/at/<code:code>/ideas")
@from_poster
def create(place: Workplace) -> Any:
    """Send the words in one's own name, signing in first where that is needed."""
    form = AccountForm(ids="account")
    if not were_read(place, form):
        return read_again(place)
    if visitor() is None and (refusal := _sign_in(place, form)):
        return refusal
    return _send(place, form)


def were_read(place: Workplace, form: PassedForm) -> bool:
    """Whether the words are whole, and are those that were read in the step before."""
    return form.validate_on_submit() and tickets.holds(place.code, form)


def read_again(place: Workplace) -> Any:
    """Back to the three fields: the words are not those that were read."""
    form = WordsForm()
    if form.validate_on_submit():
        form.refuse(None, "Look at your words once more, then press Next")
    return refused("workplaces/say.html", form, place=place)


def _sign_in(place: Workplace, form: AccountForm) -> Any:
    """Sign in; None when that went well, else the answer that says what to put right."""
    key = f"sign-in:{(form.email.data or '').casefold()}"
    try:
        tries.count(key)
    except throttles.TooOften as refusal:
        return tries.wait(form, refusal, lambda: at.ways(place, form, account_form=form, form=form, refused=True))
    person = sessions.authenticate(form.email.data or "", form.password.data or "")
    if person is None:
        form.refuse("email", _WRONG)
        return at.ways(place, form, account_form=form, form=form, refused=True), 422
    tries.forget(key)
    security.sign_in(person, is_shared=form.shared.data)
    return None


@once
def _send(place: Workplace, form: AccountForm) -> Any:
    idea = accepted(form, lambda: _say(place, form))
    if idea is None:
        return refused("workplaces/say.html", form, place=place)
    if idea.is_draft:
        return go_on(url_for("desk.show"), said="Your words wait with you", accepted=f"at-{place.code}")
    return go_on(
        url_for("ideas.show", ref=idea.ref), said="Said. Everybody can read it now", accepted=f"at-{place.code}"
    )


def _say(place: Workplace, form: AccountForm) -> Idea:
    """Say it; who still waits for a yes keeps it until then."""
    waiting = next((membership for membership in me().memberships if membership.is_waiting), None)
    if waiting and not me().active_memberships:
        return first_words.keep(waiting, **form.said_at(place), opens=True)
    return ideas.say(**form.said_at(place), by=me())
