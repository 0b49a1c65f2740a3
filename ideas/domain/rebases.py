"""Rebases: new limits from a reading on, with a reason, where what is counted has changed for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand
from ideas.models import Rebase
from ideas.text import dates

from . import events, findings, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    import datetime as dt

    from ideas.models import Measure, Person

#: More of them make limits that mean nothing.
MOST = 20


def begin(measure: Measure, *, starts_on: dt.date, reason: str, by: Person) -> Rebase:
    """Begin new limits at a reading. Raises Denied, or Invalid: a day without a reading, no reason, or many of them."""
    versions.hold(measure.idea)
    demand(by, Action.EDIT, measure)
    days = [day for day, _ in measure.series]
    if starts_on not in days:
        raise Invalid("starts_on", f"There is no reading on {dates.full(starts_on)}. New limits begin at a reading.")
    if starts_on == days[0]:
        raise Invalid("starts_on", "The first reading begins the limits already. Choose a later one.")
    if any(each.starts_on == starts_on for each in measure.rebases):
        raise Invalid("starts_on", "New limits begin on this day already.")
    if len(measure.rebases) >= MOST:
        raise Invalid("starts_on", f"New limits begin {MOST} times already. Take one back first.")
    if not reason:
        raise Invalid("reason", "Say what changed for good, so that others can follow")
    rebase = Rebase(starts_on=starts_on, reason=reason, by=by, said_at=clock.now())
    measure.rebases.append(rebase)
    _record(events.Kind.LIMITS_BEGUN, rebase, by=by, reason=reason)
    findings.keep(measure.idea)
    return rebase


def take_back(rebase: Rebase, *, by: Person) -> None:
    """Go on with the limits from before. Raises Denied, or Refused when they were taken back already."""
    measure = rebase.measure
    versions.hold(measure.idea)
    demand(by, Action.EDIT, measure)
    if rebase not in measure.rebases:
        raise Refused("Somebody took these limits back already.")
    _record(events.Kind.LIMITS_TAKEN_BACK, rebase, by=by)
    measure.rebases.remove(rebase)
    findings.keep(measure.idea)


def _record(kind: events.Kind, rebase: Rebase, *, by: Person, **words: str) -> None:
    measure = rebase.measure
    events.record(kind, measure.idea, by=by, name=measure.name, day=dates.full(rebase.starts_on), **words)
