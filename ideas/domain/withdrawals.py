"""Withdrawals: an author takes an idea back, or deletes a draft, and what it said is gone for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas.access import Action, demand
from ideas.db import Base, db
from ideas.models import Audience, Event, Idea, Place, Stage, immutable

from . import events, versions
from .errors import Refused

if TYPE_CHECKING:
    from ideas.models import Person

#: What stands in the place of a title, which is never empty.
_GONE = "Withdrawn"


def obstacle(idea: Idea) -> str:
    """Why it cannot be withdrawn now, in a sentence; empty when it can. About its state, not about rights."""
    was = idea.hiding.was if idea.hiding else idea.audience
    if idea.sign_offs:
        return "A leader was asked about it, and that stays on record."
    if was is not Audience.OPEN:
        return ""
    if idea.stage is not Stage.NEW:
        return f"It is open to everybody and in {idea.stage.words} already."
    if _others_wrote(idea):
        return "It is open to everybody, and somebody else has done something on it."
    return ""


def _others_wrote(idea: Idea) -> bool:
    """Whether anybody but its author had a hand in it. Whoever hid it had none in what it says."""
    authors = [member.person_id for member in idea.team_members if member.place is Place.AUTHOR]
    by_others = sa.select(Event.id).where(
        Event.idea_id == idea.id,
        Event.by_id.not_in([*authors, idea.author_id or 0]),
        Event.kind.not_in([events.Kind.IDEA_HIDDEN, events.Kind.IDEA_SHOWN_AGAIN]),
    )
    return db.session.scalar(by_others.limit(1)) is not None


def withdraw(idea: Idea, *, by: Person) -> None:
    """Take one's own idea back, or delete one's draft: its words and all that hangs on it are deleted.

    Only its number stays, so that no other idea gets it, and its stage entries, which are never deleted.
    Raises Denied, or Refused with why it can only be stopped.
    """
    versions.hold(idea)
    demand(by, Action.WITHDRAW, idea)
    _withdraw(idea)


def withdraw_without_name(idea: Idea) -> None:
    """As `withdraw`, for an idea that nobody's name stands on: the caller has made sure of its claim code."""
    versions.hold(idea)
    if idea.author_id is not None:
        raise Refused("Its author has put their name to it by now, and withdraws it with that.")
    _withdraw(idea)


def _withdraw(idea: Idea) -> None:
    if reason := obstacle(idea):
        raise Refused(f"It was not withdrawn. {reason} Stop it instead: then what was learned stays.")
    _delete_what_hangs_on(idea.id)
    db.session.expire_all()
    _empty(idea)
    versions.step_on(idea)


def _delete_what_hangs_on(idea_id: int) -> None:
    """Delete every row of the idea, whatever feature it is of, and the rows of those rows; the immutable stay."""
    for table in reversed(Base.metadata.sorted_tables):
        if table.name in immutable.TABLES:
            continue
        if "idea_id" in table.c:
            db.session.execute(sa.delete(table).where(table.c.idea_id == idea_id))
            continue
        for key in table.foreign_keys:
            parent = key.column.table
            if "idea_id" in parent.c and parent.name not in immutable.TABLES:
                of_it = sa.select(key.column).where(parent.c.idea_id == idea_id)
                db.session.execute(sa.delete(table).where(key.parent.in_(of_it)))


def _empty(idea: Idea) -> None:
    """Leave the number and the dates: every word and every name goes."""
    for column in Idea.__table__.columns:
        if column.nullable:
            setattr(idea, column.key, None)
        elif type(column.type) in (sa.Text, sa.String):
            setattr(idea, column.key, "")
    idea.title = idea.now = _GONE
    idea.us_too_count = idea.sponsor_count = 0
    idea.has_worse = False
    idea.audience = Audience.WITHDRAWN
