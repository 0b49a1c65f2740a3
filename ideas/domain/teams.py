"""Teams: who carries an idea, and who is asked to help carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand, may, visible
from ideas.db import db
from ideas.models import Person, Place, TeamMember

from . import authors, events, homes, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ideas.models import Idea, Organisation

    from .people import Colleague


def could_own(idea: Idea, among: Iterable[Colleague], *, by: Person) -> list[Colleague]:
    """Whom of these this person may ask to carry it: the people of its home first."""
    asked = {m.person_id for m in idea.team_members if m.place is Place.OWNER and m.is_asked}
    eligible = [
        person
        for person in among
        if person.id not in (idea.owner_id, by.id) and person.id not in asked and not _is_barred(person, idea)
    ]
    return sorted(eligible, key=lambda person: not person.is_member_of(idea.home_organisation_id))


def could_join(idea: Idea, among: Iterable[Colleague]) -> list[Colleague]:
    """Who of these may be asked into the team: all who are not in it, nor asked already."""
    asked = {m.person_id for m in idea.team_members if m.place is Place.MEMBER and m.is_asked}
    inside = {m.person_id for m in idea.team_members if m.is_active} | {idea.author_id, idea.owner_id}
    return [person for person in among if person.id not in asked | inside]


def somebody(person_id: int | None, *, by: Person) -> Person:
    """The person of this id, who belongs somewhere now. Raises Invalid when there is none."""
    found = db.session.scalars(visible(Person, by).where(Person.id == person_id)).one_or_none()
    if found is None or not found.active_memberships:
        raise Invalid("person", "Choose somebody from the list.")
    return found


def _is_barred(person: Person | Colleague, idea: Idea) -> bool:
    """Whether the supplier's bar holds: its people carry an idea only while it has no home."""
    return person.belongs_to_a_supplier and idea.home_organisation_id is not None


def take_on(idea: Idea, *, by: Person) -> Idea:
    """Carry an idea that nobody carries; of who was asked to, that is their yes. Never moves the card.

    Raises Denied or Refused.
    """
    versions.hold(idea)
    if idea.owner_id == by.id:
        return idea
    if idea.owner_id is not None:
        raise Refused(f"{idea.owner.short_name if idea.owner else 'Somebody'} carries it already.")
    demand(by, Action.TAKE_ON, idea)
    if ask := _ask_to_own(by, idea):
        accept(ask, by=by)
        return idea
    _join(idea, by, place=Place.OWNER)
    idea.owner = by
    events.record(events.Kind.OWNER_TOOK_ON, idea, by=by)
    homes.settle(idea, by=by)
    db.session.flush()
    return idea


def ask_to_own(idea: Idea, person: Person, *, by: Person) -> TeamMember:
    """Ask somebody to carry it: its team hands it on, or a leader of its home names one where there is none.

    Nothing changes until they say yes. Raises Denied, Invalid or Refused.
    """
    versions.hold(idea)
    check_asking_to_own(idea, by=by)
    if person.id == by.id:
        raise Invalid("person", "You cannot ask yourself. Take it on while nobody carries it.")
    if person.id == idea.owner_id:
        raise Refused(f"{person.short_name} carries it already.")
    if _is_barred(person, idea):
        raise Invalid(
            "person", f"{person.short_name} belongs to a supplier. Choose somebody of the organisation itself."
        )
    named = by.leads(idea.home_organisation_id) and not by.belongs_to_a_supplier
    member = _ask(idea, person, place=Place.OWNER, by=by, named_by_leader=named)
    events.record(events.Kind.OWNER_ASKED, idea, by=by, person=person.short_name)
    db.session.flush()
    return member


def leave(idea: Idea, organisation: Organisation, heir: Person | None, *, by: Person | None) -> Idea:
    """Its owner left its home, or belongs nowhere: nobody carries it, and the heir is asked, where they may.

    Who ends the membership needs no right over the idea for that: somebody has to ask, and the answer is the heir's.
    """
    if idea.owner:
        left = idea.owner
        for member in idea.team_members:
            if member.place is Place.OWNER and member.is_active:
                member.ended_at = clock.now()
        idea.owner = None
        events.record(events.Kind.OWNER_LEFT, idea, by=None, person=left.short_name, organisation=organisation.name)
    if heir and _may_inherit(heir, idea) and not _ask_to_own(heir, idea):
        _ask(idea, heir, place=Place.OWNER, by=by, named_by_leader=False)
        events.record(events.Kind.OWNER_ASKED, idea, by=by, person=heir.short_name)
    db.session.flush()
    return idea


def leave_unanswered(member: TeamMember, organisation: Organisation) -> TeamMember:
    """Whoever was asked into the team, or to carry it, left, and belongs nowhere: nobody is asked any more."""
    member.ended_at = clock.now()
    what = "to carry it" if member.place is Place.OWNER else "into the team"
    words = {"person": member.person.short_name, "organisation": organisation.name, "what": what}
    events.record(events.Kind.ASK_LEFT, member.idea, by=None, **words)
    db.session.flush()
    return member


