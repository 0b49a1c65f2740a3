"""Authors: an idea that somebody entered for a colleague is the colleague's once they say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from ideas import clock
from ideas.access import visible
from ideas.db import db
from ideas.models import Audience, Membership, Person, Place, TeamMember

from . import events, ideas, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.models import Idea


def colleagues(person: Person) -> Sequence[Person]:
    """Who works where this person works, by name."""
    places = [organisation.id for organisation in person.organisations]
    theirs = visible(Person, person).where(Person.id != person.id).order_by(sa.func.lower(Person.name), Person.id)
    here = Person.memberships.any(Membership.organisation_id.in_(places))
    found = db.session.scalars(theirs.where(here))
    return [one for one in found if any(one.is_member_of(place) for place in places)]


def say_for(colleague: Person, *, by: Person, audience: Audience = Audience.OPEN, **said: Any) -> Idea:
    """Say what a colleague told. Whoever enters it is its author until the colleague says that it is theirs.

    Nobody else is told the colleague's name before that. Raises as `ideas.say`, and Invalid.
    """
    if not any(colleague.is_member_of(organisation.id) for organisation in by.organisations) or colleague.id == by.id:
        raise Invalid("on_behalf_of", "Choose a colleague of your own organisation.")
    if audience is Audience.DRAFT:
        raise Invalid(
            "audience", "Your colleague has to read it, so it cannot be a draft. Choose who else may read it."
        )
    idea = ideas.say(**said, audience=audience, by=by)
    idea.team_members.append(TeamMember(person=colleague, place=Place.AUTHOR, asked_by=by, asked_at=clock.now()))
    events.record(events.Kind.IDEA_ENTERED, idea, by=by)
    db.session.flush()
    return idea


def become(ask: TeamMember) -> None:
    """The colleague says that it is theirs: the credit is, and whoever entered it stays in the team.

    Part of saying yes to a place in the team. Raises Refused while a leader is asked, who reads who said it.
    """
    idea = ask.idea
    if idea.open_sign_off:
        raise Refused(f"{idea.open_sign_off.leader.short_name} is asked about it now. Say so when the answer is there.")
    moment = clock.now()
    for other in idea.team_members:
        if other.place is Place.AUTHOR and other.is_active and other is not ask:
            other.ended_at = moment
            if not any(m.person_id == other.person_id and m.is_active for m in idea.team_members):
                stays = TeamMember(
                    person=other.person, place=Place.MEMBER, asked_at=moment, answered_at=moment, accepted=True
                )
                idea.team_members.append(stays)
    idea.author = ask.person
    events.record(events.Kind.AUTHOR_ACCEPTED, idea, by=ask.person)
    versions.step_on(idea)


def stay(ask: TeamMember) -> None:
    """The colleague says that it is not theirs: whoever entered it stays its author, and no name is told."""
    author = ask.idea.author
    events.record(
        events.Kind.AUTHOR_DECLINED, ask.idea, by=None, person=author.short_name if author else "whoever entered it"
    )
