"""Happenings: what happened on a day and may have moved the readings, like a new rota."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base

if TYPE_CHECKING:
    from .idea import Idea


class Happening(Base):
    """What happened on a day, in a few words. It stands on every chart of the idea."""

    __tablename__ = "happenings"
    __table_args__ = (sa.CheckConstraint("length(words) > 0", name="says_something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"), index=True)
    happened_on: Mapped[dt.date]
    words: Mapped[str] = mapped_column(sa.String(120))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    noted_at: Mapped[dt.datetime]

    idea: Mapped[Idea] = relationship(back_populates="happenings")
