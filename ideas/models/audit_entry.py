"""The audit of an organisation: what was done to its people and its details. For looking into; it drives nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base

from .person import Person


class AuditEntry(Base):
    """Somebody did this to an organisation, then. Never edited: the database refuses."""

    __tablename__ = "audit_entries"
    __table_args__ = (sa.Index("ix_audit_entries_organisation_id_id", "organisation_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisations.id"))
    #: noun.past_verb, as `ideas.domain.audit.Act` lists them
    act: Mapped[str] = mapped_column(sa.String(60))
    #: nobody: whoever runs Headroom, by a command
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    happened_at: Mapped[dt.datetime]
    #: the names that the sentence needs, as they were then
    payload: Mapped[dict[str, Any]]

    by: Mapped[Person | None] = relationship(lazy="joined")
