"""Cycles: plan with a prediction, do, study, act, for teams that want them; nobody is asked to."""

from __future__ import annotations

import datetime as dt
import textwrap
from typing import TYPE_CHECKING, Any

from ideas import clock
from ideas.access import Action, demand, may
from ideas.db import db
from ideas.models import Cycle, CycleStep, Idea, Stage
from ideas.text import dates

from . import events, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from ideas.models import CycleEnd, Foresight, Person

#: Where a cycle can be planned.
_PLANNED_IN = (Stage.PLANNING, Stage.TRYING)
#: More of them than any trial has: all of them stand on one page.
MOST = 100
#: As much of its plan as has room beside a chart, in letters.
_SHORT = 100
_NOT_NOW = {
    CycleStep.START: "It has begun. What was planned and predicted stays as it was.",
    CycleStep.REPORT: "It has not begun, or somebody has said what happened.",
    CycleStep.STUDY: "Say first what happened; or somebody has said what you learned.",
    CycleStep.ACT: "Say first what you learned; or somebody has said what comes of it.",
}


def open_one(idea: Idea) -> Cycle | None:
    """The one cycle that has not ended."""
    return next((cycle for cycle in idea.cycles if cycle.is_open), None)


def can_plan(idea: Idea) -> bool:
    """Whether another cycle can be planned now. About its state, not about rights."""
    return idea.stage in _PLANNED_IN and open_one(idea) is None and len(idea.cycles) < MOST


def concern(idea: Idea, reader: Person) -> bool:
    """Whether this person is shown cycles at all: there are some, or they could plan the first."""
    return bool(idea.cycles) or (can_plan(idea) and bool(may(reader, Action.EDIT, idea)))


def beginnings(idea: Idea) -> list[tuple[dt.date, str]]:
    """On which day each cycle began, in a few words, for the charts."""
    return [
        (cycle.started_on, f"Cycle {cycle.number} began: {textwrap.shorten(cycle.attempt, _SHORT, placeholder=' …')}")
        for cycle in idea.cycles
        if cycle.started_on
    ]


def refuse_unless_plannable(idea: Idea) -> None:
    """Go on only where another cycle can be planned. Raises Refused."""
    if idea.stage not in _PLANNED_IN:
        raise Refused("A cycle is planned while an idea is in planning, or is being tried.")
    if open_one(idea):
        raise Refused("One cycle is open. End it first: then the next one can use what it taught.")
    if len(idea.cycles) >= MOST:
        raise Refused(f"There are {MOST} cycles already, and an idea has no more.")


def refuse_unless_at(cycle: Cycle, step: CycleStep) -> None:
    """Go on only if this is its next step, and may be now. Raises Refused."""
    if cycle.awaits is not step:
        raise Refused(_NOT_NOW[step])
    if step is CycleStep.START and cycle.idea.stage is not Stage.TRYING:
        raise Refused("It begins once the idea is being tried: nothing is done before a leader's yes.")


def refuse_unless_open_to_change(cycle: Cycle) -> None:
    """Go on only while its plan may change. Raises Refused."""
    if cycle.is_locked:
        raise Refused(_NOT_NOW[CycleStep.START])


def plan(idea: Idea, *, attempt: str, prediction: str, by: Person) -> Cycle:
    """Plan the next cycle: what they will try, and what they think will happen. Raises Denied or Refused."""
    versions.hold(idea)
    demand(by, Action.EDIT, idea)
    refuse_unless_plannable(idea)
    cycle = Cycle(number=len(idea.cycles) + 1, attempt=attempt, prediction=prediction)
    idea.cycles.append(cycle)
    return _record(events.Kind.CYCLE_PLANNED, cycle, by=by, attempt=attempt, prediction=prediction)


def seal(cycle: Cycle) -> str:
    """What stands for the plan of a cycle as it is now: once somebody changed it, it has another."""
    return versions.seal(cycle.attempt, cycle.prediction)


