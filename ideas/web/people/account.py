"""One's own account: who one is here, the password, where one is signed in, and who answers when one is away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, url_for

from ideas.domain import people, sessions, throttles
from ideas.web import security
from ideas.web.acts import accepted
from ideas.web.guard import account_holder, me
from ideas.web.htmx import go_on

from . import tries
from .forms import AbsenceForm, PasswordForm

if TYPE_CHECKING:
    from ideas.models import Person, Session
    from ideas.web.forms import Form

bp = Blueprint("account", __name__)


@bp.get("/account")
@account_holder
def show() -> str:
    """All of it, on one page."""
    return page()


@bp.post("/account/password")
@account_holder
def password() -> Any:
    """Change the password. Whoever is signed in as me elsewhere is signed out."""
    form = PasswordForm()
    try:
        changed = accepted(form, lambda: _change(me(), form.current.data, form.new.data))
    except throttles.TooOften as refusal:
        return tries.wait(form, refusal, lambda: page(refused=form, password_form=form))
    if changed is None:
        return page(refused=form, password_form=form), 422
    # A copy of this browser's cookie, too, is worth nothing from now on.
    security.sign_in(changed, is_shared=security.is_on_shared_device())
    return go_on(url_for("account.show"), said="Your password is changed. You are signed out everywhere else")


def _change(person: Person, current: str, new: str) -> Person:
    key = f"password:{person.id}"
    tries.count(key)
    sessions.change_password(person, current=current, new=new)
    tries.forget(key)
    return person


def page(
    *, refused: Form | None = None, password_form: PasswordForm | None = None, absence_form: AbsenceForm | None = None
) -> str:
    """The account page, with the form that was refused as it was sent."""
    here: Session | None = security.current_session()
    return render_template(
        "account/show.html",
        refused=refused is not None,
        form=refused,
        password_form=password_form or PasswordForm(formdata=None),
        absence_form=absence_form or AbsenceForm(formdata=None).offer(people.could_be_deputy(me())),
        here_now=here.id if here else None,
        sessions=sessions.of(me()),
        absences=people.absences(me()),
    )
