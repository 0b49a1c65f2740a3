"""Sessions: signed-in browsers, kept on the server so that they can be ended from elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ideas import clock, logs
from ideas.db import db
from ideas.models import Person, Role, Session
from ideas.text import tokens

from . import passwords, people
from .errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

#: How long somebody stays signed in: without use, and in all.
IDLE, IN_ALL = dt.timedelta(hours=12), dt.timedelta(days=7)
#: The same for those who decide or look after others.
CAREFUL_IDLE, CAREFUL_IN_ALL = dt.timedelta(hours=2), dt.timedelta(hours=12)
#: The same on a device that others use too: a break, and a shift.
SHARED_IDLE, SHARED_IN_ALL = dt.timedelta(minutes=15), dt.timedelta(hours=12)
#: How old the note of the last use may get before it is written again; the second on a shared device.
_NOTED_EVERY, _SHARED_NOTED_EVERY = dt.timedelta(minutes=5), dt.timedelta(minutes=1)
#: Ended and run-out sessions are kept this long, then swept away.
KEPT = dt.timedelta(days=30)


def authenticate(sign_in: str, password: str) -> Person | None:
    """The person with this sign-in name and password; None when either is wrong."""
    person = people.with_sign_in(sign_in)
    if passwords.fits(person, password):
        return person
    logs.security.warning("sign-in failed", person=person.id if person else None)
    return None


def begin(person: Person, *, device: str, is_shared: bool = False) -> str:
    """Sign somebody in on a device, which others may use too. Returns the token for the cookie; its hash is kept."""
    token = tokens.draw()
    moment = clock.now()
    db.session.add(
        Session(
            token_hash=tokens.hashed(token),
            person=person,
            device=device,
            is_shared=is_shared,
            created_at=moment,
            last_used_at=moment,
        )
    )
    db.session.flush()
    logs.security.info("signed in", person=person.id)
    return token


_FIND = (
    sa.select(Session)
    .where(Session.token_hash == sa.bindparam("token_hash"))
    .options(joinedload(Session.person).joinedload(Person.memberships))
)


def find(token: str) -> Session | None:
    """The session of this token, if it still holds: not ended, not idle, not too old."""
    # With the memberships: the rights of whoever asks are needed on every page.
    session = db.session.scalars(_FIND, {"token_hash": tokens.hashed(token)}).unique().one_or_none()
    return session if session and holds(session) else None


def holds(session: Session) -> bool:
    """Whether somebody is still signed in by this session."""
    if session.ended_at is not None:
        return False
    careful = any(m.role in (Role.LEADER, Role.ADMIN) for m in session.person.active_memberships)
    idle, in_all = (CAREFUL_IDLE, CAREFUL_IN_ALL) if careful else (IDLE, IN_ALL)
    if session.is_shared:
        idle, in_all = min(idle, SHARED_IDLE), min(in_all, SHARED_IN_ALL)
    moment = clock.now()
    return moment - session.last_used_at <= idle and moment - session.created_at <= in_all


def needs_noting(session: Session) -> bool:
    """Whether the note of its last use is old enough to be written again."""
    every = _SHARED_NOTED_EVERY if session.is_shared else _NOTED_EVERY
    return clock.now() - session.last_used_at > every


def note_use(session_id: int) -> None:
    """Note that it was used now."""
    db.session.execute(sa.update(Session).where(Session.id == session_id).values(last_used_at=clock.now()))


def of(person: Person) -> Sequence[Session]:
    """Where this person is signed in now, newest first."""
    rows = db.session.scalars(
        sa.select(Session).where(Session.person_id == person.id, Session.ended_at.is_(None)).order_by(Session.id.desc())
    )
    return [session for session in rows if holds(session)]


def end(session: Session) -> Session:
    """Sign out there. Twice changes nothing."""
    if session.ended_at is None:
        session.ended_at = clock.now()
        db.session.flush()
        logs.security.info("signed out", person=session.person_id)
    return session


def end_all(person: Person) -> None:
    """Sign out everywhere: also where the session has run out, which a longer time in another role would revive."""
    begun = sa.select(Session).where(Session.person_id == person.id, Session.ended_at.is_(None))
    for session in db.session.scalars(begun.order_by(Session.id)).all():
        end(session)


def change_password(person: Person, *, current: str, new: str) -> None:
    """Take a new password in the place of the current one, and sign out everywhere. Raises Invalid."""
    if not passwords.fits(person, current):
        raise Invalid("current", "This is not your password now. Type it again.")
    if new == current:
        raise Invalid("new", "This is the password that you have. Choose another.")
    passwords.check_choice(new, person)
    passwords.set_password(person, new)
    logs.security.info("password changed", person=person.id)
    end_all(person)


def sweep_old() -> int:
    """Delete sessions that ended or were last used long ago. Returns how many."""
    before = clock.now() - KEPT
    old = sa.delete(Session).where(sa.or_(Session.ended_at < before, Session.last_used_at < before))
    return db.session.execute(old).rowcount  # type: ignore[attr-defined, no-any-return]
