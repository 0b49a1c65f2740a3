"""Barriers: what is in the way of an idea."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base

if TYPE_CHECKING:
    from .idea import Idea
    from .weekly_minute import WeeklyMinute


class Barrier(Base):
    """Something in the way, in the words of the team, as it was said of one week."""

    __tablename__ = "barriers"
    __table_args__ = (sa.CheckConstraint("length(text) > 0", name="said"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"), index=True)
    weekly_minute_id: Mapped[int] = mapped_column(sa.ForeignKey("weekly_minutes.id"), unique=True)
    text: Mapped[str]
    raised_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    raised_at: Mapped[dt.datetime]

    idea: Mapped[Idea] = relationship()
    weekly_minute: Mapped[WeeklyMinute] = relationship(back_populates="barrier")
