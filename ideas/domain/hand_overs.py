"""Hand-overs: a request that is overdue, or whose leader is gone, goes to another, or before all leaders there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.access import Action, may
from ideas.db import db
from ideas.models import Absence, Idea, Organisation, SignOff
from ideas.text import dates

from . import deciders, events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ideas.models import Person


def overdue() -> sa.Select[SignOff]:
    """Requests whose due day is over, and that have not been put before others yet."""
    return (
        sa.select(SignOff)
        .where(SignOff.closed_at.is_(None), SignOff.due_on < clock.today(), SignOff.handed_over_at.is_(None))
        .order_by(SignOff.id)
    )


def hand_over_overdue() -> int:
    """Hand over every request that is overdue; one whose idea somebody is changing now waits for the next pass.

    Returns how many.
    """
    handed = 0
    for request in _free(overdue()):
        handed += _waits_too_long(request)
        hand_over(request)
    return handed


def _free(found: sa.Select[SignOff]) -> Iterator[SignOff]:
    """Of these requests those whose idea nobody holds: locked, and then read afresh, one after the other.

    Not `versions.hold_free`: that locks ideas, and what it reads of a request may be from before the lock.
    """
    for request in db.session.scalars(found).unique().all():
        free = sa.select(Idea.id).where(Idea.id == request.idea_id).with_for_update(skip_locked=True)
        if db.session.scalar(free) is not None:
            db.session.refresh(request)
            yield request


def hand_over(request: SignOff) -> SignOff:
    """Put an overdue request before the leader's deputy, or before all leaders there. Once; again changes nothing."""
    if not _waits_too_long(request):
        return request
    request.handed_over_at = clock.now()
    due = dates.full(request.due_on)
    deputy = _deputy(request)
    stand_ins = deciders.stand_ins(request)
    if not deputy and stand_ins:
        _let_partner(request, stand_ins[0])
    elif deputy:
        request.leader = deputy
        events.record(events.Kind.SIGN_OFF_HANDED_OVER, request.idea, by=None, due=due, leader=deputy.short_name)
    else:
        events.record(
            events.Kind.SIGN_OFF_OVERDUE, request.idea, by=None, due=due, organisation=request.organisation.name
        )
    db.session.flush()
    return request


def leave(request: SignOff, heir: Person | None) -> SignOff:
    """Its leader leads there no more: put it before the heir, or, where they may not decide it, before all leaders.

    The due day stays. A leader who is gone is not asked any more, so that the desks of the others show it at once.
    """
    leader, where = request.leader.short_name, request.organisation.name
    if heir and may(heir, Action.TAKE_OVER, request):
        request.leader = heir
        now = f"{heir.short_name} is asked now"
    else:
        now = "Every other leader there can take it over"
    events.record(events.Kind.SIGN_OFF_LEFT, request.idea, by=None, leader=leader, organisation=where, now=now)
    db.session.flush()
    return request


def let_partners_answer() -> int:
    """Put before a partner's leader every request that nobody of the organisation itself may answer any more.

    Returns how many.
    """
    with_partner = sa.select(Organisation.id).where(Organisation.partner_id.is_not(None))
    waiting = (
        sa.select(SignOff)
        .where(SignOff.closed_at.is_(None), SignOff.organisation_id.in_(with_partner))
        .order_by(SignOff.id)
    )
    return sum(_has_nobody(request) for request in _free(waiting))


def _has_nobody(request: SignOff) -> bool:
    if not request.is_open or may(request.leader, Action.DECIDE, request):
        return False
    stand_ins = deciders.stand_ins(request)
    if stand_ins:
        _let_partner(request, stand_ins[0])
    return bool(stand_ins)


def _let_partner(request: SignOff, leader: Person) -> None:
    request.organisation = deciders.seat_of(request, leader)
    request.leader = leader
    events.record(
        events.Kind.SIGN_OFF_STOOD_IN,
        request.idea,
        by=None,
        leader=leader.short_name,
        partner=request.organisation.name,
        organisation=request.asked_organisation.name,
    )
    db.session.flush()


def _waits_too_long(request: SignOff) -> bool:
    return request.is_overdue and request.handed_over_at is None


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
