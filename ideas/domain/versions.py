"""Holding an idea while it is changed: one at a time, from the version that was read."""

from __future__ import annotations

import contextlib
import contextvars
import hashlib
from typing import TYPE_CHECKING, TypeVar

import sqlalchemy as sa

from ideas.db import db
from ideas.models import Audience, Idea

from .errors import Refused, Stale

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Found = TypeVar("Found")

_is_alone: contextvars.ContextVar[bool] = contextvars.ContextVar("is_alone", default=False)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Say that nobody else can change what this transaction has read: it fills a database that was empty.

    What was read is then not read again for every act, which makes a year's worth of them several times quicker.
    """
    token = _is_alone.set(True)
    try:
        yield
    finally:
        _is_alone.reset(token)


def hold(idea: Idea) -> int:
    """Lock the idea until the transaction ends, and read everything afresh. Returns the version that it has now.

    SQLite's writers already come one at a time; PostgreSQL locks the row. What was read before the lock came
    may be old by now: the plan, the checks and people's memberships as much as the idea. Raises Refused when its
    author took it back meanwhile.
    """
    db.session.flush()
    if _is_alone.get():
        return idea.version
    version, audience = db.session.execute(_HELD, {"idea": idea.id}).one()
    db.session.expire_all()
    if audience is Audience.WITHDRAWN:
        raise Refused("Its author took this idea back. Nothing is left to change.")
    return int(version)


_HELD = sa.select(Idea.version, Idea.audience).where(Idea.id == sa.bindparam("idea")).with_for_update()


def hold_at(idea: Idea, version: int) -> None:
    """As `hold`, and go on only if nobody has changed it since this version. Raises Stale otherwise."""
    if hold(idea) != version:
        raise Stale(
            "Somebody else changed this after you opened it. Theirs stands, yours was not saved yet. "
            "Look at what is there now, then save again."
        )


def seal(*said: object) -> str:
    """What stands for something of an idea as it is now: once somebody changed a part of it, that is another."""
    return hashlib.sha256(repr(said).encode(errors="backslashreplace")).hexdigest()


def refuse_unless_seen(seen: str | None, now: str) -> None:
    """Go on only if the seal of what somebody read before they wrote is the one of now. None: nobody read it.

    Raises Stale.
    """
    if seen is not None and seen != now:
        raise Stale(
            "Somebody else changed this while you wrote. Theirs stands, yours was not saved yet. "
            "Look at what is there now, then save yours if it is right."
        )


def hold_free(found: sa.Select[Found]) -> Sequence[Found]:
    """For a sweep: what is found of ideas that nobody holds, locked until the transaction ends, and read afresh.

    What somebody changes now waits for the next pass.
    """
    free = found.with_for_update(of=Idea, skip_locked=True).execution_options(populate_existing=True)
    return db.session.scalars(free).unique().all()


def step_on(idea: Idea) -> None:
    """Count a change, so that whoever still reads the version before is told: who is alone, by the next flush."""
    idea.version += 1
    if not _is_alone.get():
        db.session.flush()
