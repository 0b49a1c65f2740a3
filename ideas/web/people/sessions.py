"""Ending a session of one's own from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from ideas.domain import sessions
from ideas.models import Session
from ideas.web.guard import on
from ideas.web.htmx import go_on

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("sessions", __name__)


@bp.post("/sessions/<int:id>/ending")
@on(Session, None)
def end(session: Session) -> Response:
    """Sign out there. Somebody else's session does not exist for me."""
    sessions.end(session)
    return go_on(url_for("account.show", _anchor="sessions"), said=f"Signed out: {session.device}")
