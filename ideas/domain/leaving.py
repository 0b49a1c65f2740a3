"""Leaving: ending what somebody is in an organisation, and what becomes of what they held there."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload

from ideas.access import Action, demand, visible
from ideas.db import db
from ideas.models import (
    Audience,
    Check,
    CheckState,
    Idea,
    Membership,
    Organisation,
    Person,
    Place,
    Role,
    SignOff,
    Sponsorship,
    Stage,
    Step,
    TeamMember,
)

from . import audit, checks, hand_overs, people, sessions, sponsors, steps, teams, versions
from .errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclasses.dataclass(frozen=True)
class Held:
    """What somebody would leave, as far as the reader may see it. What is a draft stays between those who write it."""

    #: before them as a leader there, and not answered yet
    requests: Sequence[SignOff] = ()
    #: ideas that they carry, which have their home there; all, when they belong nowhere else
    ideas: Sequence[Idea] = ()
    #: steps that are theirs and not done, on such ideas
    steps: Sequence[Step] = ()
    #: where they said yes to backing what is not adopted yet, when they belong nowhere else
    sponsorships: Sequence[Sponsorship] = ()
    #: what they were asked to back, to be in a team and about a check, when they belong nowhere else to answer from
    to_back: Sequence[Sponsorship] = ()
    places: Sequence[TeamMember] = ()
    checks: Sequence[Check] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to hand on."""
        return not (self.requests or self.ideas or self.steps or self.sponsorships or self.is_asked)

    @property
    def is_asked(self) -> bool:
        """Whether something that they were asked would have no answer."""
        return bool(self.to_back or self.places or self.checks)


@dataclasses.dataclass(frozen=True)
class Heirs:
    """Who is given what. Nobody: the other leaders may take a request over, and an idea or a step has nobody."""

    requests: Person | None = None
    ideas: Person | None = None
    steps: Person | None = None


def held(membership: Membership, *, reader: Person) -> Held:
    """What ending it would leave.

    Of a leader the requests; of somebody who is nothing else there the ideas and steps of the place too. Of somebody
    who belongs nowhere else: all ideas and steps, what they back, and what they were asked.
    """
    return Held(
        requests=_requests(membership, visible(SignOff, reader).options(joinedload(SignOff.idea))),
        ideas=_carried(membership, visible(Idea, reader)),
        steps=_to_do(membership, visible(Step, reader)),
        sponsorships=_backed(membership, visible(Sponsorship, reader).options(joinedload(Sponsorship.idea))),
        to_back=_to_back(membership, visible(Sponsorship, reader).options(joinedload(Sponsorship.idea))),
        places=_places(membership, visible(TeamMember, reader).options(joinedload(TeamMember.idea))),
        checks=_to_check(membership, visible(Check, reader).options(joinedload(Check.idea))),
    )


def _requests(membership: Membership, of: sa.Select[SignOff]) -> Sequence[SignOff]:
    if membership.role is not Role.LEADER:
        return ()
    theirs = sa.and_(
        SignOff.leader_id == membership.person_id,
        SignOff.organisation_id == membership.organisation_id,
        SignOff.closed_at.is_(None),
    )
    return db.session.scalars(of.where(theirs).options(lazyload(SignOff.decision)).order_by(SignOff.id)).unique().all()


def _carried(membership: Membership, of: sa.Select[Idea]) -> Sequence[Idea]:
    if not _is_the_last_there(membership):
        return ()
    theirs = sa.and_(Idea.owner_id == membership.person_id, _goes_free(membership))
    return db.session.scalars(of.where(theirs).order_by(Idea.id)).unique().all()


def _to_do(membership: Membership, of: sa.Select[Step]) -> Sequence[Step]:
    if not _is_the_last_there(membership):
        return ()
    theirs = sa.and_(Step.owner_id == membership.person_id, Step.done_at.is_(None), _goes_free(membership))
    return db.session.scalars(of.where(theirs).options(joinedload(Step.idea)).order_by(Step.id)).unique().all()


def _backed(membership: Membership, of: sa.Select[Sponsorship]) -> Sequence[Sponsorship]:
    if not _is_the_last_of_all(membership):
        return ()
    # What is adopted came about with them, and needs no sponsor any more.
    theirs = sa.and_(
        Sponsorship.person_id == membership.person_id, Sponsorship.accepted.is_(True), Idea.stage != Stage.ADOPTED
    )
    return db.session.scalars(of.where(theirs).order_by(Sponsorship.id)).unique().all()


def _to_back(membership: Membership, of: sa.Select[Sponsorship]) -> Sequence[Sponsorship]:
    if not _is_the_last_of_all(membership):
        return ()
    asked = sa.and_(Sponsorship.person_id == membership.person_id, Sponsorship.accepted.is_(None))
    return db.session.scalars(of.where(asked).order_by(Sponsorship.id)).unique().all()


def _places(membership: Membership, of: sa.Select[TeamMember]) -> Sequence[TeamMember]:
    if not _is_the_last_of_all(membership):
        return ()
    # Whether it is their own stays to be said: nobody else can, and nobody is told whom it was entered for.
    asked = sa.and_(
        TeamMember.person_id == membership.person_id,
        TeamMember.accepted.is_(None),
        TeamMember.ended_at.is_(None),
        TeamMember.place != Place.AUTHOR,
    )
    return db.session.scalars(of.where(asked).order_by(TeamMember.id)).unique().all()


def _to_check(membership: Membership, of: sa.Select[Check]) -> Sequence[Check]:
    if not _is_the_last_of_all(membership):
        return ()
    asked = sa.and_(
        Check.asked_person_id == membership.person_id, Check.state.in_((CheckState.OPEN, CheckState.TALKING))
    )
    return db.session.scalars(of.where(asked).order_by(Check.id)).unique().all()