def revise(cycle: Cycle, *, attempt: str, prediction: str, by: Person, seen: str | None = None) -> Cycle:
    """Plan it otherwise, before it begins.

    `seen` is the seal of what somebody read before they wrote. Raises Denied, Refused, or Stale when it is not so now.
    """
    _hold(cycle, by=by)
    refuse_unless_open_to_change(cycle)
    if (attempt, prediction) == (cycle.attempt, cycle.prediction):
        return cycle
    versions.refuse_unless_seen(seen, seal(cycle))
    cycle.attempt, cycle.prediction = attempt, prediction
    return _record(events.Kind.CYCLE_REVISED, cycle, by=by, attempt=attempt, prediction=prediction)


def take_out(cycle: Cycle, *, by: Person) -> Idea:
    """Take out a cycle that never began; the history keeps what was planned. Raises Denied or Refused."""
    idea = cycle.idea
    _hold(cycle, by=by)
    refuse_unless_open_to_change(cycle)
    events.record(events.Kind.CYCLE_REMOVED, idea, by=by, number=str(cycle.number), attempt=cycle.attempt)
    idea.cycles.remove(cycle)
    db.session.flush()
    return idea


def start(cycle: Cycle, *, started_on: dt.date, by: Person) -> Cycle:
    """Begin: from now on what was predicted stays as it was.

    Raises Denied, Refused, or Invalid for a day to come, before the trial, or before the cycle before it.
    """
    _take(cycle, CycleStep.START, by=by)
    earliest = _earliest(cycle)
    if not earliest <= started_on <= clock.today():
        raise Invalid("started_on", f"Enter a day from {dates.full(earliest)} until today.")
    cycle.started_on = started_on
    return _record(events.Kind.CYCLE_STARTED, cycle, by=by, day=dates.full(started_on), prediction=cycle.prediction)


def _earliest(cycle: Cycle) -> dt.date:
    """Not before the trial began, nor before the cycle before it."""
    before = [other.started_on for other in cycle.idea.cycles if other.started_on]
    trial = cycle.idea.trial_started_on
    return max([*before, *([trial] if trial else [])], default=dt.date.min)


def report(cycle: Cycle, *, happened: str, by: Person) -> Cycle:
    """Say what happened. Raises Denied or Refused."""
    _take(cycle, CycleStep.REPORT, by=by)
    cycle.happened = happened
    return _record(events.Kind.CYCLE_REPORTED, cycle, by=by, happened=happened)


def study(cycle: Cycle, *, foresight: Foresight, learned: str, by: Person) -> Cycle:
    """Say whether it went as they had thought, and what they learned. Raises Denied or Refused."""
    _take(cycle, CycleStep.STUDY, by=by)
    cycle.foresight, cycle.learned = foresight, learned
    went = foresight.words[0].lower() + foresight.words[1:]
    return _record(events.Kind.CYCLE_STUDIED, cycle, by=by, went=went, learned=learned)


def act(cycle: Cycle, *, ended_as: CycleEnd, because: str = "", by: Person) -> Cycle:
    """Say what comes of it, which ends it. Raises Denied or Refused."""
    _take(cycle, CycleStep.ACT, by=by)
    cycle.ended_as, cycle.ended_because = ended_as, because
    came = f"{ended_as.words.lower()}{f': {because}' if because else ''}"
    return _record(events.Kind.CYCLE_ENDED, cycle, by=by, came=came)


def _hold(cycle: Cycle, *, by: Person) -> None:
    versions.hold(cycle.idea)
    demand(by, Action.EDIT, cycle)


def _take(cycle: Cycle, step: CycleStep, *, by: Person) -> None:
    """Hold its idea, and go on only with the right, at this step."""
    _hold(cycle, by=by)
    refuse_unless_at(cycle, step)


def _record(kind: events.Kind, cycle: Cycle, *, by: Person, **words: Any) -> Cycle:
    events.record(kind, cycle.idea, by=by, number=str(cycle.number), **words)
    db.session.flush()
    return cycle
