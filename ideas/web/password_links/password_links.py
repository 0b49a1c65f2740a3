"""Making a link with which somebody chooses a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, render_template, url_for

from ideas.access import Action
from ideas.domain import password_links
from ideas.models import Membership
from ideas.web.guard import me, on
from ideas.web.links import outside

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("password_links", __name__)


@bp.post("/memberships/<int:id>/password-links")
@on(Membership, Action.RESET_PASSWORD)
def create(membership: Membership) -> Response:
    """Make it, and show it: this once, to read out, print or send."""
    made, token = password_links.make(membership, by=me())
    link = outside(url_for("new_password.show", token=token))
    page = render_template("password_links/made.html", membership=membership, made=made, link=link)
    return make_response(page, 201)
