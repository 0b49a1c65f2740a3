"""Choosing a new password with a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, render_template, url_for

from ideas.domain import password_links, throttles
from ideas.web import security
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import anyone
from ideas.web.htmx import go_on
from ideas.web.people import tries

from .forms import NewPasswordForm

if TYPE_CHECKING:
    from ideas.models import PasswordLink, Person

bp = Blueprint("new_password", __name__)


@bp.get("/password/<token:token>")
@anyone
def show(token: str) -> str:
    """Whose password it is, and the form. To open it uses nothing up: a mail scanner opens links too."""
    link = _found(token)
    password_links.refuse_unless_open(link)
    return render_template("password_links/show.html", **_inputs(link, token, NewPasswordForm()))


@bp.post("/password/<token:token>")
@anyone
def update(token: str) -> Any:
    """Set it. Whoever sits here signs in with it next."""
    link, form = _found(token), NewPasswordForm()
    try:
        person = accepted(form, lambda: _use(link, form))
    except throttles.TooOften as refusal:
        return tries.wait(
            form,
            refusal,
            lambda: render_template("password_links/show.html", refused=True, **_inputs(link, token, form)),
        )
    if person is None:
        return refused("password_links/show.html", **_inputs(link, token, form))
    security.sign_out()
    return go_on(url_for("sign_in.new"), said=f"Your password is changed. Sign in as {person.sign_in}")


def _found(token: str) -> PasswordLink:
    return password_links.find(token) or abort(404)


def _inputs(link: PasswordLink, token: str, form: NewPasswordForm) -> dict[str, Any]:
    return {"link": link, "form": form, "here_again": url_for("new_password.show", token=token)}


def _use(link: PasswordLink, form: NewPasswordForm) -> Person:
    tries.count()
    return password_links.use(link, form.new.data)
