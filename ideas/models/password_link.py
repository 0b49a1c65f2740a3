"""Password links: with one, somebody who forgot their password chooses a new one."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base

from .organisation import Membership
from .person import Person


class PasswordLink(Base):
    """A link for one person, used once, within the hour. Here is only the hash of its token."""

    __tablename__ = "password_links"
    __table_args__ = (sa.CheckConstraint("(made_by_id IS NULL) = (membership_id IS NULL)", name="made_for_a_member"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    #: what they are where it was made; none: whoever runs Headroom made it, by a command
    membership_id: Mapped[int | None] = mapped_column(sa.ForeignKey("memberships.id"))
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    made_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    membership: Mapped[Membership | None] = relationship(foreign_keys=[membership_id])
    made_by: Mapped[Person | None] = relationship(foreign_keys=[made_by_id])
