"""Steps: one thing to do, who does it, by when."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.access import Action, demand, may
from ideas.db import db
from ideas.models import Step

from . import events, people, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from ideas.models import Idea, Organisation, Person


#: More of them than any plan has: all of them stand on one page.
MOST = 200


@dataclasses.dataclass(frozen=True)
class ByWhen:
    """The steps of a plan as a team works through them. Each list has the first due first."""

    late: list[Step]
    this_week: list[Step]
    #: after this week, or on no day yet
    later: list[Step]
    #: in the order in which they were done
    done: list[Step]

    @property
    def total(self) -> int:
        """How many steps there are."""
        return len(self.late) + len(self.this_week) + len(self.later) + len(self.done)


def by_when(idea: Idea) -> ByWhen:
    """The steps of an idea, by when they are due."""
    no_day = dt.date.max
    left = sorted((step for step in idea.steps if not step.is_done), key=lambda step: (step.due_on or no_day, step.id))
    return ByWhen(
        late=[step for step in left if step.is_late],
        this_week=[step for step in left if step.is_this_week],
        later=[step for step in left if not step.is_late and not step.is_this_week],
        done=sorted((step for step in idea.steps if step.done_at), key=lambda step: (step.done_at, step.id)),
    )


def could_own(idea: Idea, *, now: Person | None = None) -> list[Person]:
    """Who may be given a step, by name: the team, and the members of its home. `now` is who has it today.

    A draft is read by its team alone, so nobody else is given a step of it.
    """
    able = {person.id: person for person in idea.team}
    if now:
        able[now.id] = now
    if idea.home_organisation and not idea.is_draft:
        able |= {person.id: person for person in people.of(idea.home_organisation)}
    return sorted(able.values(), key=lambda person: (person.name.casefold(), person.id))


def add(idea: Idea, title: str, *, by: Person, owner: Person | None = None, due_on: dt.date | None = None) -> Step:
    """Add a step. Being given one puts nobody in the team.

    Raises Denied, or Invalid: it is not theirs to be given, or there are `MOST`.
    """
    versions.hold(idea)
    demand(by, Action.EDIT, idea)
    _check_could_own(idea, owner)
    if len(idea.steps) >= MOST:
        raise Invalid("title", f"A plan has {MOST} steps at most. Take out one that nobody needs.")
    step = Step(title=title, owner=owner, due_on=due_on)
    idea.steps.append(step)
    events.record(events.Kind.STEP_ADDED, idea, by=by, title=title)
    db.session.flush()
    return step


def _check_could_own(idea: Idea, person: Person | None) -> None:
    """What `could_own` lists, asked of one person: whoever has a step of what is here first comes to read it."""
    if person is None or idea.has_in_team(person):
        return
    if idea.is_draft or not person.is_member_of(idea.home_organisation_id):
        raise Invalid("owner", "Choose somebody of the team, or of its home.")


def seal(step: Step) -> str:
    """What stands for a step as it is now: once somebody changed it, it has another."""
    return versions.seal(step.title, step.owner_id, step.due_on)


def change(
    step: Step, *, title: str, owner: Person | None, due_on: dt.date | None, by: Person, seen: str | None = None
) -> Step:
    """Change a step's words, its owner or its day.

    `seen` is the seal of what somebody read before they wrote. Whoever has it may keep it. Raises Denied, Invalid (it
    is not theirs to be given), Refused (it was taken out meanwhile), or Stale when it is not so now.
    """
    _hold(step)
    demand(by, Action.EDIT, step)
    if owner != step.owner:
        _check_could_own(step.idea, owner)
    if (title, owner, due_on) != (step.title, step.owner, step.due_on):
        versions.refuse_unless_seen(seen, seal(step))
        step.title, step.owner, step.due_on = title, owner, due_on
        events.record(events.Kind.STEP_CHANGED, step.idea, by=by, title=title)
        db.session.flush()
    return step


def leave(step: Step, organisation: Organisation, heir: Person | None) -> Step:
    """Whoever has it left: the heir has it, where they read the idea and are of its team or home, or nobody."""
    left = step.owner
    step.owner = heir if heir and may(heir, Action.READ, step) and _is_near(heir, step.idea) else None
    now = f"{step.owner.short_name} does it now" if step.owner else "Nobody does it now"
    if left:
        words = {"person": left.short_name, "organisation": organisation.name, "now": now, "title": step.title}
        events.record(events.Kind.STEP_LEFT, step.idea, by=None, **words)
    db.session.flush()
    return step


def _is_near(person: Person, idea: Idea) -> bool:
    return idea.has_in_team(person) or person.is_member_of(idea.home_organisation_id)


def remove(step: Step, *, by: Person) -> None:
    """Take a step out; the history keeps that it was there. Raises Denied or Refused."""
    idea = step.idea
    _hold(step)
    demand(by, Action.EDIT, step)
    events.record(events.Kind.STEP_REMOVED, idea, by=by, title=step.title)
    db.session.delete(step)
    db.session.flush()
    db.session.expire(idea, ["steps"])


def tick(step: Step, *, by: Person) -> Step:
    """Tick a step off. Ticking it twice changes nothing. Raises Denied or Refused."""
    _hold(step)
    demand(by, Action.TICK, step)
    if not step.is_done:
        step.done_at = clock.now()
        step.done_by_id = by.id
        events.record(events.Kind.STEP_DONE, step.idea, by=by, title=step.title)
        db.session.flush()
    return step


def untick(step: Step, *, by: Person) -> Step:
    """Take the tick away again. Raises Denied or Refused."""
    _hold(step)
    demand(by, Action.TICK, step)
    if step.is_done:
        step.done_at = None
        step.done_by_id = None
        events.record(events.Kind.STEP_REOPENED, step.idea, by=by, title=step.title)
        db.session.flush()
    return step


def _hold(step: Step) -> None:
    """Hold its idea, and read the step afresh."""
    id = step.id
    versions.hold(step.idea)
    if db.session.scalar(sa.select(Step.id).where(Step.id == id)) is None:
        raise Refused("Somebody took this step out. There is nothing left to change.")
