"""Confirmations: saying yes to somebody who asked to join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from ideas.access import Action
from ideas.domain import joining
from ideas.models import Membership
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from .back import where_to

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("confirmations", __name__)


@bp.post("/memberships/<int:id>/confirmation")
@on(Membership, Action.CONFIRM_JOINER)
def create(membership: Membership) -> Response:
    """They work here."""
    joining.confirm(membership, by=me())
    to = where_to(membership.organisation)
    return go_on(to, said=f"{membership.person.name} is in")
