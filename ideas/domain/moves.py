"""Moves: the idea enters a stage, by hand or by a decision, when its gate is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.access import Action, demand, may
from ideas.db import db
from ideas.models import Idea, Lesson, Stage, StageEntry

from . import events, findings, gates, plans, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    import datetime as dt

    from ideas.models import Person, SignOff

#: The longest lesson, in characters.
LESSON_LENGTH = 4000


def offered(idea: Idea, *, by: Person) -> list[Stage]:
    """The stages that this person may ask to move it to, in the order of the board. The gates are asked then."""
    if idea.is_draft or not may(by, Action.MOVE, idea):
        return []
    if idea.stage is Stage.STOPPED:
        return [Stage.PLANNING]
    theirs = tuple(Stage) if may(by, Action.MOVE_ANYWHERE, idea) else (Stage.PLANNING, Stage.STOPPED)
    return [stage for stage in theirs if stage is not idea.stage]


def move(idea: Idea, stage: Stage, *, by: Person, version: int, lesson: str = "") -> Idea:
    """Move the card by hand. The same rules hold for the mouse, the keyboard and a direct request.

    Raises Denied (no right), Stale (somebody moved or changed it first) or Refused (its gate is shut, with
    what is missing), and then nothing has changed.
    """
    versions.hold_at(idea, version)
    demand(by, Action.MOVE if stage in (Stage.PLANNING, Stage.STOPPED) else Action.MOVE_ANYWHERE, idea)
    if stage is idea.stage:
        raise Refused(f"It is in {stage.words} already.")
    if idea.is_draft:
        raise Refused("This is a draft. Open it to everybody, then it can move.")
    if idea.stage is Stage.STOPPED and stage is not Stage.PLANNING:
        raise Refused("A stopped idea starts again in Planning.")
    if stage is Stage.SIGN_OFF:
        _refuse_sign_off(idea)
    missing = gates.missing(idea, stage)
    if missing:
        raise Refused(_stays(idea), missing)
    if stage is Stage.STOPPED:
        learn(idea, lesson, by=by)
    _close_open_requests(idea, by=by, stage=stage)
    if stage is Stage.TRYING:
        idea.trial_ends_on = plans.approved_until(idea)
    enter(idea, stage, by=by)
    return idea


def _refuse_sign_off(idea: Idea) -> None:
    missing = gates.missing(idea, Stage.SIGN_OFF)
    if missing:
        raise Refused(_stays(idea), missing)
    raise Refused(f"{_stays(idea)} Asking a named leader is what moves it to Sign-off.", [gates.ASK])


def _stays(idea: Idea) -> str:
    return f"“{idea.title}” stays in {idea.stage.words}. Nothing was changed."


def _close_open_requests(idea: Idea, *, by: Person, stage: Stage) -> None:
    for request in idea.open_sign_offs:
        withdraw(request, by=by, reason=f"The team moved it to {stage.words}.")


def withdraw(request: SignOff, *, by: Person | None, reason: str) -> None:
    """Close an open request without an answer. The request stays in the history."""
    request.closed_at = clock.now()
    request.withdrawn_by = by
    request.withdrawal_reason = reason
    name = request.asked_organisation.name
    if by:
        events.record(events.Kind.SIGN_OFF_TAKEN_BACK, request.idea, by=by, reason=reason)
    else:
        events.record(events.Kind.SIGN_OFF_CLOSED, request.idea, by=None, organisation=name, reason=reason)


def learn(idea: Idea, text: str, *, by: Person) -> Lesson:
    """Write down what was learned. Raises Invalid when there is nothing to write."""
    text = text.strip()
    if not text:
        raise Invalid("lesson", "Say what you learned, so that the next team starts further on.")
    if len(text) > LESSON_LENGTH:
        raise Invalid("lesson", f"Use {LESSON_LENGTH:,} characters or fewer.")
    lesson = Lesson(text=text, by=by, written_at=clock.now())
    idea.lessons.append(lesson)
    events.record(events.Kind.LESSON_WRITTEN, idea, by=by, text=text)
    return lesson


def times(idea: Idea, stage: Stage) -> int:
    """How many times it has entered this stage."""
    return sum(entry.stage is stage for entry in idea.stage_entries)


def times_of_each(stage: Stage) -> sa.ScalarSelect[int]:
    """The same within a select of ideas, for each of them."""
    entries = sa.select(sa.func.count(StageEntry.id)).where(StageEntry.idea_id == Idea.id, StageEntry.stage == stage)
    return entries.correlate(Idea).scalar_subquery()


def enter(idea: Idea, stage: Stage, *, by: Person | None) -> StageEntry:
    """Enter a stage, with its row, its date and its event. Asks nothing: gates and rights are the caller's."""
    came_from = idea.stage
    entry = StageEntry(
        idea=idea, stage=stage, entered_at=clock.now(), by=by, came_from=came_from, days_there=idea.days_in_stage
    )
    # Added by itself: the entries before it, of which there may be many, need not be read for it.
    db.session.add(entry)
    idea.stage = stage
    idea.stage_since = entry.entered_at
    if stage is Stage.TRYING and not _goes_on(idea, came_from):
        idea.trial_started_on = clock.today()
    # Written with the version below, in one go.
    with db.session.no_autoflush:
        idea.due_on = due_on(idea)
    events.record(events.Kind.STAGE_ENTERED, idea, by=by, came_from=came_from.words, stage=stage.words)
    versions.step_on(idea)
    if stage is Stage.TRYING:
        # Readings are judged from the day on which the trial starts.
        findings.keep(idea)
    db.session.flush()
    return entry


def _goes_on(idea: Idea, came_from: Stage) -> bool:
    """Whether its trial goes on, and no new one starts: it was adopted, or is put back on the day on which it left."""
    if came_from is Stage.ADOPTED:
        return True
    return came_from is not Stage.SIGN_OFF and left_trying_on(idea) == clock.today()


def left_trying_on(idea: Idea) -> dt.date | None:
    """The day on which it last left trying; None when it never has."""
    left = [entry.entered_at for entry in idea.stage_entries if entry.came_from is Stage.TRYING]
    return clock.day(left[-1]) if left else None


def due_on(idea: Idea) -> dt.date | None:
    """The day by which something is owed on it: an open request's or its home's answer, else the end of its trial."""
    request = idea.open_sign_off
    if request:
        return request.due_on
    ask = idea.open_home_ask
    if ask and idea.stage in (Stage.NEW, Stage.PLANNING):
        return ask.due_on
    return idea.trial_ends_on if idea.stage is Stage.TRYING else None
