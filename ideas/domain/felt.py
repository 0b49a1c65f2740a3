"""Felt: answering "is it less bad for you now?", as each of those whom a trial touched is asked.

An answer is a secret. It stands in a row of its own until the round closes, and can be changed until then; what all
said is told once, after that, and only where five or more answered. So no figure ever moves, and nobody can tell an
answer from the difference between yesterday's and today's. See `felt_rounds` for the closing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand, may, visible
from ideas.db import db
from ideas.models import FeltAsk

from . import versions
from .errors import Refused

if TYPE_CHECKING:
    from ideas.models import Felt, Idea, Person

_OVER = "The asking is over, so nothing was changed. What was said shows on the evidence page, if five answered."


def answer(ask: FeltAsk, felt: Felt, *, by: Person) -> FeltAsk:
    """Answer, or change one's answer while the round is open. Raises Denied, or Refused when it is closed."""
    held = _hold(ask, by=by)
    held.answer = felt
    db.session.flush()
    return held


def take_back(ask: FeltAsk, *, by: Person) -> FeltAsk:
    """Take one's answer back while the round is open, as if none had been given. Raises Denied or Refused."""
    held = _hold(ask, by=by)
    held.answer = None
    db.session.flush()
    return held


def _hold(ask: FeltAsk, *, by: Person) -> FeltAsk:
    ask_id = ask.id
    versions.hold(ask.idea)
    held = db.session.get(FeltAsk, ask_id, populate_existing=True)
    if held is None:
        raise Refused(_OVER)
    demand(by, Action.ANSWER_FELT, held)
    if held.closes_on < clock.today():
        raise Refused(_OVER)
    return held


def own(idea: Idea, person: Person) -> FeltAsk | None:
    """What this person is asked about it now, answered or not."""
    if not any(round_.is_open for round_ in idea.felt_rounds):
        return None
    open_ = visible(FeltAsk, person).where(FeltAsk.idea_id == idea.id, FeltAsk.closes_on >= clock.today())
    found = db.session.scalars(open_.order_by(FeltAsk.id.desc())).all()
    return next((ask for ask in found if may(person, Action.ANSWER_FELT, ask)), None)
