"""Looked at again: what the worker asks in the example week by week, and what people answered."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import felt, felt_rounds, watches
from ideas.models import Felt, FeltAsk, Stage, StillLessBad, StillUsed, Watch

from . import diary

if TYPE_CHECKING:
    from ideas.models import Idea

#: How many days ago the worker asked: each week, but for the last ones, of which it asks all at once.
_ASKED = (*range(364, 28, -7), 7)
#: What was asked after this day waits on somebody's desk.
_WAITS = 28
#: Of every five who answer, in order: how it is where it was kept, and where it was stopped.
_KEPT = (Felt.LESS_BAD, Felt.LESS_BAD, Felt.SAME, Felt.LESS_BAD, Felt.LESS_BAD)
_STOPPED = (Felt.SAME, Felt.LESS_BAD, Felt.SAME, Felt.WORSE, Felt.SAME)


def page() -> diary.Page:
    """All of these weeks."""
    made = diary.Page(number=0)
    for days_ago in _ASKED:
        made.on(days_ago, functools.partial(_week, days_ago))
    return made


def _week(days_ago: int) -> None:
    db.session.flush()
    felt_rounds.close_due()
    felt_rounds.ask_due()
    watches.ask_due()
    if days_ago > _WAITS:
        _answer_felt()
        _answer_watches()


def _answer_felt() -> None:
    """Four of five answer."""
    asked = sa.select(FeltAsk).where(FeltAsk.answer.is_(None), FeltAsk.closes_on >= clock.today()).order_by(FeltAsk.id)
    for place, ask in enumerate(db.session.scalars(asked).unique()):
        if place % 5 != 4 and ask.person.is_member_of(ask.organisation_id):
            said = _STOPPED if ask.idea.stage is Stage.STOPPED else _KEPT
            felt.answer(ask, said[place % 5], by=ask.person)


def _answer_watches() -> None:
    """Whoever carries it answers, but where nobody does."""
    for watch in db.session.scalars(sa.select(Watch).where(Watch.answered_at.is_(None)).order_by(Watch.id)).unique():
        owner = watch.idea.owner
        if owner and watches.is_for(watch, owner):
            watches.answer(watch, used=StillUsed.YES, less_bad=_still(watch.idea), by=owner, version=0)


def _still(idea: Idea) -> StillLessBad:
    return StillLessBad.YES if idea.verdict == "less_bad" else StillLessBad.NOT_KNOWN
