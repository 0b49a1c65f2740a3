"""Teams: who carries an idea, and who is asked to help carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand
from ideas.db import db
from ideas.models import Place, TeamMember

from . import events, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from ideas.models import Idea, Person


def take_on(idea: Idea, *, by: Person) -> Idea:
    """Carry an idea that nobody carries. Never moves the card. Raises Denied or Refused."""
    versions.hold(idea, by=by)
    if idea.owner_id == by.id:
        return idea
    if idea.owner_id is not None:
        raise Refused(f"{idea.owner.short_name if idea.owner else 'Somebody'} carries it already.")
    demand(by, Action.TAKE_ON, idea)
    _join(idea, by, place=Place.OWNER)
    idea.owner = by
    events.record(events.Kind.OWNER_TOOK_ON, idea, by=by)
    db.session.flush()
    return idea


def ask_to_own(idea: Idea, person: Person, *, by: Person) -> TeamMember:
    """Ask somebody to carry it: its team hands it on, or a leader of its home names one where there is none.

    Nothing changes until they say yes. Raises Denied, Invalid or Refused.
    """
    versions.hold(idea, by=by)
    in_team = idea.has_in_team(by)
    demand(by, Action.HAND_ON if in_team else Action.NAME_OWNER, idea)
    if person.id == idea.owner_id:
        raise Refused(f"{person.short_name} carries it already.")
    if person.belongs_to_a_supplier and idea.home_organisation_id is not None:
        raise Invalid("person", f"{person.short_name} belongs to a supplier. Choose somebody of the organisation itself.")
    named = by.leads(idea.home_organisation_id) and not by.belongs_to_a_supplier
    member = _ask(idea, person, place=Place.OWNER, by=by, named_by_leader=named)
    events.record(events.Kind.OWNER_ASKED, idea, by=by, person=person.short_name)
    db.session.flush()
    return member


def ask_in(idea: Idea, person: Person, *, by: Person) -> TeamMember:
    """Ask somebody into the team. They are in it when they say yes. Raises Denied or Refused."""
    versions.hold(idea, by=by)
    demand(by, Action.HAND_ON, idea)
    if idea.has_in_team(person):
        raise Refused(f"{person.short_name} is in the team already.")
    member = _ask(idea, person, place=Place.MEMBER, by=by, named_by_leader=False)
    events.record(events.Kind.TEAM_ASKED, idea, by=by, person=person.short_name)
    db.session.flush()
    return member


def _ask(idea: Idea, person: Person, *, place: Place, by: Person, named_by_leader: bool) -> TeamMember:
    if any(ask.place is place for ask in idea.asks_of_team(person)):
        raise Refused(f"{person.short_name} has been asked already. The answer is theirs.")
    member = TeamMember(
        person=person, place=place, asked_by=by, named_by_leader=named_by_leader, asked_at=clock.now()
    )
    idea.team_members.append(member)
    return member


def _join(idea: Idea, person: Person, *, place: Place) -> TeamMember:
    moment = clock.now()
    member = TeamMember(person=person, place=place, asked_at=moment, answered_at=moment, accepted=True)
    idea.team_members.append(member)
    return member


def accept(member: TeamMember, *, by: Person) -> TeamMember:
    """Say yes to a place in the team, or to carrying it. Raises Denied or Refused."""
    _answer(member, accepted=True, by=by)
    idea = member.idea
    if member.place is Place.OWNER:
        for other in idea.team_members:
            if other.place is Place.OWNER and other.is_active and other is not member:
                other.ended_at = clock.now()
        idea.owner = by
        events.record(events.Kind.OWNER_ACCEPTED, idea, by=by)
    else:
        events.record(events.Kind.TEAM_JOINED, idea, by=by)
    db.session.flush()
    return member


def decline(member: TeamMember, *, by: Person) -> TeamMember:
    """Say no to a place in the team. Nobody needs a reason for it. Raises Denied or Refused."""
    _answer(member, accepted=False, by=by)
    member.ended_at = member.answered_at
    events.record(events.Kind.TEAM_DECLINED, member.idea, by=by)
    db.session.flush()
    return member


def _answer(member: TeamMember, *, accepted: bool, by: Person) -> None:
    versions.hold(member.idea, by=by)
    db.session.refresh(member)
    demand(by, Action.ANSWER_TEAM, member)
    if not member.is_asked:
        raise Refused("This has been answered already.")
    if accepted and member.place is Place.OWNER and by.belongs_to_a_supplier and member.idea.home_organisation_id:
        raise Refused("Somebody who belongs to a supplier does not carry an idea that has its home elsewhere.")
    member.accepted = accepted
    member.answered_at = clock.now()
