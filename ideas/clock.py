"""Time: the only place that asks what time it is, and that knows which days are worked."""

from __future__ import annotations

import calendar
import contextlib
import contextvars
import datetime as dt
import functools
import zoneinfo
from typing import TYPE_CHECKING

import holidays

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Days, due dates and working days are those of the United Kingdom, wherever the server stands.
LONDON = zoneinfo.ZoneInfo("Europe/London")

#: The `holidays` library's name for each nation whose bank holidays we know.
_SUBDIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}

_set_to: contextvars.ContextVar[dt.datetime | None] = contextvars.ContextVar("set_to", default=None)


def now() -> dt.datetime:
    """This moment, in UTC."""
    return _set_to.get() or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """Today's date in London."""
    return day(now())


def day(moment: dt.datetime) -> dt.date:
    """The London date of a moment: half past midnight in July is still yesterday in UTC."""
    return moment.astimezone(LONDON).date()


def monday(date: dt.date) -> dt.date:
    """The Monday of the week in which this day is: a week is Monday to Sunday."""
    return date - dt.timedelta(days=date.weekday())


def months_after(date: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of a month that is too short for it."""
    years, month = divmod(date.month - 1 + months, 12)
    year = date.year + years
    return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def beginning(date: dt.date) -> dt.datetime:
    """The moment at which a London day begins: how a time is kept that is to tell the day and no more."""
    return dt.datetime.combine(date, dt.time(), tzinfo=LONDON).astimezone(dt.UTC)


@contextlib.contextmanager
def at(moment: dt.datetime | dt.date) -> Iterator[None]:
    """Run what is inside as if it were this moment (a bare date means nine in the morning in London)."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time(9), tzinfo=LONDON)
    token = _set_to.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _set_to.reset(token)


@functools.cache
def _bank_holidays(nation: str, year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year))


def is_working_day(date: dt.date, nation: str) -> bool:
    """Monday to Friday, less the bank holidays of the nation ("england", "wales" …)."""
    return date.weekday() < 5 and date not in _bank_holidays(nation, date.year)


def working_days_after(start: dt.date, days: int, nation: str) -> dt.date:
    """The date `days` working days after `start`; day 1 is the working day after it."""
    date = start
    while days > 0:
        date += dt.timedelta(days=1)
        if is_working_day(date, nation):
            days -= 1
    return date
