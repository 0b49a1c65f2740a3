"""Invitations: making a link, and joining with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, make_response, render_template, url_for

from ideas.access import Action
from ideas.domain import invitations, joining, throttles
from ideas.domain.errors import Refused
from ideas.models import Organisation, Role
from ideas.text import tokens
from ideas.web import security, transaction
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import anyone, me, on, visitor
from ideas.web.htmx import go_on
from ideas.web.links import outside
from ideas.web.people import tries

from .forms import AcceptForm, InvitationForm, JoinByLinkForm

if TYPE_CHECKING:
    from ideas.models import Invitation, Membership

bp = Blueprint("invitations", __name__)


@bp.get("/admin/<slug:slug>/invitations/new")
@on(Organisation, Action.INVITE)
def new(organisation: Organisation) -> str:
    """As what somebody is invited."""
    return render_template(
        "invitations/new.html", organisation=organisation, form=InvitationForm.of(organisation, me())
    )


@bp.post("/admin/<slug:slug>/invitations")
@on(Organisation, Action.INVITE)
def create(organisation: Organisation) -> Any:
    """Make the link, and show it: this once, to copy, print or send."""
    form = InvitationForm.of(organisation, me())
    made = accepted(form, lambda: _make(organisation, form))
    if made is None:
        return refused("invitations/new.html", form, organisation=organisation)
    invitation, token = made
    link = outside(url_for("invitations.show", token=token))
    return make_response(render_template("invitations/made.html", invitation=invitation, link=link), 201)


def _make(organisation: Organisation, form: InvitationForm) -> tuple[Invitation, str]:
    # A double click shows the link of the first one: it is kept nowhere, and follows from the form.
    token = tokens.following(
        f"{organisation.id} {me().id} {form.role.data} {form.key.data}", security.key_for("invitations")
    )
    return invitations.invite(organisation, Role(form.role.data), note=form.note.data or "", by=me(), token=token)


@bp.get("/invitations/<token:token>")
@anyone
def show(token: str) -> str:
    """Who invites one to what. To open it uses nothing up: a mail scanner opens links too."""
    invitation = _found(token)
    invitations.refuse_unless_open(invitation)
    return render_template("invitations/show.html", **_inputs(invitation, _form(), token))


@bp.post("/invitations/<token:token>")
@anyone
def accept(token: str) -> Any:
    """Join with it."""
    invitation, form = _found(token), _form()
    try:
        membership = accepted(form, lambda: _join(invitation, form))
    except throttles.TooOften as refusal:
        return tries.wait(
            form,
            refusal,
            lambda: render_template("invitations/show.html", refused=True, **_inputs(invitation, form, token)),
        )
    if membership is None:
        return refused("invitations/show.html", **_inputs(invitation, form, token))
    if visitor() is None:
        security.sign_in(membership.person)
    return go_on(url_for("desk.show"), said=f"You are {membership.role.words} of {membership.organisation.name}")


def _found(token: str) -> Invitation:
    return invitations.find(token) or abort(404)


def _form() -> AcceptForm | JoinByLinkForm:
    return AcceptForm() if visitor() else JoinByLinkForm()


def _inputs(invitation: Invitation, form: AcceptForm | JoinByLinkForm, token: str) -> dict[str, Any]:
    return {"invitation": invitation, "form": form, "here_again": url_for("invitations.show", token=token)}


def _join(invitation: Invitation, form: AcceptForm | JoinByLinkForm) -> Membership:
    tries.count_joining()
    invitations.refuse_unless_open(invitation)
    person = visitor() or joining.open_account(form.name.data, form.sign_in.data, form.new.data)
    return invitations.accept(invitation, person, job=form.job.data)


@bp.errorhandler(Refused)
def not_joined(error: Refused) -> tuple[str, int]:
    """Say why the link opens nothing, and where somebody goes who has joined with it already."""
    transaction.undo()
    return render_template("invitations/gone.html", words=error.words), 409
