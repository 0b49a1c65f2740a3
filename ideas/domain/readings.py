"""Readings: what was counted on a day, entered and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand
from ideas.models import Reading
from ideas.text import dates, numbers

from . import events, findings, measures, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    import datetime as dt

    from ideas.models import Measure, Person


def enter(measure: Measure, *, taken_on: dt.date, value: float, by: Person) -> Reading:
    """Enter a reading: one value a day. Raises Denied, or Invalid for a date or number that makes no sense."""
    versions.hold(measure.idea)
    demand(by, Action.EDIT, measure)
    if taken_on > clock.today():
        raise Invalid("taken_on", "This day has not come yet. Enter the day on which you counted.")
    if taken_on < measures.EARLIEST:
        raise Invalid("taken_on", f"Enter a day after {dates.full(measures.EARLIEST)}.")
    if not measures.is_countable(value):
        raise Invalid("value", "Enter a number below a million million.")
    if any(reading.taken_on == taken_on for reading in measure.readings):
        raise Invalid("taken_on", "There is a reading of that day. Take it out first, or choose another day.")
    reading = Reading(taken_on=taken_on, value=value, entered_by_id=by.id, entered_at=clock.now())
    measure.readings.append(reading)
    _record(events.Kind.READING_ENTERED, reading, by=by)
    findings.keep(measure.idea)
    return reading


def take_out(reading: Reading, *, by: Person) -> None:
    """Take a reading out; the history keeps what it was. Raises Denied, or Refused when it is out already."""
    measure = reading.measure
    versions.hold(measure.idea)
    demand(by, Action.EDIT, measure)
    if reading not in measure.readings:
        raise Refused("Somebody took this reading out already.")
    _record(events.Kind.READING_REMOVED, reading, by=by)
    measure.readings.remove(reading)
    findings.keep(measure.idea)


def _record(kind: events.Kind, reading: Reading, *, by: Person) -> None:
    measure = reading.measure
    events.record(
        kind,
        measure.idea,
        by=by,
        name=measure.name,
        value=f"{numbers.plain(reading.value)} {measure.unit}",
        date=dates.full(reading.taken_on),
    )
