"""Watches: what was adopted is looked at again after 3, 6 and 12 months."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas import clock
from ideas.db import Base, closed_set

if TYPE_CHECKING:
    from .idea import Idea
    from .person import Person

#: After so many months it is asked.
MONTHS = (3, 6, 12)


class StillUsed(enum.StrEnum):
    """Whether it is still in use."""

    #: as it was adopted
    YES = "yes"
    #: by some, or at some times
    PARTLY = "partly"
    #: by nobody
    NO = "no"

    @property
    def words(self) -> str:
        """The answer in a line."""
        return {"yes": "still used", "partly": "used in part", "no": "not used any more"}[self.value]


class StillLessBad(enum.StrEnum):
    """Whether it is still less bad than it was before."""

    #: it is
    YES = "yes"
    #: it is as it was, or worse
    NO = "no"
    #: nobody can say
    NOT_KNOWN = "not_known"

    @property
    def words(self) -> str:
        """The answer in a line."""
        return {
            "yes": "still less bad",
            "no": "not less bad any more",
            "not_known": "whether it is less bad is not known",
        }[self.value]


class Watch(Base):
    """What was adopted is asked about, so many months on, and what somebody answered."""

    __tablename__ = "watches"
    __table_args__ = (
        sa.UniqueConstraint("idea_id", "adoption", "months"),
        sa.CheckConstraint("months IN (3, 6, 12)", name="months"),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (used IS NULL) AND (answered_at IS NULL) = (answered_by_id IS NULL) "
            "AND (answered_at IS NULL) = (less_bad IS NULL)",
            name="answered_by_somebody",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"))
    #: which time it was adopted: the first, the second
    adoption: Mapped[int]
    months: Mapped[int]
    #: the day on which so many months are over
    due_on: Mapped[dt.date]
    answered_at: Mapped[dt.datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    used: Mapped[StillUsed | None] = mapped_column(closed_set(StillUsed))
    less_bad: Mapped[StillLessBad | None] = mapped_column(closed_set(StillLessBad))
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    #: who put the answer right last; the history has what was said before
    changed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    changed_at: Mapped[dt.datetime | None]
    #: counts its answers: 0 while there is none
    version: Mapped[int] = mapped_column(default=0)

    idea: Mapped[Idea] = relationship(back_populates="watches")
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
    changed_by: Mapped[Person | None] = relationship(foreign_keys=[changed_by_id])

    @property
    def is_answered(self) -> bool:
        """Whether somebody said."""
        return self.answered_at is not None

    @property
    def weeks_late(self) -> int:
        """How many whole weeks after its day it was answered, when that is more than four; else 0."""
        if self.answered_at is None:
            return 0
        weeks = (clock.day(self.answered_at) - self.due_on).days // 7
        return weeks if weeks > 4 else 0

    @property
    def words(self) -> str:
        """What is known of it: "still used, still less bad"; without an answer, "not known"."""
        if self.used is None or self.less_bad is None:
            return "not known"
        return self.used.words if self.used is StillUsed.NO else f"{self.used.words}, {self.less_bad.words}"
