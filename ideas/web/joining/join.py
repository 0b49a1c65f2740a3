"""Asking to join: with a new account, or as somebody who has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, render_template, url_for

from ideas.domain import joining, throttles
from ideas.web import security
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import anyone, visitor
from ideas.web.htmx import go_on
from ideas.web.people import tries

from .forms import JoinAlsoForm, JoinForm

if TYPE_CHECKING:
    from ideas.models import Membership

bp = Blueprint("join", __name__)


@bp.get("/join")
@anyone
def new() -> str:
    """The form; where only the invited join, how to get in."""
    if not _is_open():
        return render_template("joining/invited.html")
    return render_template("joining/new.html", form=_form())


@bp.post("/join")
@anyone
def create() -> Any:
    """Ask. Somebody there says yes or no."""
    if not _is_open():
        return render_template("joining/invited.html"), 403
    form = _form()
    try:
        membership = accepted(form, lambda: _ask(form))
    except throttles.TooOften as refusal:
        return tries.wait(form, refusal, lambda: render_template("joining/new.html", form=form, refused=True))
    if membership is None:
        return refused("joining/new.html", form)
    if visitor() is None:
        security.sign_in(membership.person)
    return go_on(url_for("desk.show"), said=f"You asked to join {membership.organisation.name}")


def _is_open() -> bool:
    """Whether whoever is here may ask: everybody, or who belongs somewhere already."""
    here = visitor()
    return current_app.config["SETTINGS"].sign_up == "open" or bool(here and here.active_memberships)


def _form() -> JoinForm | JoinAlsoForm:
    return JoinAlsoForm.of() if visitor() else JoinForm.of()


def _ask(form: JoinForm | JoinAlsoForm) -> Membership:
    tries.count_joining()
    person = visitor() or joining.open_account(form.name.data, form.sign_in.data, form.new.data)
    return joining.ask(person, form.chosen, job=form.job.data)