def _may_inherit(person: Person, idea: Idea) -> bool:
    """Whether they may be asked for what somebody left: of an idea with a home, its own people."""
    home = idea.home_organisation_id
    is_of_it = home is None or person.is_member_of(home)
    return bool(may(person, Action.READ, idea)) and is_of_it and not _is_barred(person, idea)


def _ask_to_own(person: Person, idea: Idea) -> TeamMember | None:
    """What they were asked and have not answered: whether they carry it."""
    return next((ask for ask in idea.asks_of_team(person) if ask.place is Place.OWNER), None)


def check_asking_to_own(idea: Idea, *, by: Person) -> None:
    """Go on only for its team, or for a leader of its home while nobody carries it. Raises Denied."""
    demand(by, Action.HAND_ON if idea.has_in_team(by) else Action.NAME_OWNER, idea)


def ask_in(idea: Idea, person: Person, *, by: Person) -> TeamMember:
    """Ask somebody into the team. They are in it when they say yes. Raises Denied or Refused."""
    versions.hold(idea)
    demand(by, Action.HAND_ON, idea)
    if idea.has_in_team(person):
        raise Refused(f"{person.short_name} is in the team already.")
    member = _ask(idea, person, place=Place.MEMBER, by=by, named_by_leader=False)
    events.record(events.Kind.TEAM_ASKED, idea, by=by, person=person.short_name)
    db.session.flush()
    return member


def _ask(idea: Idea, person: Person, *, place: Place, by: Person | None, named_by_leader: bool) -> TeamMember:
    if any(ask.place is place for ask in idea.asks_of_team(person)):
        raise Refused(f"{person.short_name} has been asked already. The answer is theirs.")
    member = TeamMember(person=person, place=place, asked_by=by, named_by_leader=named_by_leader, asked_at=clock.now())
    idea.team_members.append(member)
    return member


def _join(idea: Idea, person: Person, *, place: Place) -> TeamMember:
    moment = clock.now()
    member = TeamMember(person=person, place=place, asked_at=moment, answered_at=moment, accepted=True)
    idea.team_members.append(member)
    return member


def accept(member: TeamMember, *, by: Person) -> TeamMember:
    """Say yes to a place in the team, to carrying it, or to having said it. Raises Denied or Refused."""
    _answer(member, accepted=True, by=by)
    idea = member.idea
    if member.place is Place.OWNER:
        _check_still_free(member)
        for other in idea.team_members:
            if other.place is Place.OWNER and other.is_active and other is not member:
                other.ended_at = clock.now()
        idea.owner = by
        events.record(events.Kind.OWNER_ACCEPTED, idea, by=by)
        if taken := _takes_it_for_home(member, by):
            homes.settle(idea, by=taken)
    elif member.place is Place.AUTHOR:
        authors.become(member)
    else:
        events.record(events.Kind.TEAM_JOINED, idea, by=by)
    db.session.flush()
    return member


def _takes_it_for_home(member: TeamMember, carrier: Person) -> Person | None:
    """Whose word it is that its home takes it: a member's who carries it, or the leader's who named whoever does."""
    home, leader = member.idea.home_organisation_id, member.asked_by
    if carrier.is_member_of(home):
        return carrier
    return leader if member.named_by_leader and leader is not None and leader.leads(home) else None


def _check_still_free(member: TeamMember) -> None:
    """A leader of the home names an owner only where there is none; somebody may have taken it on since."""
    idea = member.idea
    handed_on = member.asked_by is not None and idea.ever_had_in_team(member.asked_by)
    if idea.owner and idea.owner_id != member.person_id and not handed_on:
        raise Refused(f"{idea.owner.short_name} carries it by now. Ask them to hand it on.")


def decline(member: TeamMember, *, by: Person) -> TeamMember:
    """Say no to a place in the team. Nobody needs a reason for it. Raises Denied or Refused."""
    _answer(member, accepted=False, by=by)
    member.ended_at = member.answered_at
    if member.place is Place.AUTHOR:
        authors.stay(member)
    else:
        events.record(events.Kind.TEAM_DECLINED, member.idea, by=by)
    db.session.flush()
    return member


def _answer(member: TeamMember, *, accepted: bool, by: Person) -> None:
    versions.hold(member.idea)
    demand(by, Action.ANSWER_TEAM, member)
    if not member.is_asked:
        raise Refused("This has been answered already.")
    if accepted and member.place is Place.OWNER and _is_barred(by, member.idea):
        raise Refused("Somebody who belongs to a supplier does not carry an idea that has its home elsewhere.")
    if accepted and any(each.person_id == by.id for each in member.idea.accepted_sponsorships):
        raise Refused("You sponsor this idea, and whoever sponsors it is not of its team. Say no here.")
    member.accepted = accepted
    member.answered_at = clock.now()
