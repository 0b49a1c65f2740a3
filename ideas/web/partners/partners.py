"""The partner of an organisation: who answers where none of its leaders may."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import organisations, partners
from ideas.domain.errors import Invalid
from ideas.models import Organisation
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from .forms import PartnerForm

bp = Blueprint("partners", __name__)


@bp.get("/organisations/<slug:slug>/partner")
@on(Organisation, None)
def show(organisation: Organisation) -> str:
    """Who stands in, for everybody to see; the form for who looks after the organisation."""
    return render_template("partners/show.html", **_shown(organisation, PartnerForm.of(organisation, formdata=None)))


@bp.post("/organisations/<slug:slug>/partner")
@on(Organisation, Action.NAME_PARTNER)
def update(organisation: Organisation) -> Any:
    """Name the partner, or take them out."""
    form = PartnerForm.of(organisation)
    if accepted(form, lambda: _name(organisation, form)) is None:
        return refused("partners/show.html", **_shown(organisation, form))
    said = f"{organisation.partner.name} is your partner" if organisation.partner else "There is no partner now"
    return go_on(url_for("partners.show", slug=organisation.slug), said=said)


def _name(organisation: Organisation, form: PartnerForm) -> Organisation:
    chosen = next((each for each in partners.could_be(organisation) if each.id == form.partner.data), None)
    if form.partner.data and chosen is None:
        raise Invalid("partner", "Choose another organisation that gives care, or none.")
    return partners.name(organisation, chosen, sponsor_may_decide=form.sponsor_may_decide.data, by=me())


def _shown(organisation: Organisation, form: PartnerForm) -> dict[str, Any]:
    partner = organisation.partner
    stands_in = organisations.members(partner, reader=me()).leaders if partner else ()
    return {
        "organisation": organisation,
        "form": form,
        "leaders": stands_in,
        "is_needed": partners.is_needed(organisation),
    }
