"""Invitations: a link that makes whoever opens it somebody of an organisation."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas import clock
from ideas.db import Base, closed_set

from .organisation import Organisation, Role
from .person import Person


class Invitation(Base):
    """A link to join an organisation in a role, for one person, until a day. Here is only the hash of its token."""

    __tablename__ = "invitations"
    __table_args__ = (
        sa.CheckConstraint("(accepted_at IS NULL) = (accepted_by_id IS NULL)", name="accepted_by_somebody"),
        sa.CheckConstraint("accepted_at IS NULL OR revoked_at IS NULL", name="accepted_or_revoked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisations.id"), index=True)
    role: Mapped[Role] = mapped_column(closed_set(Role))
    #: whoever opens it only asks, and waits for a yes: anybody may make such a link for a place where nobody leads
    only_asks: Mapped[bool] = mapped_column(default=False)
    #: whom it is for, in the words of who made it
    note: Mapped[str] = mapped_column(sa.String(120), default="")
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    made_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    accepted_at: Mapped[dt.datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    revoked_at: Mapped[dt.datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id], lazy="joined")

    @property
    def is_open(self) -> bool:
        """Whether somebody can still join with it."""
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > clock.now()
