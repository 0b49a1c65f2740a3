"""Measures: what would show that it is less bad, and the readings of it."""

from __future__ import annotations

import datetime as dt
import enum
import itertools
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from ideas.db import Base, closed_set

if TYPE_CHECKING:
    from .correction import Correction
    from .idea import Idea
    from .rebase import Rebase
    from .weekly_minute import WeeklyMinute


class Direction(enum.StrEnum):
    """Which way is less bad."""

    #: fewer is less bad
    LOWER = "lower"
    #: more is less bad
    HIGHER = "higher"

    @property
    def words(self) -> str:
        """The direction on the screen."""
        return f"{self.value.capitalize()} is less bad"


class MeasureKind(enum.StrEnum):
    """What a measure is for."""

    #: what matters to people
    OUTCOME = "outcome"
    #: whether the change is being made
    PROCESS = "process"
    #: what the change could make worse
    BALANCING = "balancing"

    @property
    def words(self) -> str:
        """What it tells, on the screen."""
        return {
            MeasureKind.OUTCOME: "What matters to people",
            MeasureKind.PROCESS: "Whether we do it",
            MeasureKind.BALANCING: "What could become worse",
        }[self]


class Rhythm(enum.StrEnum):
    """How often it is counted."""

    #: every day
    DAY = "day"
    #: once a week
    WEEK = "week"
    #: every two weeks
    FORTNIGHT = "fortnight"
    #: once a month
    MONTH = "month"
    #: each time it happens; what is drawn are the days between
    EVENT = "event"

    @property
    def words(self) -> str:
        """The rhythm on the screen."""
        return {
            Rhythm.DAY: "Every day",
            Rhythm.WEEK: "Once a week",
            Rhythm.FORTNIGHT: "Every two weeks",
            Rhythm.MONTH: "Once a month",
            Rhythm.EVENT: "Each time it happens",
        }[self]

    @property
    def days(self) -> int | None:
        """How many days lie between two readings; None where nobody knows."""
        return {Rhythm.DAY: 1, Rhythm.WEEK: 7, Rhythm.FORTNIGHT: 14, Rhythm.MONTH: 30}.get(self)


class Measure(Base):
    """What would show it: a name, a unit, and which way is less bad."""

    __tablename__ = "measures"
    __table_args__ = (sa.UniqueConstraint("idea_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"))
    name: Mapped[str] = mapped_column(sa.String(120))
    unit: Mapped[str] = mapped_column(sa.String(60))
    direction: Mapped[Direction] = mapped_column(closed_set(Direction))
    kind: Mapped[MeasureKind] = mapped_column(closed_set(MeasureKind), default=MeasureKind.OUTCOME)
    #: what exactly is counted, and of whom
    definition: Mapped[str] = mapped_column(default="")
    target: Mapped[float | None]
    #: where it is counted
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    rhythm: Mapped[Rhythm] = mapped_column(closed_set(Rhythm), default=Rhythm.WEEK)
    #: the day from which the team says that the change counts; none: from the start of the trial
    own_changed_on: Mapped[dt.date | None]
    #: why it counts from another day than the start of the trial
    own_changed_because: Mapped[str] = mapped_column(default="")
    #: how many readings it has, and the day of the newest: kept here for pages that show none
    reading_count: Mapped[int] = mapped_column(default=0)
    last_taken_on: Mapped[dt.date | None]
    #: its numbers are made up, to show how Headroom works
    is_illustrative: Mapped[bool] = mapped_column(default=False)

    idea: Mapped[Idea] = relationship(back_populates="measures")
    readings: Mapped[list[Reading]] = relationship(
        back_populates="measure", order_by="Reading.taken_on", cascade="all, delete-orphan"
    )
    #: what its readings were before they were put right or taken out: they may be very many, so none comes by itself
    corrections: WriteOnlyMapped[Correction] = relationship(
        back_populates="measure", order_by="Correction.id", passive_deletes=True
    )
    rebases: Mapped[list[Rebase]] = relationship(
        back_populates="measure", order_by="Rebase.starts_on", cascade="all, delete-orphan"
    )

    @property
    def changed_on(self) -> dt.date | None:
        """The day from which the change counts; readings before it are the baseline. None: it has not started."""
        return self.own_changed_on or self.idea.trial_started_on

    @property
    def counts_days_between(self) -> bool:
        """Whether it is so rare that the days between are counted."""
        return self.rhythm is Rhythm.EVENT

    @property
    def unit_of_a_reading(self) -> str:
        """The unit beside a number in a sentence: "8 days", not "8 days between"."""
        return "days" if self.counts_days_between else self.unit

    @property
    def series(self) -> list[tuple[dt.date, float]]:
        """What is drawn and judged, earliest first; of rare things the days since the one before."""
        if self.counts_days_between:
            days = sorted(reading.taken_on for reading in self.readings)
            return [(day, float((day - before).days)) for before, day in itertools.pairwise(days)]
        return sorted((reading.taken_on, reading.value) for reading in self.readings)


class Reading(Base):
    """One dated value of a measure."""

    __tablename__ = "readings"
    #: SQLite never gives the number of a reading that was taken out to another: somebody may be correcting it still.
    __table_args__ = (sa.UniqueConstraint("measure_id", "taken_on"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(sa.ForeignKey("measures.id"))
    taken_on: Mapped[dt.date]
    value: Mapped[float]
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    entered_at: Mapped[dt.datetime]
    #: the weekly minute in which the team gave it
    weekly_minute_id: Mapped[int | None] = mapped_column(sa.ForeignKey("weekly_minutes.id"), index=True)
    #: counts its corrections, so that whoever corrects it from what is no longer there is told
    version: Mapped[int] = mapped_column(default=1)

    measure: Mapped[Measure] = relationship(back_populates="readings")
    weekly_minute: Mapped[WeeklyMinute | None] = relationship(back_populates="readings")
