"""Answers: what each outcome must say, and what follows from it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ideas import clock
from ideas.models import Gate, Lesson, Outcome, Stage
from ideas.text import dates

from . import events, gates, moves
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from ideas.models import Check, Decision, Idea, Person, SignOff

#: Every approval to try ends on a date, and not years ahead.
LONGEST_TRIAL = dt.timedelta(days=366)


def opens_trial(request: SignOff, outcome: Outcome) -> bool:
    """Whether this answer starts a trial."""
    return outcome is Outcome.APPROVE and request.gate is Gate.TRY


def conditions(request: SignOff, outcome: Outcome, ids: set[int]) -> list[Check]:
    """The open checks that this answer makes conditions while the trial runs.

    Raises Invalid (a check of another idea) or Refused (one is open and not made a condition).
    """
    if not opens_trial(request, outcome):
        return []
    idea = request.idea
    if not ids <= {check.id for check in idea.checks}:
        raise Invalid("checks", "Choose checks of this idea.")
    left = {f"check-{check.id}" for check in still_open(idea) if check.id not in ids}
    if left:
        missing = [r for r in gates.checks(idea) if r.anchor in left]
        raise Refused("A check is still open. Make it a condition, or say not yet.", missing)
    return [check for check in still_open(idea) if check.id in ids]


def still_open(idea: Idea) -> list[Check]:
    """The checks that a yes must settle: an earlier yes made some of them conditions, but that was that yes."""
    return [check for check in idea.checks_called_for if not check.is_settled]


def can_end_on(day: dt.date) -> bool:
    """Whether a trial may end on that day: after today, and within a year."""
    return clock.today() < day <= clock.today() + LONGEST_TRIAL


def end_date(request: SignOff, outcome: Outcome, ends_on: dt.date | None) -> dt.date | None:
    """The day on which it ends, where the answer starts a trial or lets one go on. Raises Invalid."""
    goes_on = request.gate is Gate.ADOPT and outcome is Outcome.NOT_YET
    if not (opens_trial(request, outcome) or goes_on):
        return None
    if ends_on is None or ends_on <= clock.today():
        raise Invalid("ends_on", "Say on which day it ends. It must be after today.")
    if not can_end_on(ends_on):
        raise Invalid("ends_on", "Choose a day within a year from now.")
    return ends_on


def would_change(outcome: Outcome, words: str) -> str:
    """What would make it a yes, or change a no. Raises Invalid when a "not yet" does not say."""
    if outcome is Outcome.NOT_YET and not words:
        raise Invalid("would_change", "Say what would make it a yes, one thing a line.")
    return "" if outcome is Outcome.APPROVE else words


def reason(outcome: Outcome, words: str) -> str:
    """Why it is a no. Raises Invalid when a "no" does not say."""
    if outcome is Outcome.NO and not words:
        raise Invalid("reason", "Say why, so that nobody has to guess.")
    return words if outcome is Outcome.NO else ""


def smaller_yes(request: SignOff, outcome: Outcome, words: str) -> str:
    """The smaller thing that may be tried after a no to trying it."""
    return words if outcome is Outcome.NO and request.gate is Gate.TRY else ""


def follow(request: SignOff, decision: Decision, *, by: Person) -> None:
    """Do what the answer says: the card moves, or stays with a new end date, and the history tells it."""
    {Outcome.APPROVE: _approved, Outcome.NOT_YET: _not_yet, Outcome.NO: _refused}[decision.outcome](
        request, decision, by
    )


def _approved(request: SignOff, decision: Decision, by: Person) -> None:
    idea = request.idea
    until = f", until {dates.full(decision.ends_on)}" if decision.ends_on else ""
    events.record(events.Kind.SIGN_OFF_APPROVED, idea, by=by, until=until)
    if request.gate is Gate.TRY:
        idea.trial_started_on = clock.today()
        idea.trial_ends_on = decision.ends_on
    moves.enter(idea, request.gate.opens, by=by)


def _not_yet(request: SignOff, decision: Decision, by: Person) -> None:
    idea = request.idea
    events.record(events.Kind.SIGN_OFF_NOT_YET, idea, by=by, would_change=decision.would_change)
    if request.gate is Gate.TRY:
        moves.enter(idea, Stage.PLANNING, by=by)
    else:
        idea.trial_ends_on = decision.ends_on


def _refused(request: SignOff, decision: Decision, by: Person) -> None:
    idea = request.idea
    events.record(events.Kind.SIGN_OFF_REFUSED, idea, by=by, reason=decision.reason)
    if decision.smaller_yes:
        idea.plan.smallest_test = decision.smaller_yes
        events.record(events.Kind.PLAN_REVISED, idea, by=by, what="smallest test")
        moves.enter(idea, Stage.PLANNING, by=by)
    else:
        idea.lessons.append(_lesson(decision, by))
        moves.enter(idea, Stage.STOPPED, by=by)


def _lesson(decision: Decision, by: Person) -> Lesson:
    """After a no, its reason and what would change it are the first lesson; the team's own comes after."""
    parts = [decision.reason]
    if decision.would_change:
        parts.append(f"What would change it: {decision.would_change}")
    return Lesson(text="\n\n".join(parts), by=by, decision=decision, written_at=decision.decided_at)
