"""The details of an organisation."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import administration
from ideas.models import Organisation
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from .forms import DetailsForm

bp = Blueprint("admin_details", __name__)


@bp.get("/admin/<slug:slug>/details")
@on(Organisation, Action.ADMINISTER)
def edit(organisation: Organisation) -> str:
    """As they are."""
    return render_template("admin/details.html", organisation=organisation, form=DetailsForm.of(organisation))


@bp.post("/admin/<slug:slug>/details")
@on(Organisation, Action.ADMINISTER)
def update(organisation: Organisation) -> Any:
    """Change them."""
    form = DetailsForm()
    if accepted(form, lambda: administration.describe(organisation, by=me(), **form.details)) is None:
        return refused("admin/details.html", form, organisation=organisation)
    return go_on(url_for("admin.show", slug=organisation.slug), said="The details are changed")
