"""Receipts: a form sent twice makes one thing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.models import Receipt

if TYPE_CHECKING:
    from ideas.models import Person

#: A form is not sent again after this long.
KEPT = dt.timedelta(days=7)


def find(key: str, person: Person) -> Receipt | None:
    """The receipt of a form that this person sent before with this key."""
    return db.session.get(Receipt, (key, person.id))


def keep(key: str, person: Person, *, location: str) -> Receipt:
    """Note where an accepted form led, in the same transaction as what it made."""
    receipt = Receipt(key=key, person_id=person.id, location=location, created_at=clock.now())
    db.session.add(receipt)
    db.session.flush()
    return receipt


def sweep_old() -> int:
    """Delete receipts that nobody will ask for. Returns how many."""
    old = sa.delete(Receipt).where(Receipt.created_at < clock.now() - KEPT)
    return db.session.execute(old).rowcount  # type: ignore[attr-defined, no-any-return]
