"""Here first: whom an idea concerns before it opens to everybody.

Asked of one idea, and of all ideas in a select: the two say the same, and a test compares them over many worlds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from ideas.models import Check, Idea, SignOff, Sponsorship, Step, TeamMember

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute
    from sqlalchemy.sql.elements import ColumnElement

    from ideas.models import Person


def concerns(idea: Idea, person: Person) -> bool:
    """Whether they belong where it hurts, where it would change, or whose answer was asked for, or who gives it."""
    places = {idea.hurts_organisation_id, idea.home_organisation_id}
    for request in idea.sign_offs:
        places |= {request.organisation_id, request.asked_organisation_id}
    return any(person.is_member_of(place) for place in places)


def names(idea: Idea, person: Person) -> bool:
    """Whether they were ever asked by name: into the team, to back it, to answer, to do a step, about a check."""
    return (
        any(member.person_id == person.id for member in idea.team_members)
        or any(sponsorship.person_id == person.id for sponsorship in idea.sponsorships)
        or any(request.leader_id == person.id for request in idea.sign_offs)
        or any(step.owner_id == person.id for step in idea.steps)
        or any(check.asked_person_id == person.id for check in idea.checks)
    )


def concerning(places: Any) -> ColumnElement[bool]:
    """What `concerns` says, as a condition, for somebody who belongs to these organisations."""
    return sa.or_(
        Idea.hurts_organisation_id.in_(places),
        Idea.home_organisation_id.in_(places),
        _has(SignOff.organisation_id.in_(places), SignOff.idea_id),
        _has(SignOff.asked_organisation_id.in_(places), SignOff.idea_id),
    )


def naming(person_id: Any) -> ColumnElement[bool]:
    """What `names` says, as a condition."""
    return sa.or_(
        _has(TeamMember.person_id == person_id, TeamMember.idea_id),
        _has(Sponsorship.person_id == person_id, Sponsorship.idea_id),
        _has(SignOff.leader_id == person_id, SignOff.idea_id),
        _has(Step.owner_id == person_id, Step.idea_id),
        _has(Check.asked_person_id == person_id, Check.idea_id),
    )


def _has(condition: ColumnElement[bool], idea_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return sa.select(sa.literal(1)).where(idea_id == Idea.id, condition).correlate(Idea).exists()
