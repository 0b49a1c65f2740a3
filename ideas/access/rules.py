"""Predicates: one line each about a person and a thing. Rights are made of these, and of nothing else."""

from __future__ import annotations

from ideas.models import (
    Attachment,
    Check,
    Cycle,
    FeltAsk,
    Happening,
    Hiding,
    Idea,
    Invitation,
    Measure,
    Membership,
    Organisation,
    Person,
    Plan,
    Reading,
    Rebase,
    Role,
    Seat,
    SignOff,
    Sponsorship,
    Step,
    TeamMember,
    Watch,
    Workplace,
)

from . import here_first

#: What rights are asked about: an idea, something of an idea, or nothing yet.
Thing = (
    Idea
    | Plan
    | Step
    | Attachment
    | Check
    | FeltAsk
    | Measure
    | Reading
    | Rebase
    | Happening
    | Cycle
    | Sponsorship
    | SignOff
    | Seat
    | TeamMember
    | Hiding
    | Organisation
    | Membership
    | Invitation
    | Watch
    | Workplace
    | None
)


def idea_of(thing: Thing) -> Idea:
    """The idea that a thing is, or belongs to."""
    match thing:
        case Idea():
            return thing
        case Reading() | Rebase():
            return thing.measure.idea
        case None | Organisation() | Membership() | Invitation() | Workplace():
            raise TypeError("this right is about an idea, and there is none")
        case _:
            return thing.idea


def belongs_somewhere(person: Person, thing: Thing) -> bool:
    """Has a membership that holds now."""
    return bool(person.active_memberships)


def is_open(person: Person, thing: Thing) -> bool:
    """The idea is open to everybody signed in."""
    return idea_of(thing).is_open


def concerned_first(person: Person, thing: Thing) -> bool:
    """The idea is here first, and belongs where it hurts, would change or was asked for an answer."""
    return idea_of(thing).is_here_first and here_first.concerns(idea_of(thing), person)


def named_first(person: Person, thing: Thing) -> bool:
    """The idea is here first, and was asked by name."""
    return idea_of(thing).is_here_first and here_first.names(idea_of(thing), person)


def is_hidden(person: Person, thing: Thing) -> bool:
    """Somebody hid the idea."""
    return idea_of(thing).is_hidden


def in_team(person: Person, thing: Thing) -> bool:
    """Author, owner or team of the idea, now."""
    return idea_of(thing).has_in_team(person)


def wrote_it(person: Person, thing: Thing) -> bool:
    """Wrote the idea."""
    return person.id == idea_of(thing).author_id


def author_or_owner(person: Person, thing: Thing) -> bool:
    """Wrote the idea, or carries it."""
    return person.id in (idea_of(thing).author_id, idea_of(thing).owner_id)


def ever_in_team(person: Person, thing: Thing) -> bool:
    """Author, owner or team of the idea, now or ever."""
    return idea_of(thing).ever_had_in_team(person)


def of_a_supplier(person: Person, thing: Thing) -> bool:
    """Belongs to a supplier now, whatever else they belong to."""
    return person.belongs_to_a_supplier


def not_of_a_supplier(person: Person, thing: Thing) -> bool:
    """Belongs to no supplier now."""
    return not person.belongs_to_a_supplier


def has_no_owner(person: Person, thing: Thing) -> bool:
    """Nobody carries the idea."""
    return idea_of(thing).owner_id is None


def member_of_home(person: Person, thing: Thing) -> bool:
    """Belongs to the idea's home organisation now, in whatever role."""
    return person.is_member_of(idea_of(thing).home_organisation_id)


def leads_home(person: Person, thing: Thing) -> bool:
    """Leads exactly the idea's home organisation now."""
    return person.leads(idea_of(thing).home_organisation_id)


def leads_its_keeper(person: Person, thing: Thing) -> bool:
    """Leads the idea's home now, or where it hurts while it has no home."""
    keeper = idea_of(thing).keeper
    return keeper is not None and person.leads(keeper.id)


def administers_its_keeper(person: Person, thing: Thing) -> bool:
    """Administers the idea's home now, or where it hurts while it has no home."""
    keeper = idea_of(thing).keeper
    return keeper is not None and person.administers(keeper.id)


def looks_for_a_host(person: Person, thing: Thing) -> bool:
    """The idea has no home."""
    return idea_of(thing).looks_for_a_host


def leads_where_care_is_given(person: Person, thing: Thing) -> bool:
    """Leads an organisation that gives care."""
    return any(person.leads(organisation.id) and organisation.gives_care for organisation in person.organisations)


