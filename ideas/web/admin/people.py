"""The people of an organisation, for those who look after them."""

from __future__ import annotations

from flask import Blueprint, render_template

from ideas.access import Action
from ideas.domain import organisations
from ideas.models import Organisation
from ideas.web.guard import me, on
from ideas.web.paging import Pages, wanted

bp = Blueprint("admin_people", __name__)


@bp.get("/admin/<slug:slug>/people")
@on(Organisation, Action.ADMINISTER)
def index(organisation: Organisation) -> str:
    """Everybody, by name: those in charge first, then a page of the others."""
    members = organisations.members(organisation, reader=me(), page=wanted())
    return render_template(
        "admin/people.html", organisation=organisation, members=members, pages=Pages(members.number, members.last)
    )
