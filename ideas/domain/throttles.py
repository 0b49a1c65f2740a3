"""Throttling: a count of tries in a window of time, in our own table, so that all processes share it."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ideas import clock, logs
from ideas.db import db
from ideas.models import Throttle

from .errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

#: Tries at one account before the wait.
TRIES = 10
#: Wrong tries from one address before the wait: a whole hospital may stand behind one, and mistypes.
TRIES_FROM_AN_ADDRESS = 40
#: Accounts made from one address before the wait. Apart from the tries at a password: on a day when a whole ward joins
#: everybody else can sign in.
JOINS_FROM_AN_ADDRESS = 40
#: Times that something is said from one poster, and from one address, before the wait: a shift change is a crowd.
#: More from a poster than from an address, so that one address alone does not close a poster to the others.
WORDS_AT_A_POSTER = 240
WORDS_FROM_AN_ADDRESS = 120
WINDOW = dt.timedelta(minutes=5)

#: The same words in both, but no common class.
_INSERT: dict[str, Callable[[type[Throttle]], postgresql.Insert]] = {
    "sqlite": sqlite.insert,  # type: ignore[dict-item]
    "postgresql": postgresql.insert,
}


class TooOften(Refused):
    """Tried too often. Says how long to wait; nobody is ever locked out for good."""


def count(*keys: str, address: str) -> None:
    """Count one try at each key ("sign-in:amara@…") from an address. Raises TooOften past a limit, and counts on.

    Keep the count at once, whatever comes of the try: a refusal must not take it back.
    """
    _count_all(dict.fromkeys(keys, TRIES) | {_of(address): TRIES_FROM_AN_ADDRESS})


def count_words(place: str, *, address: str) -> None:
    """Count one time that somebody without an account said something from a poster, from an address.

    Apart from the tries at a password: a busy poster keeps nobody from signing in. Raises TooOften, and counts on.
    """
    _count_all({f"poster:{place}": WORDS_AT_A_POSTER, f"words:{address}": WORDS_FROM_AN_ADDRESS})


def count_joining(*, address: str) -> None:
    """Count one time that somebody tried to make an account, from an address. Raises TooOften, and counts on."""
    _count_all({f"joins:{address}": JOINS_FROM_AN_ADDRESS})


def count_claims(*, address: str) -> None:
    """Count one time that six words were typed, from an address. Raises TooOften, and counts on."""
    _count_all({f"claims:{address}": TRIES_FROM_AN_ADDRESS})


def _count_all(limits: dict[str, int]) -> None:
    # Every key is counted before any refusal, in one order, so that two tries at the same moment never wait in a ring.
    counted = [_count(hashed) > limit for hashed, limit in sorted((_hashed(key), n) for key, n in limits.items())]
    if any(counted):
        logs.security.warning("tried too often")
        raise TooOften("Too many tries. Wait 5 minutes, then try again.")


def _count(hashed: str) -> int:
    """The tries at this key with this one, in one statement: of two at the same moment, both are counted."""
    moment = clock.now()
    is_over = Throttle.since < moment - WINDOW
    insert = _INSERT[db.session.get_bind().dialect.name](Throttle).values(key=hashed, since=moment, tries=1)
    counted = insert.on_conflict_do_update(
        index_elements=[Throttle.key],
        set_={
            "tries": sa.case((is_over, 1), else_=Throttle.tries + 1),
            "since": sa.case((is_over, moment), else_=Throttle.since),
        },
    )
    return int(db.session.scalars(counted.returning(Throttle.tries)).one())


def forget(*keys: str, address: str) -> None:
    """The right password was given: start anew for these keys, and give the address this one try back.

    One only: else who has an account could guess at those of others for ever, signing in between.
    """
    db.session.execute(sa.delete(Throttle).where(Throttle.key.in_([_hashed(key) for key in keys])))
    back = sa.update(Throttle).where(Throttle.key == _hashed(_of(address)), Throttle.tries > 0)
    db.session.execute(back.values(tries=Throttle.tries - 1))


def sweep_old() -> int:
    """Delete counts whose window is over. Returns how many."""
    over = sa.delete(Throttle).where(Throttle.since < clock.now() - WINDOW)
    return db.session.execute(over).rowcount  # type: ignore[attr-defined, no-any-return]


def _of(address: str) -> str:
    return f"address:{address}"


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