def _goes_free(membership: Membership) -> sa.ColumnElement[bool]:
    """Of which ideas: of all, when nobody could reach them any more; else of those that others there carry on."""
    if _is_the_last_of_all(membership):
        return sa.true()
    is_read_by_others = Idea.audience.in_((Audience.OPEN, Audience.HERE_FIRST, Audience.HIDDEN))
    return sa.and_(Idea.home_organisation_id == membership.organisation_id, is_read_by_others)


def _is_the_last_there(membership: Membership) -> bool:
    """Whether they belong there by nothing else."""
    return not any(
        other.organisation_id == membership.organisation_id and other.id != membership.id
        for other in membership.person.active_memberships
    )


def _is_the_last_of_all(membership: Membership) -> bool:
    """Whether they belong nowhere else."""
    return all(other.id == membership.id for other in membership.person.active_memberships)


def could_answer(membership: Membership) -> list[Person]:
    """The other leaders there, by name, to whom the requests could go."""
    leaders = people.leaders(membership.organisation_id)
    return [one for one in leaders if one.id != membership.person_id and not one.belongs_to_a_supplier]


def could_carry(membership: Membership) -> list[Person]:
    """The others there, by name, who could be asked to carry the ideas, or be given the steps."""
    there = people.of(membership.organisation)
    return [one for one in there if one.id != membership.person_id and not one.belongs_to_a_supplier]


def why_not(membership: Membership) -> str:
    """Why it cannot be ended now, in a sentence that says what to do first; empty when it can."""
    name, organisation = membership.person.name, membership.organisation.name
    if not membership.is_active:
        return f"{name} is not {membership.role.words} of {organisation} any more."
    if membership.role is Role.ADMIN and not _others(membership, Role.ADMIN):
        return f"{name} is the only administrator of {organisation}. Make somebody else an administrator first."
    if membership.role is Role.LEADER and not _others(membership, Role.LEADER, Role.ADMIN):
        return (
            f"{name} is the only leader of {organisation}, and nobody administers it. "
            "Make somebody else a leader or an administrator first."
        )
    return ""


def _others(membership: Membership, *roles: Role) -> bool:
    others = sa.exists().where(
        Membership.organisation_id == membership.organisation_id,
        Membership.id != membership.id,
        Membership.role.in_(roles),
        Membership.holds(),
    )
    return bool(db.session.scalar(sa.select(others)))


def end(membership: Membership, *, by: Person, heirs: Heirs | None = None) -> Membership:
    """End what somebody is there, at once: what they held goes to the heirs, and they are signed out everywhere.

    Nothing that they did goes. Raises Denied, or Refused: ended already, or nobody would look after the people.
    """
    _hold(membership.person, membership.organisation)
    demand(by, Action.ADMINISTER, membership)
    if reason := why_not(membership):
        raise Refused(reason)
    _end(membership, by=by, heirs=heirs or Heirs())
    return membership


def end_all(person: Person, organisation: Organisation) -> list[Membership]:
    """End all that somebody is in an organisation, the last one in charge too, as whoever runs Headroom may."""
    _hold(person, organisation)
    ended = [m for m in person.active_memberships if m.organisation_id == organisation.id]
    for membership in ended:
        _end(membership, by=None, heirs=Heirs())
    return ended


def _hold(person: Person, organisation: Organisation) -> None:
    """One at a time: of two who end each other, one stays; of two endings, one is the last. Then all is read afresh."""
    held = sa.select(Organisation.id).where(Organisation.id == organisation.id)
    db.session.execute(held.with_for_update(key_share=True))
    db.session.execute(sa.select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    db.session.expire_all()


def _end(membership: Membership, *, by: Person | None, heirs: Heirs) -> None:
    person, organisation = membership.person, membership.organisation
    _hold_ideas(_left(membership))
    left = _left(membership)
    people.leave(membership)
    audit.record(audit.Act.MEMBERSHIP_ENDED, organisation, by=by, person=person.name, role=membership.role.words)
    sessions.end_all(person)
    for request in left.requests:
        hand_overs.leave(request, heirs.requests)
    for idea in left.ideas:
        teams.leave(idea, organisation, heirs.ideas, by=by)
    for step in left.steps:
        steps.leave(step, organisation, heirs.steps)
    for sponsorship in left.sponsorships:
        sponsors.leave(sponsorship, organisation)
    for ask in left.to_back:
        sponsors.leave_unanswered(ask, organisation)
    for place in left.places:
        teams.leave_unanswered(place, organisation)
    for check in left.checks:
        checks.leave(check, organisation)
    db.session.flush()


def _left(membership: Membership) -> Held:
    """What ending it leaves, whoever may see it."""
    return Held(
        _requests(membership, sa.select(SignOff).options(joinedload(SignOff.idea))),
        _carried(membership, sa.select(Idea)),
        _to_do(membership, sa.select(Step).join(Idea)),
        _backed(membership, sa.select(Sponsorship).join(Idea)),
        _to_back(membership, sa.select(Sponsorship)),
        _places(membership, sa.select(TeamMember)),
        _to_check(membership, sa.select(Check)),
    )


def _hold_ideas(left: Held) -> None:
    """In one order, so that two who leave at the same moment never wait in a ring."""
    held = [
        *left.ideas,
        *(request.idea for request in left.requests),
        *(step.idea for step in left.steps),
        *(sponsorship.idea for sponsorship in (*left.sponsorships, *left.to_back)),
        *(place.idea for place in left.places),
        *(check.idea for check in left.checks),
    ]
    about = {idea.id: idea for idea in held}
    for _, idea in sorted(about.items()):
        versions.hold(idea)
