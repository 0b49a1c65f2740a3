"""Password links: somebody who looks after people lets one of them choose a new password."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock, logs
from ideas.access import Action, demand, may
from ideas.db import db
from ideas.models import Credential, PasswordLink, Person
from ideas.text import tokens

from . import audit, passwords, sessions
from .errors import Refused

if TYPE_CHECKING:
    from ideas.models import Membership

#: How long a link can be used.
KEPT = dt.timedelta(minutes=60)


def make(membership: Membership, *, by: Person) -> tuple[PasswordLink, str]:
    """Make a link for somebody of one's organisation. Returns the token too: it is shown once, only its hash is kept.

    Raises Denied, or Refused for somebody who does not belong there now.
    """
    demand(by, Action.RESET_PASSWORD, membership)
    if not membership.is_active:
        raise Refused(f"{membership.person.name} does not belong to {membership.organisation.name} now.")
    made = _make(PasswordLink(person=membership.person, membership=membership, made_by=by))
    audit.record(audit.Act.PASSWORD_LINK_MADE, membership.organisation, by=by, person=membership.person.name)
    return made


def make_for(person: Person) -> tuple[PasswordLink, str]:
    """Make a link for anybody, as whoever runs Headroom may. Where they belong, the audit says so."""
    made = _make(PasswordLink(person=person))
    for organisation in person.organisations:
        audit.record(audit.Act.PASSWORD_LINK_MADE, organisation, by=None, person=person.name)
    return made


def _make(link: PasswordLink) -> tuple[PasswordLink, str]:
    token = tokens.draw()
    link.token_hash = tokens.hashed(token)
    link.made_at = clock.now()
    link.expires_at = link.made_at + KEPT
    db.session.add(link)
    db.session.flush()
    logs.security.info("password link made", person=link.person_id, by=link.made_by_id)
    return link, token


def find(token: str) -> PasswordLink | None:
    """The link with this token, used up or not. Whoever holds it may ask."""
    return db.session.scalar(sa.select(PasswordLink).where(PasswordLink.token_hash == tokens.hashed(token)))


def refuse_unless_open(link: PasswordLink) -> None:
    """Go on only with a link that holds. Raises Refused, with what to do.

    Not one that was used or has run out, nor one made before the password was last changed, nor one from somebody
    who could not make it now: they left, or the person has come to belong elsewhere too.
    """
    credential = db.session.get(Credential, link.person_id)
    is_older = credential is not None and credential.changed_at >= link.made_at
    is_over = link.used_at is not None or link.expires_at <= clock.now()
    if is_over or is_older or not _could_be_made_now(link):
        raise Refused("This link does not work any more. Ask for a new one where you got it.")


def _could_be_made_now(link: PasswordLink) -> bool:
    if link.membership is None:
        return True
    return link.membership.is_active and bool(may(link.made_by, Action.RESET_PASSWORD, link.membership))


def use(link: PasswordLink, password: str) -> Person:
    """Choose a new password. The link is used up, so are all others of this person, and they are signed out everywhere.

    It signs nobody in: who chose the password types it once more, and knows that it works. Raises Refused or Invalid.
    """
    # One at a time for a person: of two links at the same moment, one sets the password.
    db.session.execute(sa.select(Person.id).where(Person.id == link.person_id).with_for_update(key_share=True))
    db.session.expire_all()
    refuse_unless_open(link)
    passwords.check_choice(password, link.person)
    passwords.set_password(link.person, password)
    link.used_at = clock.now()
    db.session.flush()
    sessions.end_all(link.person)
    logs.security.info("password changed by link", person=link.person_id)
    return link.person


def sweep_old() -> int:
    """Delete links that can be used no more. Returns how many."""
    over = sa.delete(PasswordLink).where(PasswordLink.expires_at < clock.now())
    return db.session.execute(over).rowcount  # type: ignore[attr-defined, no-any-return]
