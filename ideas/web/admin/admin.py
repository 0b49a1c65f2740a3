"""The first page of an organisation's administration: who waits, and which links are out."""

from __future__ import annotations

from flask import Blueprint, render_template

from ideas.access import Action
from ideas.domain import invitations, joining
from ideas.models import Organisation
from ideas.web.guard import me, on
from ideas.web.joining.forms import AnswerForm

bp = Blueprint("admin", __name__)


@bp.get("/admin/<slug:slug>")
@on(Organisation, Action.INVITE)
def show(organisation: Organisation) -> str:
    """Who waits first."""
    return render_template(
        "admin/show.html",
        organisation=organisation,
        waiting=joining.waiting(organisation, reader=me()),
        invitations=invitations.open_ones(organisation, reader=me()),
        act=AnswerForm(),
    )
