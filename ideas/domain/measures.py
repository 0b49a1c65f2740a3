"""Measures: what would show that it is less bad, and what the team says came of it."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import joinedload, selectinload

from ideas import clock
from ideas.access import Action, demand
from ideas.db import db
from ideas.models import Direction, Idea, Measure, Rhythm, Stage, Watch
from ideas.text import dates

from . import events, findings, versions
from .errors import Invalid

if TYPE_CHECKING:
    from sqlalchemy.sql.base import ExecutableOption

    from ideas.models import Person, VerdictKind

#: Before this, a date is more likely a slip of the finger.
EARLIEST = dt.date(2000, 1, 1)
#: More of them than anybody counts: each is drawn whenever somebody opens the page.
MOST = 20
#: Larger than anything that is counted on a ward.
_LARGEST = 1e12

#: What a team can say of a measure, with the words for it.
FIELDS = {
    "name": "name",
    "unit": "unit",
    "direction": "which way is less bad",
    "kind": "what it is for",
    "definition": "what exactly is counted",
    "target": "target",
    "place": "place",
    "rhythm": "how often",
}
#: The unit of what is so rare that the days between are counted.
DAYS_BETWEEN = "days between"


def for_page() -> tuple[ExecutableOption, ...]:
    """What the evidence's page shows of an idea, so that it is read in a fixed number of statements."""
    return (
        selectinload(Idea.measures).options(*map(selectinload, (Measure.readings, Measure.rebases))),
        selectinload(Idea.happenings),
        selectinload(Idea.felt_rounds),
        selectinload(Idea.cycles),
        joinedload(Idea.plan),
        selectinload(Idea.team_members),
        selectinload(Idea.sign_offs),
        selectinload(Idea.stage_entries),
        selectinload(Idea.watches).options(joinedload(Watch.answered_by), joinedload(Watch.changed_by)),
    )


def add(
    idea: Idea,
    *,
    name: str,
    direction: Direction,
    by: Person,
    unit: str = "",
    is_illustrative: bool = False,
    **more: Any,
) -> Measure:
    """Say what would show it; `more` are names of `FIELDS`.

    Raises Denied, or Invalid when the idea has one of that name or many, or the target is no number.
    """
    versions.hold(idea)
    demand(by, Action.EDIT, idea)
    if len(idea.measures) >= MOST:
        raise Invalid("name", f"An idea has {MOST} measures at most. Change one that you do not count.")
    _name_is_free(idea, name)
    measure = Measure(name=name, unit=unit, direction=direction, is_illustrative=is_illustrative, **more)
    _make_sense(measure)
    idea.measures.append(measure)
    events.record(events.Kind.MEASURE_ADDED, idea, by=by, name=name)
    db.session.flush()
    return measure


def seal(measure: Measure) -> str:
    """What stands for what a measure is now: once somebody changed that, it has another."""
    return versions.seal(*(getattr(measure, field) for field in FIELDS))


def revise(measure: Measure, fields: dict[str, Any], *, by: Person, seen: str | None = None) -> Measure:
    """Change what a measure is: only the fields given, each a name of `FIELDS`.

    `seen` is the seal of what somebody read before they wrote. Raises Denied, Invalid, or Stale when it is not so now.
    """
    versions.hold(measure.idea)
    demand(by, Action.EDIT, measure)
    changed = [field for field in FIELDS if field in fields and getattr(measure, field) != fields[field]]
    if changed:
        versions.refuse_unless_seen(seen, seal(measure))
    if "name" in changed:
        _name_is_free(measure.idea, fields["name"], but=measure)
    if "rhythm" in changed and measure.readings and Rhythm.EVENT in (measure.rhythm, fields["rhythm"]):
        raise Invalid("rhythm", "There are readings already, and they were counted in another way. Add a new measure.")
    for field in changed:
        setattr(measure, field, fields[field])
    _make_sense(measure)
    if changed:
        what = ", ".join(FIELDS[field] for field in changed)
        events.record(events.Kind.MEASURE_CHANGED, measure.idea, by=by, name=f"{measure.name} ({what})")
        findings.keep(measure.idea)
    return measure


def _name_is_free(idea: Idea, name: str, *, but: Measure | None = None) -> None:
    if any(each.name.casefold() == name.casefold() for each in idea.measures if each is not but):
        raise Invalid("name", "This idea has a measure of that name. Choose another name.")


def _make_sense(measure: Measure) -> None:
    if measure.rhythm is Rhythm.EVENT:
        measure.unit, measure.direction = DAYS_BETWEEN, Direction.HIGHER
    if not measure.unit:
        raise Invalid("unit", "Say in what it is counted")
    if measure.target is not None and not is_countable(measure.target):
        raise Invalid("target", "Enter a number below a million million.")


def is_countable(value: float) -> bool:
    """Whether this is a number, and not larger than anything that is counted on a ward."""
    return math.isfinite(value) and abs(value) <= _LARGEST


def refuse_an_odd_day(day: dt.date, *, field: str) -> None:
    """Raises Invalid, at this field, for a day that has not come, or so long ago that it is a slip of the finger."""
    if day > clock.today():
        raise Invalid(field, "This day has not come yet. Enter today, or a day before.")
    if day < EARLIEST:
        raise Invalid(field, f"Enter {dates.full(EARLIEST)}, or a day after.")


def change(measure: Measure, *, changed_on: dt.date | None, reason: str, by: Person) -> Measure:
    """Say that the change counts from another day than the start of the trial; none: from the start again.

    Raises Denied, or Invalid without a reason, or for a day that makes no sense.
    """
    versions.hold(measure.idea)
    demand(by, Action.EDIT, measure)
    if changed_on:
        refuse_an_odd_day(changed_on, field="changed_on")
    if not reason:
        raise Invalid("reason", "Say why it counts from that day, so that others can follow")
    measure.own_changed_on, measure.own_changed_because = changed_on, reason if changed_on else ""
    day = dates.full(changed_on) if changed_on else "the start of the trial"
    events.record(events.Kind.CHANGE_DAY_SET, measure.idea, by=by, name=measure.name, day=day, reason=reason)
    findings.keep(measure.idea)
    return measure


def tried_before(idea: Idea) -> list[dt.date]:
    """The days on which earlier trials of it started: the change counts from the newest start, unless its team says."""
    newest = idea.trial_started_on
    began = [clock.day(entry.entered_at) for entry in idea.stage_entries if entry.stage is Stage.TRYING]
    return [day for day in began if newest and day < newest]


def state_result(idea: Idea, text: str, *, stated_as: VerdictKind | None = None, by: Person, version: int) -> Idea:
    """Say what came of it, in the team's own words, and in those of a verdict if one fits. Raises Denied or Stale."""
    versions.hold_at(idea, version)
    demand(by, Action.EDIT, idea)
    if (idea.stated_result, idea.stated_as) != (text, stated_as):
        idea.stated_result, idea.stated_as = text, stated_as
        told = f"{stated_as.words}. {text}" if stated_as else text
        events.record(events.Kind.RESULT_STATED, idea, by=by, text=told)
        versions.step_on(idea)
    return idea