def leads_somewhere(person: Person, thing: Thing) -> bool:
    """Leads an organisation that is not a supplier."""
    return person.leads_somewhere


def is_asked(person: Person, thing: Thing) -> bool:
    """The person whom this ask, step or check names."""
    match thing:
        case TeamMember() | Sponsorship():
            return thing.person_id == person.id
        case Step():
            return thing.owner_id == person.id
        case Check():
            return thing.asked_person_id == person.id
        case FeltAsk():
            return thing.person_id == person.id
        case _:
            return False


def works_where_it_was_tried(person: Person, thing: Thing) -> bool:
    """Still belongs to the organisation from which they said "us too"."""
    return isinstance(thing, FeltAsk) and person.is_member_of(thing.organisation_id)


def nobody_is_left(person: Person, thing: Thing) -> bool:
    """Nobody of the idea's team belongs anywhere any more."""
    return not any(each.active_memberships for each in idea_of(thing).team)


def is_the_named_leader(person: Person, thing: Thing) -> bool:
    """The leader before whom the request is."""
    return isinstance(thing, SignOff) and thing.leader_id == person.id


def asked_for_it(person: Person, thing: Thing) -> bool:
    """Whoever asked for the answer."""
    return isinstance(thing, SignOff) and thing.asked_by_id == person.id


def leads_where_it_is_decided(person: Person, thing: Thing) -> bool:
    """Leads exactly the organisation whose answer is asked for."""
    asked = thing.organisation_id if isinstance(thing, SignOff | Seat) else idea_of(thing).home_organisation_id
    return person.leads(asked)


def sponsors_it(person: Person, thing: Thing) -> bool:
    """Has agreed to sponsor the idea."""
    return any(s.person_id == person.id and s.is_accepted for s in idea_of(thing).sponsorships)


def was_asked_to_decide(person: Person, thing: Thing) -> bool:
    """Is or was the leader before whom a request about the idea is."""
    return any(request.leader_id == person.id for request in idea_of(thing).sign_offs)


def sponsors_it_and_that_bars(person: Person, thing: Thing) -> bool:
    """Has agreed to sponsor the idea, and the organisation that answers does not let a sponsor decide.

    A partner who stands in is there to be somebody else: for them it always bars.
    """
    return sponsors_it(person, thing) and not sponsor_may_decide(thing)


def sponsor_may_decide(thing: Thing) -> bool:
    """Whether sponsor and decider may be the same where this is decided."""
    if isinstance(thing, SignOff | Seat):
        here = thing.organisation
        return here is thing.asked_organisation and here.sponsor_may_decide
    home = idea_of(thing).home_organisation
    return home is not None and home.sponsor_may_decide


def organisation_of(thing: Thing) -> Organisation:
    """The organisation that a thing is, or belongs to."""
    match thing:
        case Organisation():
            return thing
        case Membership() | Invitation() | Workplace():
            return thing.organisation
        case _:
            raise TypeError("this right is about an organisation, and there is none")


def administers_it(person: Person, thing: Thing) -> bool:
    """Administers exactly that organisation; where nobody does, leads it."""
    organisation = organisation_of(thing)
    return person.administers(organisation.id) or (person.leads(organisation.id) and not organisation.has_administrator)


def nobody_leads_home(person: Person, thing: Thing) -> bool:
    """The idea's home gives care, and nobody leads it."""
    home = idea_of(thing).home_organisation
    return home is not None and not home.has_leader


def asks_to_be_a_member(person: Person, thing: Thing) -> bool:
    """Whoever asked to join asked for no more than to be a member."""
    return isinstance(thing, Membership) and thing.role is Role.MEMBER


def is_their_own(person: Person, thing: Thing) -> bool:
    """It is about the person themselves."""
    return isinstance(thing, Membership) and thing.person_id == person.id


def leads_the_partner_of_a_place_that_nobody_runs(person: Person, thing: Thing) -> bool:
    """Leads the partner of an organisation that has neither a leader nor an administrator."""
    organisation = organisation_of(thing)
    return person.leads(organisation.partner_id) and not (organisation.has_leader or organisation.has_administrator)


def administers_all_of_theirs(person: Person, thing: Thing) -> bool:
    """Administers, as above, every organisation that the account of this membership opens."""
    if not isinstance(thing, Membership):
        raise TypeError("this right is about a membership, and there is none")
    return all(administers_it(person, organisation) for organisation in thing.person.organisations)


def runs_it(person: Person, thing: Thing) -> bool:
    """Leads or administers exactly that organisation."""
    organisation = organisation_of(thing)
    return person.administers(organisation.id) or person.leads(organisation.id)
