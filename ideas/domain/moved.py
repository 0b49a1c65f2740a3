"""What moved: what others did to one's ideas since one last said "seen"."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ideas import clock
from ideas.access import visible
from ideas.db import db
from ideas.models import Event, Idea

from . import events, search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.models import Person

#: How many events are read, and how many of one idea are told; the rest is in its history.
_READ = 200
_TOLD = 2
#: What moved for somebody who never said "seen".
_FIRST_LOOK = dt.timedelta(days=14)


@dataclasses.dataclass(frozen=True)
class Moved:
    """What happened to one idea since somebody looked: the newest events, and how many more there are."""

    idea: Idea
    events: Sequence[Event]
    more: int


def moved(person: Person) -> list[Moved]:
    """What others did since this person looked, to the ideas that are theirs in any way; by idea, the newest first."""
    by_idea: dict[Idea, list[Event]] = {}
    for event in _happened(person):
        by_idea.setdefault(event.idea, []).append(event)
    return [Moved(idea, events[:_TOLD], len(events[_TOLD:])) for idea, events in by_idea.items()]


def _happened(person: Person) -> Sequence[Event]:
    since = person.seen_at or clock.now() - _FIRST_LOOK
    followed = search.matching(person, search.Filter(mine=True)).with_only_columns(Idea.id).order_by(None)
    return db.session.scalars(
        visible(Event, person)
        .where(
            Event.idea_id.in_(followed),
            sa.or_(Event.happened_at > since, _is_of_that_day(since)),
            sa.or_(Event.by_id.is_(None), Event.by_id != person.id),
        )
        .options(joinedload(Event.idea), selectinload(Event.by))
        .order_by(Event.id.desc())
        .limit(_READ)
    ).all()


def _is_of_that_day(since: dt.datetime) -> sa.ColumnElement[bool]:
    """Whether it is of the day of this moment, and no more is known: it may have come after."""
    day = clock.beginning(clock.day(since))
    return sa.and_(Event.kind.in_([kind.value for kind in events.TO_THE_DAY]), Event.happened_at >= day)


def say_seen(person: Person, *, newest: int | None = None) -> None:
    """Say that all that moved has been seen, up to the event `newest`: what came after it stays to be seen."""
    shown = db.session.scalar(visible(Event, person).where(Event.id == newest)) if newest else None
    moment = shown.happened_at if shown else clock.now()
    person.seen_at = max(moment, person.seen_at) if person.seen_at else moment
    db.session.flush()
