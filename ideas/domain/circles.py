"""Circles: whom an idea's page offers by name at once, before somebody asks for everybody."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ideas.models import Membership, Person

from . import people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.models import Idea

    from .people import Colleague

#: More names than anybody looks through in a list, and more people than most places have. All of them make 14 kB.
OFFERED = 200


@dataclasses.dataclass(frozen=True)
class Circle:
    """Whom a page offers, those near the idea first, then by name."""

    people: Sequence[Colleague]
    #: nobody was left out
    is_everybody: bool


def around(idea: Idea) -> Circle:
    """Everybody while they are few. Else as many as are offered: those near it, then who has been here longest.

    Near it is who belongs to its home, to where it hurts, or where somebody of its team works.
    """
    values = {
        "places": [idea.home_organisation_id, idea.hurts_organisation_id],
        "team": [person.id for person in idea.team],
        "most": OFFERED + 1,
    }
    found = people.colleagues(_AROUND, values)
    return Circle(people=found[:OFFERED], is_everybody=len(found) <= OFFERED)


_OF_TEAM = aliased(Membership)
_IS_NEAR = sa.or_(
    Membership.organisation_id.in_(sa.bindparam("places", expanding=True)),
    Membership.organisation_id.in_(
        sa.select(_OF_TEAM.organisation_id).where(
            _OF_TEAM.person_id.in_(sa.bindparam("team", expanding=True)), _OF_TEAM.holds()
        )
    ),
)
_NEAR_FIRST = sa.func.max(sa.case((_IS_NEAR, 1), else_=0))
_NEAREST = (
    sa.select(Membership.person_id, _NEAR_FIRST.label("is_near"))
    .where(Membership.holds())
    .group_by(Membership.person_id)
    .order_by(_NEAR_FIRST.desc(), Membership.person_id)
    .limit(sa.bindparam("most"))
    .subquery()
)
_AROUND = people.PLACES.join(_NEAREST, _NEAREST.c.person_id == Person.id).order_by(
    _NEAREST.c.is_near.desc(), sa.func.lower(Person.name), Person.id, Membership.id
)
