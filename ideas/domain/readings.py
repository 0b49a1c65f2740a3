"""Readings: what was counted on a day; entered, corrected and taken out, with what they were before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ideas import clock
from ideas.access import Action, demand
from ideas.models import Correction, Reading
from ideas.text import dates, numbers

from . import events, findings, measures, versions
from .errors import Invalid, Refused, Stale

if TYPE_CHECKING:
    import datetime as dt

    from ideas.models import Idea, Measure, Person

#: The most readings that a measure holds: 27 years of one each day.
MOST = 10_000
#: The most that all measures of an idea hold: all of them are read whenever somebody opens its evidence.
MOST_TOGETHER = 30_000


class TakenOut(Refused):
    """Somebody took this reading out meanwhile."""


def enter(measure: Measure, *, taken_on: dt.date, value: float, by: Person) -> Reading:
    """Enter a reading: one value a day. Raises Denied, or Invalid for a date or number that makes no sense."""
    versions.hold(measure.idea)
    demand(by, Action.EDIT, measure)
    reading = add(measure, taken_on=taken_on, value=value, by=by)
    settle(measure.idea)
    return reading


def add(measure: Measure, *, taken_on: dt.date, value: float, by: Person) -> Reading:
    """As `enter`, for a caller who has held the idea and asked for the right, and settles."""
    make_sense(taken_on, value)
    _day_is_free(measure, taken_on)
    refuse_without_room(measure, 1, field="taken_on")
    reading = Reading(taken_on=taken_on, value=value, entered_by_id=by.id, entered_at=clock.now())
    measure.readings.append(reading)
    _record(events.Kind.READING_ENTERED, reading, by=by)
    return reading


def refuse_without_room(measure: Measure, count: int, *, field: str) -> None:
    """Go on only if there is room for so many more. Raises Invalid, at this field."""
    if len(measure.readings) + count > MOST:
        raise Invalid(field, f"A measure holds {MOST:,} readings at most. Take some out first, or add a measure.")
    if sum(each.reading_count for each in measure.idea.measures) + count > MOST_TOGETHER:
        raise Invalid(field, f"All measures of an idea hold {MOST_TOGETHER:,} readings at most. Take some out first.")


def make_sense(taken_on: dt.date, value: float) -> None:
    """Raises Invalid, with what to do instead, for a day or a number that nobody counted."""
    measures.refuse_an_odd_day(taken_on, field="taken_on")
    if not measures.is_countable(value):
        raise Invalid("value", "Enter a number below a million million.")


def _day_is_free(measure: Measure, day: dt.date) -> None:
    if any(reading.taken_on == day for reading in measure.readings):
        raise Invalid("taken_on", "There is a reading of that day. Correct that one, or choose another day.")


def settle(idea: Idea) -> None:
    """Put the readings in the order of their days, and judge them anew."""
    for measure in idea.measures:
        measure.readings.sort(key=lambda reading: reading.taken_on)
    findings.keep(idea)


def correct(reading: Reading, *, taken_on: dt.date, value: float, by: Person, version: int) -> Reading:
    """Put a reading right; the measure keeps what it was, and who put it right.

    Raises Denied, TakenOut when somebody took it out meanwhile, Stale when somebody corrected it after this version, or
    Invalid for a day or number that makes no sense.
    """
    measure = _hold(reading, by)
    if (taken_on, value) == (reading.taken_on, reading.value):
        return reading
    _refuse_if_overtaken(reading, version)
    put_right(reading, taken_on=taken_on, value=value, by=by)
    settle(measure.idea)
    return reading


def put_right(reading: Reading, *, taken_on: dt.date, value: float, by: Person) -> None:
    """As `correct`, for a caller who has held the idea and asked for the right, and settles."""
    measure = reading.measure
    make_sense(taken_on, value)
    if taken_on != reading.taken_on:
        _day_is_free(measure, taken_on)
    if (taken_on, value) == (reading.taken_on, reading.value):
        return
    before = _words(reading)
    amend(reading, taken_on=taken_on, value=value, by=by)
    events.record(
        events.Kind.READING_CORRECTED, measure.idea, by=by, name=measure.name, before=before, after=_words(reading)
    )


def amend(reading: Reading, *, taken_on: dt.date, value: float, by: Person) -> None:
    """Change a reading, and keep what it was. The caller has asked for the right, and tells the history."""
    _keep(reading, by, became_on=taken_on, became_value=value)
    reading.taken_on, reading.value = taken_on, value
    reading.version += 1


def take_out(reading: Reading, *, by: Person, version: int) -> None:
    """Take a reading out; the measure keeps what it was. Raises Denied, Stale, or TakenOut."""
    measure = _hold(reading, by)
    _refuse_if_overtaken(reading, version)
    drop(reading, by=by)
    settle(measure.idea)


def drop(reading: Reading, *, by: Person) -> None:
    """As `take_out`, for a caller who has held the idea and asked for the right, and settles."""
    _keep(reading, by)
    _record(events.Kind.READING_REMOVED, reading, by=by)
    reading.weekly_minute = None
    reading.measure.readings.remove(reading)


def _hold(reading: Reading, by: Person) -> Measure:
    measure = reading.measure
    versions.hold(measure.idea)
    demand(by, Action.EDIT, measure)
    if reading not in measure.readings:
        raise TakenOut("Somebody took this reading out already.")
    return measure


def _refuse_if_overtaken(reading: Reading, version: int) -> None:
    if reading.version != version:
        raise Stale(
            "Somebody else corrected this reading after you opened it. Theirs stands, yours was not saved yet. "
            "Look at what is there now, then send yours again if it is right."
        )


def _keep(reading: Reading, by: Person, **became: Any) -> None:
    if minute := reading.weekly_minute:
        # Whoever has that week open is told before they write over it.
        minute.version += 1
        minute.changed_by_id, minute.changed_at = by.id, clock.now()
    was = Correction(
        reading_id=reading.id,
        was_on=reading.taken_on,
        was_value=reading.value,
        by_id=by.id,
        corrected_at=clock.now(),
        **became,
    )
    reading.measure.corrections.add(was)


def _record(kind: events.Kind, reading: Reading, *, by: Person) -> None:
    measure = reading.measure
    value = "once" if measure.counts_days_between else _counted(reading)
    events.record(kind, measure.idea, by=by, name=measure.name, value=value, date=dates.full(reading.taken_on))


def _words(reading: Reading) -> str:
    if reading.measure.counts_days_between:
        return dates.full(reading.taken_on)
    return f"{_counted(reading)} on {dates.full(reading.taken_on)}"


def _counted(reading: Reading) -> str:
    return numbers.with_unit(numbers.plain(reading.value), reading.measure.unit)
