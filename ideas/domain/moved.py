"""What moved: what others did to one's ideas since one last said "seen"."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from ideas import clock
from ideas.access import visible
from ideas.access.scopes import visible_to
from ideas.db import Moment, db
from ideas.models import Event, Idea

from . import events, search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.models import Person

    from .search import Kind

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
    mine = search.Filter(mine=True)
    known = search.values(person, mine) | {"since": since, "day": clock.beginning(clock.day(since))}
    return db.session.scalars(_newest(search.kind(person, mine)), known).all()


@functools.cache
def _newest(kind: Kind) -> sa.Select[Event]:
    followed = search.select(kind).with_only_columns(Idea.id)
    return (
        visible_to(Event, kind.reads)
        .where(
            Event.idea_id.in_(followed),
            sa.or_(Event.happened_at > sa.bindparam("since", type_=Moment), _is_of_that_day()),
            sa.or_(Event.by_id.is_(None), Event.by_id != sa.bindparam("reader")),
        )
        .options(contains_eager(Event.idea).lazyload("*"))
        .order_by(Event.id.desc())
        .limit(_READ)
    )


def _is_of_that_day() -> sa.ColumnElement[bool]:
    """Whether it is of the day since when one looks, and no more is known: it may have come after."""
    kinds = [kind.value for kind in events.TO_THE_DAY]
    return sa.and_(Event.kind.in_(kinds), Event.happened_at >= sa.bindparam("day", type_=Moment))


def say_seen(person: Person, *, newest: int | None = None) -> None:
    """Say that all that moved has been seen, up to the event `newest`: what came after it stays to be seen."""
    shown = db.session.scalar(visible(Event, person).where(Event.id == newest)) if newest else None
    moment = shown.happened_at if shown else clock.now()
    person.seen_at = max(moment, person.seen_at) if person.seen_at else moment
    db.session.flush()
