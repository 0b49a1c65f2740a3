"""Endings: ending what somebody is in an organisation."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import leaving
from ideas.models import Membership
from ideas.web.acts import accepted, once
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from .forms import EndingForm

bp = Blueprint("endings", __name__)


@bp.get("/memberships/<int:id>/ending")
@on(Membership, Action.ADMINISTER)
def new(membership: Membership) -> str:
    """What they would leave, and to whom it can go; or why it cannot be ended now."""
    return render_template("admin/ending.html", **_inputs(membership, EndingForm.of(membership)))


@bp.post("/memberships/<int:id>/ending")
@on(Membership, Action.ADMINISTER)
@once
def create(membership: Membership) -> Any:
    """End it, at once."""
    form = EndingForm.of(membership)
    if accepted(form, lambda: leaving.end(membership, by=me(), heirs=form.heirs)) is None:
        return render_template("admin/ending.html", refused=True, **_inputs(membership, form)), 422
    said = f"{membership.person.name} is not {membership.role.words} of {membership.organisation.name} any more"
    is_own = membership.person_id == me().id
    to = url_for("desk.show") if is_own else url_for("admin_people.index", slug=membership.organisation.slug)
    return go_on(to, said=said)


def _inputs(membership: Membership, form: EndingForm) -> dict[str, Any]:
    return {
        "membership": membership,
        "form": form,
        "held": leaving.held(membership, reader=me()),
        "why_not": leaving.why_not(membership),
    }
