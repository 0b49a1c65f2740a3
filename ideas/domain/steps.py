"""Steps: one thing to do, who does it, by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand
from ideas.db import db
from ideas.models import Step

from . import events, versions

if TYPE_CHECKING:
    import datetime as dt

    from ideas.models import Idea, Person


def add(idea: Idea, title: str, *, by: Person, owner: Person | None = None, due_on: dt.date | None = None) -> Step:
    """Add a step. Being given one puts nobody in the team. Raises Denied."""
    versions.hold(idea, by=by)
    demand(by, Action.EDIT, idea)
    step = Step(title=title, owner=owner, due_on=due_on)
    idea.steps.append(step)
    events.record(events.Kind.STEP_ADDED, idea, by=by, title=title)
    db.session.flush()
    return step


def change(step: Step, *, title: str, owner: Person | None, due_on: dt.date | None, by: Person) -> Step:
    """Change a step's words, its owner or its day. Raises Denied."""
    versions.hold(step.idea, by=by)
    demand(by, Action.EDIT, step)
    step.title, step.owner, step.due_on = title, owner, due_on
    events.record(events.Kind.STEP_CHANGED, step.idea, by=by, title=title)
    db.session.flush()
    return step


def remove(step: Step, *, by: Person) -> None:
    """Take a step out; the history keeps that it was there. Raises Denied."""
    idea = step.idea
    versions.hold(idea, by=by)
    demand(by, Action.EDIT, step)
    events.record(events.Kind.STEP_REMOVED, idea, by=by, title=step.title)
    db.session.delete(step)
    db.session.flush()


def tick(step: Step, *, by: Person) -> Step:
    """Tick a step off. Ticking it twice changes nothing. Raises Denied."""
    versions.hold(step.idea, by=by)
    db.session.refresh(step)
    demand(by, Action.TICK, step)
    if not step.is_done:
        step.done_at = clock.now()
        step.done_by_id = by.id
        events.record(events.Kind.STEP_DONE, step.idea, by=by, title=step.title)
        db.session.flush()
    return step


def untick(step: Step, *, by: Person) -> Step:
    """Take the tick away again. Raises Denied."""
    versions.hold(step.idea, by=by)
    db.session.refresh(step)
    demand(by, Action.TICK, step)
    if step.is_done:
        step.done_at = None
        step.done_by_id = None
        events.record(events.Kind.STEP_REOPENED, step.idea, by=by, title=step.title)
        db.session.flush()
    return step
