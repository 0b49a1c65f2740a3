"""Lessons: what we tried, and why we stopped or kept it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base

if TYPE_CHECKING:
    from .idea import Idea
    from .person import Person
    from .sign_off import Decision


class Lesson(Base):
    """What was learned when an idea stopped: the team's words, or a decision's."""

    __tablename__ = "lessons"
    __table_args__ = (sa.CheckConstraint("length(text) > 0", name="says_something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"), index=True)
    text: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    #: the "no" that it comes from; none when the team wrote it
    decision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("decisions.id"))
    written_at: Mapped[dt.datetime]

    idea: Mapped[Idea] = relationship(back_populates="lessons")
    by: Mapped[Person | None] = relationship(lazy="joined")
    decision: Mapped[Decision | None] = relationship()
