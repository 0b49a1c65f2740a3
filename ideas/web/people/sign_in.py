"""Signing in: the same words and the same time for a wrong name and a wrong password, and only so often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request

from ideas.domain import sessions, throttles
from ideas.web import links, security
from ideas.web.forms import refused
from ideas.web.guard import anyone, visitor
from ideas.web.htmx import go_on, here, wants_fragment

from . import tries
from .forms import SignInForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from ideas.models import Person

bp = Blueprint("sign_in", __name__)

_WRONG = "This name and this password do not go together. Check both, then try again."


@bp.get("/sign-in")
@anyone
def new() -> str | AnyResponse:
    """The form; who is signed in already goes on to where they wanted."""
    there = links.safe_next(request.args.get("next"))
    if visitor():
        return go_on(there)
    if wants_fragment():
        # The session ended under a page that asked for a part of itself: this page is no part of it.
        return go_on(here())
    return render_template("account/sign_in.html", form=SignInForm(next=there, shared="shared" in request.args))


@bp.post("/sign-in")
@anyone
def create() -> Any:
    """Sign in, and go on from where one was."""
    form = SignInForm()
    try:
        person = _who(form) if form.validate_on_submit() else None
    except throttles.TooOften as refusal:
        return tries.wait(form, refusal, lambda: render_template("account/sign_in.html", form=form, refused=True))
    if person is None:
        return refused("account/sign_in.html", form)
    security.sign_in(person, is_shared=form.shared.data)
    return go_on(links.safe_next(form.next.data))


def _who(form: SignInForm) -> Person | None:
    """The person, if the password is theirs."""
    key = f"sign-in:{form.email.data.casefold()}"
    tries.count(key)
    person = sessions.authenticate(form.email.data, form.password.data)
    if person:
        tries.forget(key)
    else:
        form.refuse(None, _WRONG)
    return person
