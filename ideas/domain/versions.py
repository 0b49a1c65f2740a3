"""Holding an idea while it is changed: one at a time, from the version that was read."""

from __future__ import annotations

import sqlalchemy as sa

from ideas.db import db
from ideas.models import Idea, Person

from .errors import Stale


def hold(idea: Idea, *, by: Person) -> None:
    """Lock the idea until the transaction ends, and read it and the person's rights afresh.

    SQLite's writers already come one at a time; PostgreSQL locks the row.
    """
    db.session.flush()
    db.session.execute(sa.select(Idea.id).where(Idea.id == idea.id).with_for_update())
    db.session.expire(idea)
    db.session.expire(by)


def hold_at(idea: Idea, version: int, *, by: Person) -> None:
    """As `hold`, and go on only if nobody has changed it since this version.

    Raises Stale otherwise.
    """
    hold(idea, by=by)
    if idea.version != version:
        raise Stale(
            "Somebody else changed this after you opened it. Theirs stands, yours was not saved yet. "
            "Look at what is there now, then save again."
        )


def step_on(idea: Idea) -> None:
    """Count a change, so that whoever still reads the version before is told."""
    idea.version += 1
    db.session.flush()
