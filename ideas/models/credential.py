"""Credentials: how a person proves who they are."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base

if TYPE_CHECKING:
    from .person import Person


class Credential(Base):
    """A person's password, as an argon2id hash."""

    __tablename__ = "credentials"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True)
    password_hash: Mapped[str] = mapped_column(sa.String(255))
    changed_at: Mapped[dt.datetime]

    person: Mapped[Person] = relationship()
