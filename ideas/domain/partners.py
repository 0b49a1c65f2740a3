"""Partners: who answers where a place has one leader, and whether a leader there may decide what they sponsor."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ideas import clock
from ideas.access import Action, demand, visible
from ideas.db import db
from ideas.models import Decision, Organisation, SignOff

from . import deciders, people
from .errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.models import Person

#: How long a partner's leaders are told of a yes whose sponsor and decider are the same.
_TOLD = dt.timedelta(days=28)


def could_be(organisation: Organisation) -> Sequence[Organisation]:
    """The organisations that may be named as its partner, by name: others that give care."""
    others = sa.select(Organisation).where(Organisation.gives_care, Organisation.id != organisation.id)
    return db.session.scalars(others.order_by(Organisation.name)).all()


def is_needed(organisation: Organisation) -> bool:
    """Whether it has so few leaders that nobody there can stand in for another, and names no partner."""
    few = len(people.leaders(organisation.id)) < deciders.ENOUGH
    return organisation.gives_care and organisation.partner_id is None and few


def name(
    organisation: Organisation, partner: Organisation | None, *, sponsor_may_decide: bool, by: Person
) -> Organisation:
    """Name the partner, and say whether a leader may decide what they sponsor. Raises Denied or Invalid.

    What is asked already stays with whoever was asked.
    """
    demand(by, Action.NAME_PARTNER, organisation)
    if partner is not None and partner not in could_be(organisation):
        raise Invalid("partner", "Choose another organisation that gives care, or none.")
    if sponsor_may_decide and partner is None:
        raise Invalid("partner", "Name a partner first: they are told of each such decision.")
    organisation.partner = partner
    organisation.sponsor_may_decide = sponsor_may_decide
    db.session.flush()
    return organisation


def to_know(person: Person) -> Sequence[SignOff]:
    """The yeses of the last four weeks whose sponsor and decider are the same, where this person leads the partner."""
    led = [organisation.id for organisation in person.organisations if person.leads(organisation.id)]
    if not led:
        return ()
    of_partners = sa.select(Organisation.id).where(Organisation.partner_id.in_(led))
    return db.session.scalars(
        visible(SignOff, person)
        .join(SignOff.decision)
        .where(
            SignOff.organisation_id.in_(of_partners),
            Decision.decided_by_sponsor,
            Decision.decided_at > clock.now() - _TOLD,
        )
        .options(joinedload(SignOff.idea))
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
    ).all()
