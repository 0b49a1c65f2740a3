"""Joining: asking to belong to an organisation, and the yes or no of somebody there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ideas import clock
from ideas.access import Action, demand, may, visible
from ideas.db import db
from ideas.models import Membership, Organisation, Person, Role, Sector

from . import audit, first_words, passwords, people
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence


def open_account(name: str, sign_in: str, password: str) -> Person:
    """Make an account for somebody who belongs nowhere yet, and so reads nothing but that account.

    Raises Invalid: at the name, the sign-in name (taken, or with a blank in it) or the password. That comes first:
    who wants to know whether a name is taken makes an account for each that is not.
    """
    passwords.check_choice(password, Person(name=name, sign_in=sign_in))
    person = people.add(name, sign_in)
    passwords.set_password(person, password)
    return person


def could_be_joined() -> Sequence[Organisation]:
    """The organisations that somebody may ask to join, by name.

    Not suppliers: nobody of a supplier says who joins, so whoever runs Headroom adds their people.
    """
    open_to_all = sa.select(Organisation).where(Organisation.sector != Sector.SUPPLIER)
    return db.session.scalars(open_to_all.order_by(sa.func.lower(Organisation.name), Organisation.id)).all()


def ask(person: Person, organisation: Organisation, *, job: str) -> Membership:
    """Ask to join as a member. Until somebody there says yes, nothing of it counts; to ask twice changes nothing.

    Raises Invalid: a supplier, or no job.
    """
    if organisation.is_supplier:
        raise Invalid("organisation", "Whoever runs Headroom adds the people of suppliers. Ask them.")
    for membership in person.memberships:
        if membership.organisation_id == organisation.id and membership.ended_at is None:
            return membership
    job = people.checked_job(job)
    membership = Membership(
        person=person, organisation=organisation, job=job, role=Role.MEMBER, started_at=clock.now(), confirmed_at=None
    )
    db.session.add(membership)
    audit.record(audit.Act.JOINING_ASKED, organisation, by=person, person=person.name, job=job)
    db.session.flush()
    return membership


def ask_to_lead(person: Person, organisation: Organisation, *, job: str) -> Membership:
    """Ask to lead where nobody does. Nothing of it counts until somebody who may says yes. Raises Invalid (no job)."""
    for membership in person.memberships:
        same = membership.organisation_id == organisation.id and membership.role is Role.LEADER
        if same and membership.ended_at is None:
            return membership
    job = people.checked_job(job)
    membership = Membership(
        person=person, organisation=organisation, job=job, role=Role.LEADER, started_at=clock.now(), confirmed_at=None
    )
    db.session.add(membership)
    audit.record(audit.Act.LEADING_ASKED, organisation, by=person, person=person.name, job=job)
    db.session.flush()
    return membership


def wait_for(person: Person) -> Sequence[Membership]:
    """Who asks to join and waits for this person's yes: where they run it, or lead its partner; the first first."""
    if not any(person.leads(o.id) or person.administers(o.id) for o in person.organisations):
        return ()
    found = visible(Membership, person).where(Membership.waits()).order_by(Membership.id)
    asked = db.session.scalars(found.options(joinedload(Membership.person))).unique()
    return [one for one in asked if may(person, Action.CONFIRM_JOINER, one)]


def waiting(organisation: Organisation, *, reader: Person) -> Sequence[Membership]:
    """Who asked to join it and waits, the first first, as the reader may see them."""
    asked = visible(Membership, reader).where(Membership.organisation_id == organisation.id, Membership.waits())
    return db.session.scalars(asked.order_by(Membership.id)).unique().all()


def confirm(membership: Membership, *, by: Person) -> Membership:
    """Say that they work here: from now on they read and take part. Raises Denied, or Refused (answered already)."""
    _hold_waiting(membership, by=by)
    membership.started_at = membership.confirmed_at = clock.now()
    audit.record(
        audit.Act.JOINING_CONFIRMED,
        membership.organisation,
        by=by,
        person=membership.person.name,
        job=membership.job,
    )
    people.settle(membership.organisation)
    first_words.open_those_of(membership)
    return membership


def turn_down(membership: Membership, *, by: Person) -> Membership:
    """Say that they do not work here. Their account stays, and what they wrote. Raises Denied or Refused."""
    _hold_waiting(membership, by=by)
    membership.ended_at = clock.now()
    audit.record(audit.Act.JOINING_TURNED_DOWN, membership.organisation, by=by, person=membership.person.name)
    db.session.flush()
    return membership


def _hold_waiting(membership: Membership, *, by: Person) -> None:
    db.session.refresh(membership, with_for_update={"of": Membership})
    demand(by, Action.CONFIRM_JOINER, membership)
    if not membership.is_waiting:
        raise Refused("Somebody has answered this already.")
