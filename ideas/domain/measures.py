"""Measures: what would show that it is less bad, its readings, and what the team says came of it."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from sqlalchemy.orm import selectinload

from ideas import clock
from ideas.access import Action, demand
from ideas.db import db
from ideas.models import Idea, Measure, Reading
from ideas.text import dates, numbers

from . import events, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from sqlalchemy.sql.base import ExecutableOption

    from ideas.models import Direction, Person

#: Before this, a date is more likely a slip of the finger.
_EARLIEST = dt.date(2000, 1, 1)
#: Larger than anything that is counted on a ward.
_LARGEST = 1e12


def for_page() -> tuple[ExecutableOption, ...]:
    """What the evidence's page shows of an idea, so that it is read in a fixed number of statements."""
    return (
        selectinload(Idea.measures).selectinload(Measure.readings),
        selectinload(Idea.team_members),
        selectinload(Idea.sign_offs),
    )


def before_and_since(measure: Measure) -> tuple[list[Reading], list[Reading]]:
    """The readings before the day from which the change counts, and those since; all are before while there is none."""
    day = measure.changed_on
    before = [reading for reading in measure.readings if day is None or reading.taken_on < day]
    return before, measure.readings[len(before) :]


def add(
    idea: Idea,
    *,
    name: str,
    unit: str,
    direction: Direction,
    by: Person,
    changed_on: dt.date | None = None,
    is_illustrative: bool = False,
) -> Measure:
    """Say what would show it. Raises Denied, or Invalid when the idea has one of that name."""
    versions.hold(idea)
    demand(by, Action.EDIT, idea)
    if any(measure.name.casefold() == name.casefold() for measure in idea.measures):
        raise Invalid("name", "This idea has a measure of that name. Choose another name.")
    measure = Measure(name=name, unit=unit, direction=direction, changed_on=changed_on, is_illustrative=is_illustrative)
    idea.measures.append(measure)
    events.record(events.Kind.MEASURE_ADDED, idea, by=by, name=name)
    db.session.flush()
    return measure


def change(measure: Measure, *, changed_on: dt.date | None, by: Person) -> Measure:
    """Say from which day the change counts. Raises Denied."""
    versions.hold(measure.idea)
    demand(by, Action.EDIT, measure)
    if measure.changed_on != changed_on:
        measure.changed_on = changed_on
        events.record(events.Kind.MEASURE_CHANGED, measure.idea, by=by, name=measure.name)
        db.session.flush()
    return measure


def enter(measure: Measure, *, taken_on: dt.date, value: float, by: Person) -> Reading:
    """Enter a reading: one value a day. Raises Denied, or Invalid for a date or number that makes no sense."""
    versions.hold(measure.idea)
    demand(by, Action.EDIT, measure)
    if taken_on > clock.today():
        raise Invalid("taken_on", "This day has not come yet. Enter the day on which you counted.")
    if taken_on < _EARLIEST:
        raise Invalid("taken_on", f"Enter a day after {dates.full(_EARLIEST)}.")
    if not math.isfinite(value) or abs(value) > _LARGEST:
        raise Invalid("value", "Enter a number below a million million.")
    if any(reading.taken_on == taken_on for reading in measure.readings):
        raise Invalid("taken_on", "There is a reading of that day. Take it out first, or choose another day.")
    reading = Reading(taken_on=taken_on, value=value, entered_by_id=by.id, entered_at=clock.now())
    measure.readings.append(reading)
    _record(events.Kind.READING_ENTERED, reading, by=by)
    db.session.flush()
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
    db.session.flush()


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


def state_result(idea: Idea, text: str, *, by: Person, version: int) -> Idea:
    """Say what came of it, in the team's own words. Raises Denied or Stale."""
    versions.hold_at(idea, version)
    demand(by, Action.EDIT, idea)
    if idea.stated_result != text:
        idea.stated_result = text
        events.record(events.Kind.RESULT_STATED, idea, by=by, text=text)
        versions.step_on(idea)
    return idea
