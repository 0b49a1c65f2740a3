"""Answers: what each outcome must say, and what follows from it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ideas import clock
from ideas.models import Gate, Lesson, Outcome, Stage
from ideas.text import dates

from . import cases, events, gates, moves, rounds
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from ideas.models import Check, Decision, Person, SignOff

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
    waits = still_open(request)
    left = {f"check-{check.id}" for check in waits if check.id not in ids}
    if left:
        missing = [r for r in gates.checks(idea) if r.anchor in left]
        raise Refused("A check is still open. Make it a condition, or say not yet.", missing)
    return [check for check in waits if check.id in ids]


def still_open(request: SignOff) -> list[Check]:
    """The checks that a yes must settle. What a yes beside it made a condition is one; an earlier yes was that yes."""
    return gates.unsettled(request.idea, rounds.yeses(rounds.of(request)))


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
    return words if outcome in rounds.ENDS_IT else ""


def reason(outcome: Outcome, words: str) -> str:
    """Why it is a no, or not theirs. Raises Invalid when a "no" does not say."""
    if outcome is Outcome.NO and not words:
        raise Invalid("reason", "Say why, so that nobody has to guess.")
    return words if outcome in (Outcome.NO, Outcome.NOT_OURS) else ""


def smaller_yes(request: SignOff, outcome: Outcome, words: str) -> str:
    """The smaller thing that may be tried after a no to trying it."""
    return words if outcome is Outcome.NO and request.gate is Gate.TRY else ""


def refuse_unless_the_others_stand(request: SignOff) -> None:
    """Go on only while what others beside it said yes to is what it is now. Raises Refused, with whose yes fell."""
    for yes in rounds.yeses(rounds.beside(request)):
        if not _stands(request, yes):
            raise Refused(
                f"{yes.decided_by.short_name} of {yes.sign_off.asked_organisation.name} said yes to something else, "
                "or their yes is over. Say not yet, or let the team take it back and ask all again."
            )


def _stands(request: SignOff, yes: Decision) -> bool:
    if request.gate is Gate.ADOPT:
        return cases.version(request.idea, request.gate) == yes.case.version
    is_over = yes.ends_on is None or yes.ends_on <= clock.today()
    return not is_over and cases.is_what_was_approved(request.idea, yes.case)


def follow(request: SignOff, decision: Decision, *, by: Person) -> None:
    """Do what the answer says: the card moves, waits for the others, or stays; and the history tells it."""
    if decision.outcome in rounds.ENDS_IT:
        _close_the_others(request, decision)
    {
        Outcome.APPROVE: _approved,
        Outcome.NOT_YET: _not_yet,
        Outcome.NO: _refused,
        Outcome.NOT_OURS: _not_ours,
    }[decision.outcome](request, decision, by)


def _close_the_others(request: SignOff, decision: Decision) -> None:
    """The first no or not yet is the answer: nobody else needs to give theirs."""
    who = f"{decision.decided_by.short_name} of {request.organisation.name}"
    for other in rounds.beside(request):
        if other.is_open:
            moves.withdraw(other, by=None, reason=f"{who} said {decision.outcome.words.lower()}.")


def _approved(request: SignOff, decision: Decision, by: Person) -> None:
    whose = f", for {request.asked_organisation.name}" if rounds.beside(request) or request.is_stood_in_for else ""
    until = f", until {dates.full(decision.ends_on)}" if decision.ends_on else ""
    same = ". Sponsor and decider are the same" if decision.decided_by_sponsor else ""
    events.record(events.Kind.SIGN_OFF_APPROVED, request.idea, by=by, until=f"{whose}{until}{same}")
    _come_to_an_end(request, by)


def _not_ours(request: SignOff, decision: Decision, by: Person) -> None:
    reason = f": {decision.reason}" if decision.reason else ""
    name = request.asked_organisation.name
    events.record(events.Kind.SIGN_OFF_NOT_OURS, request.idea, by=by, organisation=name, reason=reason)
    _come_to_an_end(request, by)


def _come_to_an_end(request: SignOff, by: Person) -> None:
    """Once nobody else is waited for: through the gate when all agreed, else back to planning."""
    idea, round_ = request.idea, rounds.of(request)
    if any(each.is_open for each in round_):
        return
    agreed = rounds.yeses(round_) if rounds.is_agreed(round_) else []
    if agreed and all(_stands(request, yes) for yes in agreed):
        if request.gate is Gate.TRY:
            idea.trial_ends_on = min(yes.ends_on for yes in agreed if yes.ends_on)
        moves.enter(idea, request.gate.opens, by=by)
    elif request.gate is Gate.TRY:
        moves.enter(idea, Stage.PLANNING, by=by)


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
