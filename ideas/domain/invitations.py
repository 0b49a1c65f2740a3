"""Invitations: a link that one person joins an organisation with."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ideas import clock
from ideas.access import Action, demand, may, visible
from ideas.db import db
from ideas.models import Invitation, Role
from ideas.text import tokens

from . import audit, first_words, joining, people
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.models import Idea, Membership, Organisation, Person

#: How long a link can be used.
KEPT = dt.timedelta(days=14)


def roles(organisation: Organisation, *, by: Person) -> list[Role]:
    """As what this person may invite somebody: who looks after its people as anything, its leaders as a member."""
    if may(by, Action.ADMINISTER, organisation):
        return list(Role)
    return [Role.MEMBER] if may(by, Action.INVITE, organisation) else []


def invite(
    organisation: Organisation, role: Role, *, by: Person, note: str = "", token: str = ""
) -> tuple[Invitation, str]:
    """Make a link for one person. Returns the token too: it is shown once, and only its hash is kept.

    A `token` that follows from a form makes one link, however often the form is sent. Raises Denied, Invalid for a
    role that this person may not give, or Refused when the form's link is used already.
    """
    demand(by, Action.INVITE, organisation)
    if role not in roles(organisation, by=by):
        raise Invalid("role", "Only somebody who looks after its people invites leaders and administrators.")
    return _make(organisation, role, by=by, note=" ".join(note.split()), token=token, told=role.words)


def nominate(idea: Idea, *, by: Person, token: str = "") -> tuple[Invitation, str]:
    """Make a link for the person who could lead the idea's home, where nobody does. They ask with it, and wait.

    Returns the token too, and takes one that follows from a form, as `invite`. Raises Denied, or Refused when the
    form's link is used already.
    """
    demand(by, Action.NOMINATE, idea)
    note, told = f"to lead there and answer {idea.ref}", "somebody who asks to lead"
    return _make(idea.home_organisation, Role.LEADER, by=by, note=note, token=token, told=told, only_asks=True)  # type: ignore[arg-type]


def _make(
    organisation: Organisation, role: Role, *, by: Person, note: str, token: str, told: str, only_asks: bool = False
) -> tuple[Invitation, str]:
    made = find(token) if token else None
    if made:
        refuse_unless_open(made)
        return made, token
    token = token or tokens.draw()
    moment = clock.now()
    invitation = Invitation(
        token_hash=tokens.hashed(token),
        organisation=organisation,
        role=role,
        only_asks=only_asks,
        note=note,
        made_by=by,
        made_at=moment,
        expires_at=moment + KEPT,
    )
    try:
        with db.session.begin_nested():
            db.session.add(invitation)
    except IntegrityError:
        # The same form arrived at the same moment, and was first.
        if made := find(token):
            return made, token
        raise
    audit.record(audit.Act.INVITATION_MADE, organisation, by=by, role=told)
    db.session.flush()
    return invitation, token


def open_ones(organisation: Organisation, *, reader: Person) -> Sequence[Invitation]:
    """The links that can still be used, the newest first, as the reader may see them."""
    can_be_used = sa.and_(
        Invitation.organisation_id == organisation.id,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > clock.now(),
    )
    found = visible(Invitation, reader).where(can_be_used).order_by(Invitation.id.desc())
    return db.session.scalars(found).unique().all()


def find(token: str) -> Invitation | None:
    """The invitation that this link opens, used up or not. Whoever holds the link may ask."""
    return db.session.scalars(_of(token)).unique().one_or_none()


def _of(token: str) -> sa.Select[Invitation]:
    return sa.select(Invitation).where(Invitation.token_hash == tokens.hashed(token))


def refuse_unless_open(invitation: Invitation) -> None:
    """Go on only with a link that holds: not used, taken back or run out, from somebody who may still invite so.

    Raises Refused, with what to do.
    """
    if invitation.only_asks:
        still_may = bool(invitation.made_by.active_memberships) and not invitation.organisation.has_leader
    else:
        still_may = invitation.role in roles(invitation.organisation, by=invitation.made_by)
    if not invitation.is_open or not still_may:
        raise Refused("This link does not work any more. Ask for a new one where you got it.")


def accept(invitation: Invitation, person: Person, *, job: str) -> Membership:
    """Join with a link, used up by it: who gave it said yes, or it only asks. Raises Refused or Invalid (no job)."""
    db.session.refresh(invitation, with_for_update={"of": Invitation})
    refuse_unless_open(invitation)
    if invitation.only_asks:
        membership = joining.ask_to_lead(person, invitation.organisation, job=job)
    else:
        membership = _let_in(person, invitation, job=job)
    invitation.accepted_at = clock.now()
    invitation.accepted_by_id = person.id
    audit.record(
        audit.Act.INVITATION_ACCEPTED,
        invitation.organisation,
        by=person,
        role=invitation.role.words,
        inviter=invitation.made_by.name,
    )
    db.session.flush()
    return membership


def _let_in(person: Person, invitation: Invitation, *, job: str) -> Membership:
    """Whoever waited there waits no more, and neither do the words that they said at a poster."""
    here = invitation.organisation
    waited = [each for each in person.memberships if each.is_waiting and each.organisation_id == here.id]
    membership = people.join(person, here, job=job, role=invitation.role)
    for each in waited:
        first_words.open_those_of(each)
    return membership


def revoke(invitation: Invitation, *, by: Person) -> Invitation:
    """Take a link back. One that was used stays as it is; twice changes nothing. Raises Denied."""
    db.session.refresh(invitation, with_for_update={"of": Invitation})
    demand(by, Action.INVITE, invitation)
    if invitation.is_open:
        invitation.revoked_at = clock.now()
        audit.record(audit.Act.INVITATION_REVOKED, invitation.organisation, by=by, role=invitation.role.words)
        db.session.flush()
    return invitation
