"""Withdrawals: taking a request back before it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import sign_off
from ideas.models import SignOff
from ideas.web.acts import accepted, once
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from . import page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("withdrawals", __name__)


@bp.post("/sign-offs/<int:id>/withdrawal")
@on(SignOff, Action.TAKE_BACK)
@once
def create(request: SignOff) -> Response | tuple[str, int]:
    """Take a request back, with a word why. The request stays in the record."""
    sign_off.refuse_unless_open(request)
    form = page.take_back_form(request)
    if accepted(form, lambda: sign_off.take_back(request, by=me(), reason=form.reason.data)) is None:
        return page.again("take_back", request.idea, 422, form, request)
    return go_on(url_for("sign_offs.show", ref=request.idea.ref), said="The request is taken back. Nobody is asked now")
