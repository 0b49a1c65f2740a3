"""Sessions: one signed-in browser, which can be ended from elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base

if TYPE_CHECKING:
    from .person import Person


class Session(Base):
    """A signed-in browser. The cookie holds a random token; here is only its SHA-256."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    #: the browser in plain words ("Chrome on Android"), to tell one's devices apart
    device: Mapped[str] = mapped_column(sa.String(80))
    #: others use the device too: whoever signed in asked to be signed out soon
    is_shared: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    created_at: Mapped[dt.datetime]
    last_used_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]

    person: Mapped[Person] = relationship(lazy="joined")
