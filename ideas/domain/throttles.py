"""Throttling: a count of tries in a window of time, in our own table, so that all processes share it."""

from __future__ import annotations

import datetime as dt
import hashlib

from ideas import clock
from ideas.db import db
from ideas.models import Throttle

from .errors import Refused

#: Tries at one sign-in name, or from one address, before the wait.
TRIES = 10
WINDOW = dt.timedelta(minutes=5)


class TooOften(Refused):
    """Tried too often. Says how long to wait; nobody is ever locked out for good."""


def count(*keys: str) -> None:
    """Count one try at each key ("sign-in:amara@…", "address:…"). Raises TooOften, and counts on, past the limit."""
    # Every key is counted before any refusal: a wait at one must not hide tries at another.
    counted = [_count(key) for key in keys]
    if any(throttle.tries > TRIES for throttle in counted):
        raise TooOften("Too many tries. Wait 5 minutes, then try again.")


def _count(key: str) -> Throttle:
    hashed = _hashed(key)
    throttle = db.session.get(Throttle, hashed, with_for_update=True)
    if throttle is None:
        throttle = Throttle(key=hashed, since=clock.now(), tries=0)
        db.session.add(throttle)
    if clock.now() - throttle.since > WINDOW:
        throttle.since, throttle.tries = clock.now(), 0
    throttle.tries += 1
    db.session.flush()
    return throttle


def forget(key: str) -> None:
    """Start anew for this key: the right password was given."""
    throttle = db.session.get(Throttle, _hashed(key))
    if throttle:
        db.session.delete(throttle)


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
