"""The desk: what waits for me, what is mine, and what moved since I last looked."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ideas import clock
from ideas.access import Action, may, visible
from ideas.db import db
from ideas.models import (
    Audience,
    Check,
    CheckState,
    Event,
    Idea,
    SignOff,
    Sponsorship,
    Step,
    TeamMember,
)

from . import board, search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.models import Person

#: How far ahead a step is shown.
_AHEAD = dt.timedelta(days=7)
#: How many moves are shown; the rest is in each idea's history.
_MOVED = 15
#: What moved for somebody who never said "seen".
_FIRST_LOOK = dt.timedelta(days=14)


@dataclasses.dataclass(frozen=True)
class Desk:
    """One person's desk. Each list is in the order in which to do it."""

    #: requests before me, the first due first
    answers: Sequence[SignOff]
    #: overdue requests, or those whose leader is gone, that I may take over
    to_take_over: Sequence[SignOff]
    sponsorships: Sequence[Sponsorship]
    places: Sequence[TeamMember]
    #: my steps that are late or due within a week
    steps: Sequence[Step]
    #: checks that I was asked about
    checks: Sequence[Check]
    #: late steps and waits of ideas in whose team I am
    mine: Sequence[Idea]
    moved: Sequence[Event]

    @property
    def waiting(self) -> int:
        """How many things wait for an answer or an act of mine."""
        lists = (self.answers, self.to_take_over, self.sponsorships, self.places, self.steps, self.checks)
        return sum(len(things) for things in lists)

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum(r.is_overdue for r in (*self.answers, *self.to_take_over)) + sum(s.is_late for s in self.steps)


def of(person: Person) -> Desk:
    """This person's desk, now."""
    return Desk(
        answers=_answers(person),
        to_take_over=_to_take_over(person),
        sponsorships=_sponsorships(person),
        places=_places(person),
        steps=_steps(person),
        checks=_checks(person),
        mine=_mine(person),
        moved=_moved(person),
    )


def _requests(person: Person) -> sa.Select[tuple[SignOff]]:
    return (
        visible(SignOff, person)
        .where(SignOff.closed_at.is_(None))
        .options(
            joinedload(SignOff.idea).selectinload(Idea.team_members),
            joinedload(SignOff.idea).selectinload(Idea.sponsorships),
            joinedload(SignOff.idea).selectinload(Idea.plan),
        )
        .order_by(SignOff.due_on, SignOff.id)
    )


def _answers(person: Person) -> Sequence[SignOff]:
    mine = db.session.scalars(_requests(person).where(SignOff.leader_id == person.id)).unique()
    return [request for request in mine if may(person, Action.DECIDE, request)]


def _to_take_over(person: Person) -> Sequence[SignOff]:
    led = [organisation.id for organisation in person.organisations if person.leads(organisation.id)]
    others = _requests(person).where(SignOff.organisation_id.in_(led), SignOff.leader_id != person.id)
    return [
        request
        for request in db.session.scalars(others).unique()
        if (request.is_overdue or not request.leader.leads(request.organisation_id))
        and may(person, Action.TAKE_OVER, request)
    ]


def _sponsorships(person: Person) -> Sequence[Sponsorship]:
    return db.session.scalars(
        visible(Sponsorship, person)
        .where(Sponsorship.person_id == person.id, Sponsorship.accepted.is_(None))
        .options(joinedload(Sponsorship.idea), joinedload(Sponsorship.asked_by))
        .order_by(Sponsorship.asked_at)
    ).all()


def _places(person: Person) -> Sequence[TeamMember]:
    return db.session.scalars(
        visible(TeamMember, person)
        .where(
            TeamMember.person_id == person.id, TeamMember.accepted.is_(None), TeamMember.ended_at.is_(None)
        )
        .options(joinedload(TeamMember.idea), joinedload(TeamMember.asked_by))
        .order_by(TeamMember.asked_at)
    ).all()


def _steps(person: Person) -> Sequence[Step]:
    return db.session.scalars(
        visible(Step, person)
        .where(Step.owner_id == person.id, Step.done_at.is_(None), Step.due_on <= clock.today() + _AHEAD)
        .options(joinedload(Step.idea))
        .order_by(Step.due_on)
    ).all()


def _checks(person: Person) -> Sequence[Check]:
    return db.session.scalars(
        visible(Check, person)
        .where(
            Check.asked_person_id == person.id,
            Check.is_called_for,
            Check.state.in_((CheckState.OPEN, CheckState.TALKING)),
        )
        .options(joinedload(Check.idea))
        .order_by(Check.due_on, Check.id)
    ).all()


def _mine(person: Person) -> Sequence[Idea]:
    mine = search.matching(person, search.Filter(mine=True))
    mine = mine.where(
        sa.or_(
            Idea.author_id == person.id,
            Idea.owner_id == person.id,
            Idea.team_members.any(
                sa.and_(
                    TeamMember.person_id == person.id,
                    TeamMember.accepted.is_(True),
                    TeamMember.ended_at.is_(None),
                )
            ),
        )
    )
    return (
        db.session.scalars(mine.order_by(Idea.stage_since.desc()).options(*board.for_cards()).limit(20))
        .unique()
        .all()
    )


def _moved(person: Person) -> Sequence[Event]:
    since = person.seen_at or clock.now() - _FIRST_LOOK
    followed = search.matching(person, search.Filter(mine=True)).with_only_columns(Idea.id).order_by(None)
    return db.session.scalars(
        visible(Event, person)
        .where(
            Event.idea_id.in_(followed),
            Event.happened_at > since,
            sa.or_(Event.by_id.is_(None), Event.by_id != person.id),
            Idea.audience != Audience.DRAFT,
        )
        .options(joinedload(Event.idea), selectinload(Event.by))
        .order_by(Event.id.desc())
        .limit(_MOVED)
    ).all()


def say_seen(person: Person) -> None:
    """Say that all that moved has been seen."""
    person.seen_at = clock.now()
    db.session.flush()
