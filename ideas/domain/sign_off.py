"""Sign-off: asking a named leader, and that leader's answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.access import Action, demand, may
from ideas.db import db
from ideas.models import Absence, Decision, Gate, Lesson, Membership, Outcome, Person, Role, SignOff, Stage
from ideas.text import dates

from . import cases, events, gates, moves, versions
from .errors import Invalid, Refused, Stale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ideas.models import Check, Idea

#: A trial runs eight weeks unless somebody says otherwise.
USUAL_TRIAL = dt.timedelta(weeks=8)
#: Every approval to try ends on a date, and not years ahead.
LONGEST_TRIAL = dt.timedelta(days=366)


def could_decide(idea: Idea) -> list[Person]:
    """The leaders of its home who may answer, by name: not of its team, no sponsor of it, of no supplier."""
    if idea.home_organisation_id is None:
        return []
    leads_there = sa.and_(
        Membership.organisation_id == idea.home_organisation_id,
        Membership.role == Role.LEADER,
        Membership.ended_at.is_(None),
    )
    leaders = db.session.scalars(sa.select(Person).where(Person.memberships.any(leads_there)).order_by(Person.name))
    return [leader for leader in leaders if may(leader, Action.TAKE_OVER, idea)]


def gate_of(idea: Idea) -> Gate:
    """The gate that an ask made now would be about."""
    return Gate.ADOPT if idea.stage is Stage.TRYING else Gate.TRY


def needs_before_asking(idea: Idea) -> list[gates.Requirement]:
    """What must be there before a leader is asked, met or not."""
    return gates.evidence(idea) if gate_of(idea) is Gate.ADOPT else gates.requirements(idea, Stage.SIGN_OFF)


def ask(idea: Idea, leader: Person, *, by: Person) -> SignOff:
    """Ask a named leader of the home organisation. From planning, this moves the card to sign-off.

    The answer is due in the organisation's working days. Raises Denied, Invalid (that leader may not decide
    it) or Refused (asked already, not in this stage, nobody there may decide it, or what is missing).
    """
    versions.hold(idea, by=by)
    demand(by, Action.ASK_SIGN_OFF, idea)
    if idea.open_sign_off:
        raise Refused(f"{idea.open_sign_off.leader.short_name} has been asked already. One answer at a time.")
    if idea.stage not in (Stage.PLANNING, Stage.TRYING) or idea.is_draft:
        raise Refused(f"It is in {idea.stage.words}. A leader is asked from Planning, or when it has been tried.")
    missing = [requirement for requirement in needs_before_asking(idea) if not requirement.is_met]
    if missing:
        raise Refused("Not asked yet. This is missing:", missing)
    organisation = idea.home_organisation
    able = could_decide(idea)
    if organisation is None or not able:
        raise Refused("No leader of its home may decide this idea, so nobody can be asked yet.")
    if leader not in able:
        raise Invalid("leader", f"{leader.short_name} may not decide this idea. Choose another leader.")
    gate = gate_of(idea)
    request = SignOff(
        organisation=organisation,
        gate=gate,
        leader=leader,
        asked_by=by,
        asked_at=clock.now(),
        due_on=clock.working_days_after(clock.today(), organisation.sign_off_days, organisation.nation),
        case=cases.keep(idea, gate),
    )
    idea.sign_offs.append(request)
    events.record(
        events.Kind.SIGN_OFF_ASKED,
        idea,
        by=by,
        leader=leader.short_name,
        organisation=organisation.name,
        question=gate.question,
        due=dates.full(request.due_on),
    )
    if gate is Gate.TRY:
        moves.enter(idea, Stage.SIGN_OFF, by=by)
    idea.due_on = moves.due_on(idea)
    db.session.flush()
    return request


def take_over(request: SignOff, *, by: Person) -> SignOff:
    """Become the named leader of a request that is before somebody else. The due date stays. Raises Denied, Refused."""
    _hold_open(request, by=by)
    demand(by, Action.TAKE_OVER, request)
    if request.leader_id != by.id:
        events.record(events.Kind.SIGN_OFF_TAKEN_OVER, request.idea, by=by, leader=request.leader.short_name)
        request.leader = by
        db.session.flush()
    return request


def send_on(request: SignOff, leader: Person, *, by: Person, reason: str) -> SignOff:
    """Send a request on to another leader who may decide it. The due date stays. Raises Denied, Invalid, Refused."""
    _hold_open(request, by=by)
    demand(by, Action.SEND_ON, request)
    if not reason:
        raise Invalid("reason", "Say in a word why it goes to somebody else.")
    if leader.id == request.leader_id:
        raise Invalid("leader", f"It is before {leader.short_name} already. Choose another leader.")
    if not may(leader, Action.TAKE_OVER, request):
        raise Invalid("leader", f"{leader.short_name} may not decide this idea. Choose another leader.")
    request.leader = leader
    events.record(events.Kind.SIGN_OFF_SENT_ON, request.idea, by=by, leader=leader.short_name, reason=reason)
    db.session.flush()
    return request


def take_back(request: SignOff, *, by: Person, reason: str) -> SignOff:
    """Take a request back. To try: the idea goes back to planning. To adopt: it goes on being tried.

    Raises Denied, Invalid or Refused.
    """
    _hold_open(request, by=by)
    demand(by, Action.TAKE_BACK, request)
    if not reason:
        raise Invalid("reason", "Say in a word why it is taken back.")
    idea = request.idea
    moves.withdraw(request, by=by, reason=reason)
    if request.gate is Gate.TRY:
        moves.enter(idea, Stage.PLANNING, by=by)
    idea.due_on = moves.due_on(idea)
    db.session.flush()
    return request


def decide(
    request: SignOff,
    outcome: Outcome,
    *,
    by: Person,
    version: str,
    has_no_interest: bool,
    ends_on: dt.date | None = None,
    condition_while: str = "",
    checks: Iterable[int] = (),
    would_change: str = "",
    reason: str = "",
    smaller_yes: str = "",
) -> Decision:
    """Answer a request: once, by the leader it is before, about the case as it stands (`version` names it).

    `checks` are the ids of open checks that this approval makes conditions while the trial runs.
    Raises Denied, Stale (the case changed since it was read), Invalid, or Refused (answered already, or a
    check is open and not made a condition).
    """
    _hold_open(request, by=by)
    demand(by, Action.DECIDE, request)
    idea = request.idea
    if cases.version(idea, request.gate) != version:
        raise Stale("What you were asked about has changed since you opened it. Read what changed, then answer.")
    if not has_no_interest:
        raise Invalid("no_interest", "Say that it is not yours and that you have no interest, or send it on.")
    made = _made_conditions(idea, set(checks)) if _opens_trial(request, outcome) else []
    decision = Decision(
        outcome=outcome,
        decided_by=by,
        decided_at=clock.now(),
        case=cases.keep(idea, request.gate),
        ends_on=_end_date(request, outcome, ends_on),
        condition_while=condition_while if _opens_trial(request, outcome) else "",
        would_change=_would_change(outcome, would_change),
        reason=_reason(outcome, reason),
        smaller_yes=smaller_yes if outcome is Outcome.NO and request.gate is Gate.TRY else "",
        has_no_interest=True,
        gate=request.gate,
        author_id=idea.author_id,
        owner_id=idea.owner_id,
        asked_leader_id=request.leader_id,
        sector=request.organisation.sector,
    )
    request.decision = decision
    request.closed_at = decision.decided_at
    db.session.flush()
    for check in made:
        check.condition_of = decision
    _ANSWERS[outcome](request, decision, by)
    idea.due_on = moves.due_on(idea)
    db.session.flush()
    return decision


def _hold_open(request: SignOff, *, by: Person) -> None:
    versions.hold(request.idea, by=by)
    db.session.refresh(request)
    if not request.is_open:
        if request.decision:
            who, day = request.decision.decided_by.short_name, dates.full(clock.day(request.decision.decided_at))
            raise Refused(f"{who} answered this on {day}: {request.decision.outcome.words.lower()}. That stands.")
        raise Refused("This request was taken back. There is nothing left to answer.")


def _opens_trial(request: SignOff, outcome: Outcome) -> bool:
    return outcome is Outcome.APPROVE and request.gate is Gate.TRY


def _made_conditions(idea: Idea, ids: set[int]) -> list[Check]:
    in_the_way = [check for check in idea.checks if check.is_in_the_way]
    left = {f"check-{check.id}" for check in in_the_way if check.id not in ids}
    if left:
        missing = [r for r in gates.requirements(idea, Stage.TRYING) if r.anchor in left]
        raise Refused("A check is still open. Make it a condition, or say not yet.", missing)
    return [check for check in in_the_way if check.id in ids]


def _end_date(request: SignOff, outcome: Outcome, ends_on: dt.date | None) -> dt.date | None:
    keeps_trying = request.gate is Gate.ADOPT and outcome is Outcome.NOT_YET
    if not (_opens_trial(request, outcome) or keeps_trying):
        return None
    today = clock.today()
    if ends_on is None or ends_on <= today:
        raise Invalid("ends_on", "Say on which day it ends. It must be after today.")
    if ends_on > today + LONGEST_TRIAL:
        raise Invalid("ends_on", "Choose a day within a year from now.")
    return ends_on


def _would_change(outcome: Outcome, would_change: str) -> str:
    if outcome is Outcome.NOT_YET and not would_change:
        raise Invalid("would_change", "Say what would make it a yes, one thing a line.")
    return "" if outcome is Outcome.APPROVE else would_change


def _reason(outcome: Outcome, reason: str) -> str:
    if outcome is Outcome.NO and not reason:
        raise Invalid("reason", "Say why, so that nobody has to guess.")
    return reason


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
        moves.enter(idea, Stage.PLANNING, by=by)
        return
    parts = [decision.reason]
    if decision.would_change:
        parts.append(f"What would change it: {decision.would_change}")
    idea.lessons.append(
        Lesson(text="\n\n".join(parts), by=by, decision=decision, written_at=decision.decided_at)
    )
    moves.enter(idea, Stage.STOPPED, by=by)


_ANSWERS = {Outcome.APPROVE: _approved, Outcome.NOT_YET: _not_yet, Outcome.NO: _refused}


def overdue() -> sa.Select[tuple[SignOff]]:
    """Requests whose due day is over, and that have not been put before others yet."""
    return (
        sa.select(SignOff)
        .where(SignOff.closed_at.is_(None), SignOff.due_on < clock.today(), SignOff.handed_over_at.is_(None))
        .order_by(SignOff.id)
    )


def hand_over(request: SignOff) -> SignOff:
    """Put an overdue request before the leader's deputy, or before all leaders there. Once; again changes nothing."""
    if request.handed_over_at is not None or not request.is_overdue:
        return request
    request.handed_over_at = clock.now()
    due = dates.full(request.due_on)
    deputy = _deputy(request)
    if deputy:
        request.leader = deputy
        events.record(
            events.Kind.SIGN_OFF_HANDED_OVER, request.idea, by=None, due=due, leader=deputy.short_name
        )
    else:
        events.record(
            events.Kind.SIGN_OFF_OVERDUE, request.idea, by=None, due=due, organisation=request.organisation.name
        )
    db.session.flush()
    return request


def _deputy(request: SignOff) -> Person | None:
    today = clock.today()
    absence = db.session.scalars(
        sa.select(Absence)
        .where(Absence.person_id == request.leader_id, Absence.since <= today, Absence.until >= today)
        .order_by(Absence.id.desc())
    ).first()
    if absence and may(absence.deputy, Action.TAKE_OVER, request):
        return absence.deputy
    return None
