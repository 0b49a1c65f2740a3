"""What waits: the lengths of queues, for whoever watches over the whole."""

from __future__ import annotations

import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.models import SignOff


def lengths() -> dict[str, int]:
    """How many requests for sign-off wait for an answer, and how many of them are overdue."""
    overdue = sa.func.count().filter(SignOff.due_on < clock.today())
    row = db.session.execute(sa.select(sa.func.count(), overdue).where(SignOff.closed_at.is_(None))).one()
    return {"sign-offs": row[0], "overdue sign-offs": row[1]}
