"""Revocations: taking a link back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import invitations
from ideas.models import Invitation
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("revocations", __name__)


@bp.post("/invitations/<int:id>/revocation")
@on(Invitation, Action.INVITE)
def create(invitation: Invitation) -> Response:
    """From now on it opens nothing."""
    invitations.revoke(invitation, by=me())
    to = url_for("admin.show", slug=invitation.organisation.slug)
    return go_on(to, said="The link opens nothing any more")
