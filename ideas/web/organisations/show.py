"""The list of organisations, and one of them."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from ideas.domain import home_answers, organisations, partners
from ideas.models import Organisation
from ideas.web.guard import me, on, signed_in
from ideas.web.paging import Pages, wanted

from .forms import OrganisationsFilter

bp = Blueprint("organisations", __name__)


@bp.get("/organisations")
@signed_in
def index() -> str:
    """All organisations by name, or those of one sector."""
    form = OrganisationsFilter(request.args)
    sector = form.sector.data if form.validate() else None
    listing = organisations.listed(me(), sector=sector, page=wanted())
    pages = Pages(listing.number, listing.last)
    return render_template("organisations/index.html", listing=listing, sector=sector, pages=pages)


@bp.get("/organisations/<slug:slug>")
@on(Organisation, None)
def show(organisation: Organisation) -> str:
    """Its people, who decides, and its ideas."""
    members = organisations.members(organisation, reader=me(), page=wanted())
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        members=members,
        pages=Pages(members.number, members.last),
        lacks_partner=partners.is_needed(organisation),
        asked_of=home_answers.owed_by(organisation, reader=me()),
        ideas=organisations.ideas_of(organisation, reader=me()),
    )
