"""Measures: what would show that it is less bad, and the readings of it."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base, closed_set

if TYPE_CHECKING:
    from .idea import Idea


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


class Measure(Base):
    """What would show it: a name, a unit, and which way is less bad."""

    __tablename__ = "measures"
    __table_args__ = (sa.UniqueConstraint("idea_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"))
    name: Mapped[str] = mapped_column(sa.String(120))
    unit: Mapped[str] = mapped_column(sa.String(60))
    direction: Mapped[Direction] = mapped_column(closed_set(Direction))
    #: the day from which the change counts; readings before it are the baseline
    changed_on: Mapped[dt.date | None]
    #: its numbers are made up, to show how Headroom works
    is_illustrative: Mapped[bool] = mapped_column(default=False)

    idea: Mapped[Idea] = relationship(back_populates="measures")
    readings: Mapped[list[Reading]] = relationship(
        back_populates="measure", order_by="Reading.taken_on", cascade="all, delete-orphan"
    )


class Reading(Base):
    """One dated value of a measure."""

    __tablename__ = "readings"
    __table_args__ = (sa.UniqueConstraint("measure_id", "taken_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(sa.ForeignKey("measures.id"))
    taken_on: Mapped[dt.date]
    value: Mapped[float]
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    entered_at: Mapped[dt.datetime]

    measure: Mapped[Measure] = relationship(back_populates="readings")
