"""Happenings: what happened on a day, noted so that nobody takes it for the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand
from ideas.db import db
from ideas.models import Happening
from ideas.text import dates

from . import events, measures, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    import datetime as dt

    from ideas.models import Idea, Person

#: More of them make a chart that nobody can read.
MOST = 40


def note(idea: Idea, *, happened_on: dt.date, words: str, by: Person) -> Happening:
    """Note what happened on a day. Raises Denied, or Invalid for a day that makes no sense or when there are many."""
    versions.hold(idea)
    demand(by, Action.EDIT, idea)
    measures.refuse_an_odd_day(happened_on, field="happened_on")
    if len(idea.happenings) >= MOST:
        raise Invalid("words", f"There are {MOST} notes already. Take one out first.")
    happening = Happening(happened_on=happened_on, words=words, by_id=by.id, noted_at=clock.now())
    idea.happenings.append(happening)
    events.record(events.Kind.HAPPENING_NOTED, idea, by=by, day=dates.full(happened_on), words=words)
    db.session.flush()
    return happening


def take_out(happening: Happening, *, by: Person) -> None:
    """Take a note out; the history keeps what it was. Raises Denied, or Refused when it is out already."""
    idea = happening.idea
    versions.hold(idea)
    demand(by, Action.EDIT, idea)
    if happening not in idea.happenings:
        raise Refused("Somebody took this note out already.")
    day = dates.full(happening.happened_on)
    events.record(events.Kind.HAPPENING_REMOVED, idea, by=by, day=day, words=happening.words)
    idea.happenings.remove(happening)
    db.session.flush()
