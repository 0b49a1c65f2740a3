"""Leaders: before whom a request is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask import request as sent

from ideas.access import Action
from ideas.domain import deciders, sign_off
from ideas.domain.errors import Refused
from ideas.models import SignOff
from ideas.web.acts import accepted, once
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from . import page
from .forms import TakeOverForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("leaders", __name__)


@bp.post("/sign-offs/<int:id>/leader")
@on(SignOff, Action.SEND_ON)
@once
def update(request: SignOff) -> Response | tuple[str, int]:
    """Take a request over, when the leader is who sends this; send it on, when it is another."""
    if sent.form.get("leader") == str(me().id):
        return _take_over(request)
    return _send_on(request)


def _take_over(request: SignOff) -> Response | tuple[str, int]:
    form = TakeOverForm()
    if accepted(form, lambda: sign_off.take_over(request, by=me())) is None:
        return page.again("take_over", request.idea, 422, form, request)
    return go_on(url_for("sign_offs.show", ref=request.idea.ref), said="It is before you now. The date stays")


def _send_on(request: SignOff) -> Response | tuple[str, int]:
    sign_off.refuse_unless_open(request)
    form = page.send_on_form(request)
    if form is None:
        raise Refused("There is no other leader who may decide this idea.")
    able = {leader.id: leader for leader in deciders.could_take(request)}
    accept = accepted(form, lambda: sign_off.send_on(request, able[form.leader.data], by=me(), reason=form.reason.data))
    if accept is None:
        return page.again("send_on", request.idea, 422, form, request)
    said = f"It is before {request.leader.short_name} now. The date stays"
    return go_on(url_for("sign_offs.show", ref=request.idea.ref), said=said)
