"""The weekly minute: what somebody of the team answered for all, once a week, while the idea is tried."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas import clock
from ideas.db import Base, closed_set
from ideas.text import dates

if TYPE_CHECKING:
    from .barrier import Barrier
    from .idea import Idea
    from .measure import Reading
    from .person import Person
    from .sponsorship import Pledge


@dataclasses.dataclass(frozen=True)
class Week:
    """A week of a trial, Monday to Sunday in London, and which one it is: the one in which it began is the first."""

    starts_on: dt.date
    number: int

    @classmethod
    def holding(cls, day: dt.date, *, began_on: dt.date) -> Week:
        """The week in which this day is, of what began on that day."""
        monday = clock.monday(day)
        return cls(monday, max(1, (monday - clock.monday(began_on)).days // 7 + 1))

    @property
    def ends_on(self) -> dt.date:
        """Its Sunday."""
        return self.starts_on + dt.timedelta(days=6)

    @property
    def words(self) -> str:
        """Its days: "16 to 22 November"."""
        return dates.span(self.starts_on, self.ends_on)


class Kept(enum.StrEnum):
    """Whether the team got what was pledged."""

    #: all of it
    YES = "yes"
    #: some of it
    PARTLY = "partly"
    #: none of it
    NO = "no"

    @property
    def words(self) -> str:
        """The answer on the screen."""
        return "Some" if self is Kept.PARTLY else self.value.capitalize()


class WeeklyMinute(Base):
    """How one week was, or that there was nothing to report. What is worse is its note."""

    __tablename__ = "weekly_minutes"
    __table_args__ = (
        sa.UniqueConstraint("idea_id", "week_starts_on"),
        sa.CheckConstraint("number > 0", name="number"),
        sa.CheckConstraint("(changed_at IS NULL) = (changed_by_id IS NULL)", name="changed_by_somebody"),
        sa.CheckConstraint("NOT is_skipped OR (worse = '' AND had_time IS NULL)", name="skipped_says_nothing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"))
    #: its Monday
    week_starts_on: Mapped[dt.date]
    #: which week of the trial it is
    number: Mapped[int]
    answered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    answered_at: Mapped[dt.datetime]
    #: who put it right last, and when
    changed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    changed_at: Mapped[dt.datetime | None]
    #: counts how often it was written; who puts right an older one is told
    version: Mapped[int] = mapped_column(default=1)
    #: somebody said that there is nothing to report
    is_skipped: Mapped[bool] = mapped_column(default=False)
    #: whether the team had the time, where nobody pledged any
    had_time: Mapped[Kept | None] = mapped_column(closed_set(Kept))
    #: what is worse than before, for anybody
    worse: Mapped[str] = mapped_column(default="")

    idea: Mapped[Idea] = relationship(back_populates="weekly_minutes")
    answered_by: Mapped[Person] = relationship(foreign_keys=[answered_by_id])
    changed_by: Mapped[Person | None] = relationship(foreign_keys=[changed_by_id])
    readings: Mapped[list[Reading]] = relationship(back_populates="weekly_minute", order_by="Reading.measure_id")
    pledge_weeks: Mapped[list[PledgeWeek]] = relationship(
        back_populates="weekly_minute", order_by="PledgeWeek.pledge_id", cascade="all, delete-orphan"
    )
    barrier: Mapped[Barrier | None] = relationship(back_populates="weekly_minute", cascade="all, delete-orphan")

    @property
    def week(self) -> Week:
        """Which week it is about."""
        return Week(self.week_starts_on, self.number)

    @property
    def is_emptied(self) -> bool:
        """Whether all that it said was taken out since: its number, on the evidence page."""
        return not (
            self.is_skipped or self.readings or self.pledge_weeks or self.had_time or self.barrier or self.worse
        )

    @property
    def in_the_way(self) -> str:
        """What was in the way; empty when nothing was."""
        return self.barrier.text if self.barrier else ""


class PledgeWeek(Base):
    """One week of a pledge: whether the team got it."""

    __tablename__ = "pledge_weeks"
    __table_args__ = (sa.UniqueConstraint("weekly_minute_id", "pledge_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    weekly_minute_id: Mapped[int] = mapped_column(sa.ForeignKey("weekly_minutes.id"))
    pledge_id: Mapped[int] = mapped_column(sa.ForeignKey("pledges.id"), index=True)
    kept: Mapped[Kept] = mapped_column(closed_set(Kept))

    weekly_minute: Mapped[WeeklyMinute] = relationship(back_populates="pledge_weeks")
    pledge: Mapped[Pledge] = relationship()
