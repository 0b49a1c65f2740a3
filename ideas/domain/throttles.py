"""Throttling: a count of tries in a window of time, in our own table, so that all processes share it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import math
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ideas import clock, logs
from ideas.db import Moment, db, rows
from ideas.models import Throttle
from ideas.text import numbers

from .errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

#: Tries at one account from one address before the wait. Who guesses on waits longer each time.
TRIES = 10
#: Tries at one account from everywhere: more, so that no single address keeps its owner out elsewhere.
TRIES_AT_A_NAME = 30
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
#: The wait of who goes on doubles so many times, to 20 minutes: a colleague at the same address has to wait as well.
DOUBLINGS = 2


def _wait(level: int) -> dt.timedelta:
    """How long the wait is that was doubled so many times."""
    return WINDOW * int(2**level)


#: The longest wait. Who lets as much again go by starts anew.
LONGEST = _wait(DOUBLINGS)

#: The same words in both, but no common class.
_INSERT: dict[str, Callable[[type[Throttle]], postgresql.Insert]] = {
    "sqlite": sqlite.insert,  # type: ignore[dict-item]
    "postgresql": postgresql.insert,
}


class TooOften(Refused):
    """Tried too often. Says how long to wait, in whole minutes; nobody is ever locked out for good."""

    def __init__(self, wait: dt.timedelta) -> None:
        minutes = max(1, math.ceil(wait.total_seconds() / 60))
        super().__init__(f"Too many tries. Wait {numbers.plural(minutes, 'minute')}, then try again.")
        self.seconds = minutes * 60


@dataclasses.dataclass(frozen=True)
class _Limit:
    """So many tries at a key; the wait after them doubles each time in a row, so many times."""

    key: str
    tries: int
    doublings: int = 0


def count(*keys: str, address: str) -> None:
    """Count one try at each key ("sign-in:amara@…") from an address. Raises TooOften past a limit.

    Keep the count at once, whatever comes of the try: a refusal must not take it back.
    """
    own = [_Limit(_from(key, address), TRIES, DOUBLINGS) for key in keys]
    _count_all(*own, *(_Limit(key, TRIES_AT_A_NAME) for key in keys), _Limit(_of(address), TRIES_FROM_AN_ADDRESS))


def count_words(place: str, *, address: str) -> None:
    """Count one time that somebody without an account said something from a poster, from an address.

    Apart from the tries at a password: a busy poster keeps nobody from signing in. Raises TooOften.
    """
    _count_all(_Limit(f"words:{address}", WORDS_FROM_AN_ADDRESS), _Limit(f"poster:{place}", WORDS_AT_A_POSTER))


def count_nameless(*, address: str) -> None:
    """Count one time that somebody who is signed in says something without a name. Raises TooOften.

    By their address, with what comes from posters: nobody counts by person what is to be nobody's.
    """
    _count_all(_Limit(f"words:{address}", WORDS_FROM_AN_ADDRESS))


def count_joining(*, address: str) -> None:
    """Count one time that somebody tried to make an account, from an address. Raises TooOften, and counts on."""
    _count_all(_Limit(f"joins:{address}", JOINS_FROM_AN_ADDRESS))


def count_claims(*, address: str) -> None:
    """Count one time that six words were typed, from an address. Raises TooOften, and counts on."""
    _count_all(_Limit(f"claims:{address}", TRIES_FROM_AN_ADDRESS))


def _count_all(*limits: _Limit) -> None:
    """Count at each, the narrowest first: what is refused there closes nothing that others share.

    In this order always, so that two tries at the same moment never wait in a ring.
    """
    for limit in limits:
        tries, wait = _count(limit)
        if tries > limit.tries:
            logs.security.warning("tried too often")
            raise TooOften(wait)


def _count(limit: _Limit) -> tuple[int, dt.timedelta]:
    """The tries at this key with this one, and how long until it opens again, in one statement.

    Of two at the same moment, both are counted.
    """
    moment = clock.now()
    sent = {"hashed": _hashed(limit.key), "moment": moment, "most": limit.tries, "doublings": limit.doublings}
    windows = _windows("window", moment) | _windows("longest", moment - LONGEST)
    ((tries, since, level),) = rows(_counted(db.session.get_bind().dialect.name), sent | windows)
    return tries, since + _wait(level) - moment


@functools.cache
def _counted(dialect: str) -> sa.Executable:
    """What counts one try, written once for each kind of database."""
    moment = sa.bindparam("moment", type_=Moment())
    is_over = Throttle.since < _began("window")
    goes_on = sa.and_(Throttle.tries > sa.bindparam("most"), Throttle.since >= _began("longest"))
    higher = sa.case((Throttle.level < sa.bindparam("doublings"), Throttle.level + 1), else_=Throttle.level)
    insert = _INSERT[dialect](Throttle).values(key=sa.bindparam("hashed"), since=moment, tries=1, level=0)
    return insert.on_conflict_do_update(
        index_elements=[Throttle.key],
        set_={
            "tries": sa.case((is_over, 1), else_=Throttle.tries + 1),
            "since": sa.case((is_over, moment), else_=Throttle.since),
            "level": sa.case((sa.not_(is_over), Throttle.level), (goes_on, higher), else_=0),
        },
    ).returning(Throttle.tries, Throttle.since, Throttle.level)


def _began(name: str) -> sa.Case[dt.datetime]:
    """When a window began that is over, by how often its wait was doubled: to be sent with the `_windows` of a name."""
    return sa.case(
        {level: sa.bindparam(f"{name}_{level}", type_=Moment()) for level in range(DOUBLINGS + 1)},
        value=Throttle.level,
    )


def _windows(name: str, moment: dt.datetime) -> dict[str, dt.datetime]:
    """What `_began` is at this moment."""
    return {f"{name}_{level}": moment - _wait(level) for level in range(DOUBLINGS + 1)}


def forget(*keys: str, address: str) -> None:
    """The right password was given: start anew for these keys, and give the address this one try back.

    One only: else who has an account could guess at those of others for ever, signing in between.
    """
    known = [_hashed(key) for name in keys for key in (name, _from(name, address))]
    db.session.execute(sa.delete(Throttle).where(Throttle.key.in_(known)))
    back = sa.update(Throttle).where(Throttle.key == _hashed(_of(address)), Throttle.tries > 0)
    db.session.execute(back.values(tries=Throttle.tries - 1))


def sweep_old() -> int:
    """Delete counts that make nobody wait any more, and make no next wait longer. Returns how many."""
    over = sa.delete(Throttle).where(Throttle.since < _began("longest"))
    return db.session.execute(over, _windows("longest", clock.now() - LONGEST)).rowcount  # type: ignore[attr-defined, no-any-return]


def _of(address: str) -> str:
    return f"address:{address}"


def _from(key: str, address: str) -> str:
    return f"{key} from {address}"


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
