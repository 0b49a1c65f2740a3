"""The audit of an organisation: what was done to its people and its details."""

from __future__ import annotations

from flask import Blueprint, render_template

from ideas.access import Action
from ideas.domain import audit
from ideas.models import Organisation
from ideas.web.guard import me, on
from ideas.web.paging import Pages, wanted

bp = Blueprint("audit", __name__)


@bp.get("/admin/<slug:slug>/audit")
@on(Organisation, Action.ADMINISTER)
def index(organisation: Organisation) -> str:
    """The newest first."""
    log = audit.of(organisation, reader=me(), page=wanted())
    return render_template("admin/audit.html", organisation=organisation, log=log, pages=Pages(log.number, log.last))
