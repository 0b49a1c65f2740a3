"""Deciders: who may answer for an organisation about one idea, its own leaders or those of its partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas.access import Action, may
from ideas.db import db
from ideas.models import Organisation, Seat

from . import people
from .errors import Refused

if TYPE_CHECKING:
    from ideas.models import Idea, Person, SignOff

#: With fewer leaders than this, a place has nobody to hand over to, and its partner stands in.
ENOUGH = 2


def could_decide(idea: Idea, organisation: Organisation | None = None) -> list[Person]:
    """Who may answer for an organisation (its home, when none is given), by name.

    Its own leaders who are not of the team, of no supplier, and no sponsor unless that is allowed there; where
    none of them may, the leaders of its partner.
    """
    asked = organisation or idea.home_organisation
    return _able(idea, asked, asked) or _able(idea, asked, asked.partner) if asked else []


def answering(idea: Idea, organisation: Organisation) -> Organisation:
    """Which organisation answers for this one about the idea: itself, or its partner."""
    stands_in = not _able(idea, organisation, organisation) and _able(idea, organisation, organisation.partner)
    return organisation.partner if stands_in and organisation.partner else organisation


def could_take(request: SignOff) -> list[Person]:
    """Who else may answer this request, by name; in a place with one leader its partner's leaders too."""
    asked, idea = request.asked_organisation, request.idea
    here = _able(idea, asked, request.organisation)
    if request.organisation_id == asked.id and (len(people.leaders(asked.id)) < ENOUGH or not here):
        here = [*here, *(leader for leader in _able(idea, asked, asked.partner) if leader not in here)]
    return [leader for leader in here if leader.id != request.leader_id]


def stand_ins(request: SignOff) -> list[Person]:
    """The partner's leaders who answer in the place of an organisation that has nobody else to do it."""
    asked = request.asked_organisation
    if request.organisation_id != asked.id or any(leader.leads(asked.id) for leader in could_take(request)):
        return []
    return _able(request.idea, asked, asked.partner)


def seat_of(request: SignOff, leader: Person) -> Organisation:
    """For which organisation this leader would answer it: the one that answers now, or its partner."""
    partner = request.asked_organisation.partner
    return partner if partner and not leader.leads(request.organisation_id) else request.organisation


def could_be_asked(idea: Idea) -> list[Organisation]:
    """The other organisations that may be asked beside its home, by name: those that give care."""
    asked = {request.asked_organisation_id for request in idea.open_sign_offs} | {idea.home_organisation_id}
    found = db.session.scalars(sa.select(Organisation).where(Organisation.gives_care).order_by(Organisation.name))
    return [organisation for organisation in found if organisation.id not in asked]


def asked_by_id(idea: Idea, id_: str) -> Organisation | None:
    """The organisation that is to be asked: of this id, or its home when none is sent. Raises Refused."""
    if not id_:
        return idea.home_organisation
    gives_care = sa.select(Organisation).where(Organisation.gives_care)
    found = {str(organisation.id): organisation for organisation in db.session.scalars(gives_care)}
    if id_ not in found:
        raise Refused("Only an organisation that gives care is asked. Choose one from the list.")
    return found[id_]


def _able(idea: Idea, asked: Organisation, here: Organisation | None) -> list[Person]:
    if here is None:
        return []
    seat = Seat(idea, organisation=here, asked_organisation=asked)
    return [leader for leader in people.leaders(here.id) if may(leader, Action.TAKE_OVER, seat)]
