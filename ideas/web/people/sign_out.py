"""Signing out, on the server too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from ideas.web import security
from ideas.web.guard import anyone
from ideas.web.htmx import go_on

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("sign_out", __name__)


@bp.post("/sign-out")
@anyone
def create() -> Response:
    """End this session. Words that were typed and not sent go with it: the next person may sit here."""
    was_signed_in = security.current_session() is not None
    # The next to sign in here need not say again that the device is shared.
    shared = "y" if security.is_on_shared_device() else None
    security.sign_out()
    answer = go_on(url_for("sign_in.new", shared=shared), said="You are signed out")
    if was_signed_in:
        answer.headers["Clear-Site-Data"] = '"storage"'
    return answer
