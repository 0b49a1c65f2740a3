"""Answers: is it less bad for you now?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import felt
from ideas.domain.errors import Invalid
from ideas.models import Felt, FeltAsk
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.templating import day

from .forms import FeltForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("felt_answers", __name__)


@bp.post("/felt-asks/<int:id>/answer")
@on(FeltAsk, Action.ANSWER_FELT)
def create(ask: FeltAsk) -> Response:
    """Answer, or answer differently while the asking is open."""
    form = FeltForm()
    if not form.validate():
        raise Invalid("answer", "Choose one of the three answers.")
    ref = ask.idea.ref
    closes_on = felt.answer(ask, Felt(form.answer.data), by=me()).closes_on
    desk = form.back.data == "desk"
    to = url_for("desk.show") if desk else url_for("evidence.show", ref=ref, _anchor="felt")
    return go_on(to, said=f"Thank you. You can change your answer until {day(closes_on)}, on the evidence page")


@bp.post("/felt-asks/<int:id>/answer/removal")
@on(FeltAsk, Action.ANSWER_FELT)
def destroy(ask: FeltAsk) -> Response:
    """Take one's answer back."""
    ref = ask.idea.ref
    felt.take_back(ask, by=me())
    return go_on(url_for("evidence.show", ref=ref, _anchor="felt"), said="Your answer is taken back")
