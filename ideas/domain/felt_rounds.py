"""Felt rounds: asking all who said "us too" where it was tried, once, and counting what they answered.

Where it was tried is its home and where it hurts: an idea may change at the hospital and be felt in the care home.
"""

from __future__ import annotations

import collections
import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ideas import clock
from ideas.access import Action, may
from ideas.db import db
from ideas.models import Felt, FeltAsk, FeltRound, Idea, Moment, Person, Stage, StageEntry, UsToo
from ideas.models.felt import FEWEST
from ideas.text.numbers import plural

from . import events, moves, versions

if TYPE_CHECKING:
    from collections.abc import Sequence

#: How long each has to answer.
OPEN_FOR = dt.timedelta(days=14)
#: How long after its day a round still begins, when nobody was there to ask before or no worker ran.
_STILL = dt.timedelta(days=28)
#: How long after the trial those whom it touched are asked again.
_MONTHS_ON = 3


def ask_due() -> int:
    """Ask where a trial has ended, and where one ended three months ago. Returns how many rounds began."""
    ended = [(idea, Moment.END) for idea in _not_asked(Moment.END, _has_ended()) if _has_just_ended(idea)]
    later = [(idea, Moment.LATER) for idea in _not_asked(Moment.LATER, _left(_months_ago())) if _is_months_on(idea)]
    return sum(_ask(idea, moment) for idea, moment in [*ended, *later])


def _has_ended() -> sa.ColumnElement[bool]:
    today = clock.today()
    time_is_up = sa.and_(Idea.stage == Stage.TRYING, Idea.trial_ends_on < today, Idea.trial_ends_on >= today - _STILL)
    since = clock.beginning(today - _STILL)
    return sa.or_(time_is_up, _left((since, clock.now())))


def _months_ago() -> tuple[dt.datetime, dt.datetime]:
    """Wide enough for every length of a month; the day itself is worked out of the idea."""
    today = clock.today()
    return clock.beginning(today - _STILL - dt.timedelta(days=93)), clock.beginning(today - dt.timedelta(days=88))


def _left(between: tuple[dt.datetime, dt.datetime]) -> sa.ColumnElement[bool]:
    """It left trying in that time."""
    leaving = sa.select(StageEntry.id).where(
        StageEntry.idea_id == Idea.id, StageEntry.came_from == Stage.TRYING, StageEntry.entered_at.between(*between)
    )
    return sa.and_(Idea.stage != Stage.TRYING, leaving.correlate(Idea).exists())


def _not_asked(moment: Moment, holds: sa.ColumnElement[bool]) -> Sequence[Idea]:
    """Ideas with somebody to ask, of whose last trial nobody was asked at this moment."""
    asked = sa.select(FeltRound.id).where(
        FeltRound.idea_id == Idea.id,
        FeltRound.moment == moment,
        FeltRound.trial == moves.times_of_each(Stage.TRYING),
    )
    found = sa.select(Idea).where(Idea.us_too_count > 0, holds, ~asked.correlate(Idea).exists()).order_by(Idea.id)
    return versions.hold_free(found)


def _has_just_ended(idea: Idea) -> bool:
    """Whether its time is up, or it left trying no longer ago than a round may still begin."""
    left_on = moves.left_trying_on(idea)
    return idea.stage is Stage.TRYING or (left_on is not None and left_on >= clock.today() - _STILL)


def _is_months_on(idea: Idea) -> bool:
    left_on = moves.left_trying_on(idea)
    if left_on is None:
        return False
    due = clock.months_after(left_on, _MONTHS_ON)
    return due <= clock.today() <= due + _STILL


def _ask(idea: Idea, moment: Moment) -> int:
    """Ask everybody who may be asked. Nobody: no round."""
    asked = _touched(idea)
    if not asked:
        return 0
    trial = moves.times(idea, Stage.TRYING)
    today = clock.today()
    made = FeltRound(moment=moment, trial=trial, asked_on=today, closes_on=today + OPEN_FOR, asked=len(asked))
    idea.felt_rounds.append(made)
    db.session.flush()
    for each in asked:
        db.session.add(
            FeltAsk(
                round_id=made.id,
                idea_id=idea.id,
                person_id=each.person_id,
                organisation_id=each.organisation_id,
                closes_on=made.closes_on,
            )
        )
    events.record(events.Kind.FELT_ASKED, idea, by=None, count=plural(len(asked), "person", "people"))
    db.session.flush()
    return 1


def _touched(idea: Idea) -> list[UsToo]:
    """Those who said "us too" where it was tried, who still work there and may still read it."""
    places = [place for place in (idea.home_organisation_id, idea.hurts_organisation_id) if place is not None]
    said = db.session.scalars(
        sa.select(UsToo)
        .where(UsToo.idea_id == idea.id, UsToo.organisation_id.in_(places))
        .options(joinedload(UsToo.person).options(selectinload(Person.memberships)))
        .order_by(UsToo.id)
    ).unique()
    return [
        each for each in said if each.person.is_member_of(each.organisation_id) and may(each.person, Action.READ, idea)
    ]


def close_due() -> int:
    """Count what was answered in the rounds whose last day is over, and delete every single answer.

    Of fewer than five only their number is kept, and not what they said. Returns how many rounds were closed.
    """
    due = (
        sa.select(FeltRound)
        .join(Idea)
        .where(FeltRound.closed_at.is_(None), FeltRound.closes_on < clock.today())
        .order_by(FeltRound.id)
    )
    rounds = versions.hold_free(due)
    for each in rounds:
        _close(each)
    return len(rounds)


def _close(ended: FeltRound) -> None:
    answers = sa.select(FeltAsk.answer).where(FeltAsk.round_id == ended.id, FeltAsk.answer.is_not(None))
    count = collections.Counter(db.session.scalars(answers))
    ended.closed_at, ended.answered = clock.now(), count.total()
    if count.total() >= FEWEST:
        ended.less_bad, ended.same, ended.worse = (count[felt] for felt in Felt)
        of_all = f"{ended.answered} of {ended.asked}"
        events.record(events.Kind.FELT_TOLD, ended.idea, by=None, count=of_all, said=ended.words)
    db.session.execute(sa.delete(FeltAsk).where(FeltAsk.round_id == ended.id))
    ended.idea.draw_stamp()
    db.session.flush()
