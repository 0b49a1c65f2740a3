"""Sign-off: asking a named leader, and that leader's answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand, may
from ideas.db import db
from ideas.models import Decision, Gate, Outcome, SignOff, Stage
from ideas.text import dates

from . import answers, cases, events, gates, moves, people, versions
from .errors import Invalid, Refused, Stale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ideas.models import Idea, Person

#: A trial runs eight weeks unless somebody says otherwise.
USUAL_TRIAL = dt.timedelta(weeks=8)


def could_decide(idea: Idea) -> list[Person]:
    """The leaders of its home who may answer, by name: not of its team, no sponsor of it, of no supplier."""
    if idea.home_organisation_id is None:
        return []
    leaders = people.leaders(idea.home_organisation_id)
    return [leader for leader in leaders if may(leader, Action.TAKE_OVER, idea)]


def gate_of(idea: Idea) -> Gate:
    """The gate that an ask made now would be about."""
    return Gate.ADOPT if idea.stage is Stage.TRYING else Gate.TRY


def can_be_asked_about(idea: Idea) -> bool:
    """Whether a leader is asked about an idea in its stage: from planning, or when it has been tried."""
    return idea.stage in (Stage.PLANNING, Stage.TRYING) and not idea.is_draft


def needs_before_asking(idea: Idea) -> list[gates.Requirement]:
    """What must be there before a leader is asked, met or not."""
    return gates.evidence(idea) if gate_of(idea) is Gate.ADOPT else gates.requirements(idea, Stage.SIGN_OFF)


def due_if_asked_now(idea: Idea) -> dt.date:
    """The day by which its home would answer: in that organisation's working days, from the next one on."""
    home = idea.home_organisation
    if home is None:
        raise Refused("It looks for a host, so nobody can be asked yet.")
    return clock.working_days_after(clock.today(), home.sign_off_days, home.nation)


def usual_end(idea: Idea) -> dt.date:
    """The day on which a trial asked for now would end: as the plan says, or eight weeks after it starts."""
    today = clock.today()
    if idea.plan.ends_on and idea.stage is not Stage.TRYING and answers.can_end_on(idea.plan.ends_on):
        return idea.plan.ends_on
    starts_on = idea.plan.starts_on if idea.stage is not Stage.TRYING else None
    return max(today, starts_on or today) + USUAL_TRIAL


def refuse_unless_ready(idea: Idea) -> None:
    """Go on only when a leader can be asked.

    Raises Refused: asked already, not in this stage, something is missing, or nobody there may decide it.
    """
    if idea.open_sign_off:
        raise Refused(f"{idea.open_sign_off.leader.short_name} has been asked already. One answer at a time.")
    if not can_be_asked_about(idea):
        raise Refused(f"It is in {idea.stage.words}. A leader is asked from Planning, or when it has been tried.")
    missing = [requirement for requirement in needs_before_asking(idea) if not requirement.is_met]
    if missing:
        raise Refused("Not asked yet. This is missing:", missing)
    if not could_decide(idea):
        raise Refused("No leader of its home may decide this idea, so nobody can be asked yet.")


def ask(idea: Idea, leader: Person, *, by: Person) -> SignOff:
    """Ask a named leader of the home organisation. From planning, this moves the card to sign-off.

    The answer is due in the organisation's working days. Raises Denied, Invalid (that leader may not decide
    it) or Refused (asked already, not in this stage, nobody there may decide it, or what is missing).
    """
    versions.hold(idea)
    demand(by, Action.ASK_SIGN_OFF, idea)
    refuse_unless_ready(idea)
    if not may(leader, Action.TAKE_OVER, idea):
        raise Invalid("leader", f"{leader.short_name} may not decide this idea. Choose another leader.")
    gate = gate_of(idea)
    request = SignOff(
        organisation=idea.home_organisation,
        gate=gate,
        leader=leader,
        asked_by=by,
        asked_at=clock.now(),
        due_on=due_if_asked_now(idea),
        case=cases.keep(idea, gate),
    )
    idea.sign_offs.append(request)
    events.record(
        events.Kind.SIGN_OFF_ASKED,
        idea,
        by=by,
        leader=leader.short_name,
        organisation=request.organisation.name,
        question=gate.question,
        due=dates.full(request.due_on),
    )
    if gate is Gate.TRY:
        moves.enter(idea, Stage.SIGN_OFF, by=by)
    idea.due_on = moves.due_on(idea)
    db.session.flush()
    return request


def could_take(request: SignOff) -> list[Person]:
    """The other leaders there who may answer this request, by name."""
    able = could_decide(request.idea)
    return [leader for leader in able if leader.id != request.leader_id and may(leader, Action.TAKE_OVER, request)]


def leader_may_answer(request: SignOff) -> bool:
    """Whether its named leader may answer it today: not when they left, joined the team or back the idea."""
    return bool(may(request.leader, Action.DECIDE, request))


def take_over(request: SignOff, *, by: Person) -> SignOff:
    """Become the named leader of a request that is before somebody else. The due date stays. Raises Denied, Refused."""
    _hold_open(request)
    demand(by, Action.TAKE_OVER, request)
    if request.leader_id != by.id:
        events.record(events.Kind.SIGN_OFF_TAKEN_OVER, request.idea, by=by, leader=request.leader.short_name)
        request.leader = by
        db.session.flush()
    return request


def send_on(request: SignOff, leader: Person, *, by: Person, reason: str) -> SignOff:
    """Send a request on to another leader who may decide it. The due date stays. Raises Denied, Invalid, Refused."""
    _hold_open(request)
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
    _hold_open(request)
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
    _hold_open(request)
    demand(by, Action.DECIDE, request)
    idea = request.idea
    if cases.version(idea, request.gate) != version:
        raise Stale("What you were asked about has changed since you opened it. Read what changed, then answer.")
    if not has_no_interest:
        raise Invalid("no_interest", "Say that it is not yours and that you have no interest, or send it on.")
    if outcome is Outcome.APPROVE:
        _refuse_while_missing(request)
    made = answers.conditions(request, outcome, set(checks))
    decision = Decision(
        outcome=outcome,
        decided_by=by,
        decided_at=clock.now(),
        case=cases.keep(idea, request.gate),
        ends_on=answers.end_date(request, outcome, ends_on),
        condition_while=condition_while if answers.opens_trial(request, outcome) else "",
        would_change=answers.would_change(outcome, would_change),
        reason=answers.reason(outcome, reason),
        smaller_yes=answers.smaller_yes(request, outcome, smaller_yes),
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
    answers.follow(request, decision, by=by)
    idea.due_on = moves.due_on(idea)
    db.session.flush()
    return decision


def _hold_open(request: SignOff) -> None:
    versions.hold(request.idea)
    refuse_unless_open(request)


def refuse_unless_open(request: SignOff) -> None:
    """Go on only while a request waits for an answer. Raises Refused: who answered what, or that it was taken back."""
    if not request.is_open:
        if request.decision:
            who, day = request.decision.decided_by.short_name, dates.full(clock.day(request.decision.decided_at))
            raise Refused(f"{who} answered this on {day}: {request.decision.outcome.words.lower()}. That stands.")
        raise Refused("This request was taken back. There is nothing left to answer.")


def _refuse_while_missing(request: SignOff) -> None:
    """The gates hold at the answer too: what was there when it was asked may be gone."""
    missing = [requirement for requirement in needs_before_asking(request.idea) if not requirement.is_met]
    if missing:
        raise Refused("It cannot be a yes today: this was there when you were asked, and is missing now.", missing)
