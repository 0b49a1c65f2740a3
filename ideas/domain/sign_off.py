"""Sign-off: asking a named leader, and that leader's answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand, may
from ideas.access.rules import sponsor_may_decide, sponsors_it
from ideas.db import db
from ideas.models import Decision, Gate, Outcome, SignOff, Stage
from ideas.text import dates

from . import answers, asking, backings, cases, deciders, events, moves, rounds, versions
from .errors import Invalid, Refused, Stale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ideas.models import Idea, Organisation, Person

    from .backings import Backing


def ask(idea: Idea, leader: Person, *, by: Person, organisation: Organisation | None = None) -> SignOff:
    """Ask a named leader of its home, or of another organisation that has to agree, beside the request to its home.

    From planning, this moves the card to sign-off. The answer is due in the working days of the organisation that
    is asked, whose partner answers where nobody there may. Raises Denied, Invalid (that leader may not decide it)
    or Refused (asked already, not in this stage, nobody there may decide it, or what is missing).
    """
    versions.hold(idea)
    demand(by, Action.ASK_SIGN_OFF, idea)
    asked = organisation or idea.home_organisation
    asking.refuse_unless_ready(idea, asked)
    if asked is None or leader not in deciders.could_decide(idea, asked):
        raise Invalid("leader", f"{leader.short_name} may not decide this idea. Choose another leader.")
    first = idea.open_sign_off
    gate = asking.gate_of(idea)
    request = SignOff(
        organisation=deciders.answering(idea, asked),
        asked_organisation=asked,
        beside_id=first.round_id if first else None,
        gate=gate,
        leader=leader,
        asked_by=by,
        asked_at=clock.now(),
        due_on=asking.due_if_asked_now(idea, asked),
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
    if gate is Gate.TRY and idea.stage is not Stage.SIGN_OFF:
        moves.enter(idea, Stage.SIGN_OFF, by=by)
    else:
        idea.due_on = moves.due_on(idea)
        db.session.flush()
    return request


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
    if leader not in deciders.could_take(request):
        raise Invalid("leader", f"{leader.short_name} may not decide this idea. Choose another leader.")
    request.organisation = deciders.seat_of(request, leader)
    request.leader = leader
    who = f"{leader.short_name} of {request.organisation.name}" if request.is_stood_in_for else leader.short_name
    events.record(events.Kind.SIGN_OFF_SENT_ON, request.idea, by=by, leader=who, reason=reason)
    db.session.flush()
    return request


def take_back(request: SignOff, *, by: Person, reason: str) -> SignOff:
    """Take a request back, and those beside it: all had to agree, so none may be left out without a word.

    To try: the idea goes back to planning. To adopt: it goes on being tried. Raises Denied, Invalid or Refused.
    """
    _hold_open(request)
    demand(by, Action.TAKE_BACK, request)
    if not reason:
        raise Invalid("reason", "Say in a word why it is taken back.")
    idea = request.idea
    for each in [request, *(other for other in rounds.beside(request) if other.is_open)]:
        moves.withdraw(each, by=by, reason=reason)
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
    backing: Backing | None = None,
) -> Decision:
    """Answer a request: once, by the leader it is before, about the case as it stands (`version` names it).

    `checks` are the ids of open checks that this approval makes conditions while the trial runs. `backing` is what
    the leader pledges in the same act, where sponsor and decider may be the same.
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
        answers.refuse_unless_the_others_stand(request)
        backings.in_one_act(request, backing, by=by)
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
        decided_by_sponsor=sponsors_it(by, idea),
        sponsor_may_decide=sponsor_may_decide(request),
    )
    request.decision = decision
    request.closed_at = decision.decided_at
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
        if request.withdrawn_by is None:
            raise Refused(f"{request.withdrawal_reason} So there is nothing left to answer here.")
        raise Refused("This request was taken back. There is nothing left to answer.")


def _refuse_while_missing(request: SignOff) -> None:
    """The gates hold at the answer too: what was there when it was asked may be gone."""
    missing = [requirement for requirement in asking.needs_before_asking(request.idea) if not requirement.is_met]
    if missing:
        raise Refused("It cannot be a yes today: this was there when you were asked, and is missing now.", missing)
