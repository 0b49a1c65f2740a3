"""Cycles: one round of plan, do, study and act, for teams that want it."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base, closed_set

if TYPE_CHECKING:
    from .idea import Idea


class CycleStep(enum.StrEnum):
    """What a cycle waits for. Once it has begun, what was planned and predicted stays as it was."""

    #: it is planned, and may begin
    START = "start"
    #: it has begun, and nobody has said what happened
    REPORT = "report"
    #: nobody has said what it taught
    STUDY = "study"
    #: nobody has said what comes of it
    ACT = "act"

    @property
    def words(self) -> str:
        """The step on the screen, as something to do."""
        return {
            CycleStep.START: "Start it",
            CycleStep.REPORT: "Say what happened",
            CycleStep.STUDY: "Say what you learned",
            CycleStep.ACT: "Say what comes of it",
        }[self]


class Foresight(enum.StrEnum):
    """Whether it went as they had thought."""

    AS_PREDICTED = "as_predicted"
    PARTLY = "partly"
    NOT = "not"

    @property
    def words(self) -> str:
        """How it went, on the screen."""
        return {
            Foresight.AS_PREDICTED: "As we thought",
            Foresight.PARTLY: "Partly as we thought",
            Foresight.NOT: "Not as we thought",
        }[self]


class CycleEnd(enum.StrEnum):
    """What came of a cycle."""

    #: it is done so from now on
    ADOPT = "adopt"
    #: something changes, and it goes round again
    ADAPT = "adapt"
    #: it is not done any more
    ABANDON = "abandon"

    @property
    def words(self) -> str:
        """What came of it, on the screen."""
        return {
            CycleEnd.ADOPT: "Kept",
            CycleEnd.ADAPT: "To be changed",
            CycleEnd.ABANDON: "Dropped",
        }[self]


class Cycle(Base):
    """What they try and what they think will happen; then from when, what happened, what they learned, what came of it.

    The database refuses another plan, prediction or first day once it has begun: `immutable.KEPT_ONCE`.
    """

    __tablename__ = "cycles"
    __table_args__ = (
        sa.UniqueConstraint("idea_id", "number"),
        sa.Index(
            "uq_cycles_open",
            "idea_id",
            unique=True,
            sqlite_where=sa.text("ended_as IS NULL"),
            postgresql_where=sa.text("ended_as IS NULL"),
        ),
        sa.CheckConstraint("length(attempt) > 0 AND length(prediction) > 0", name="is_planned"),
        sa.CheckConstraint("happened = '' OR started_on IS NOT NULL", name="begins_before_it_happens"),
        sa.CheckConstraint("foresight IS NULL OR happened <> ''", name="happens_before_it_teaches"),
        sa.CheckConstraint("(foresight IS NULL) = (learned = '')", name="teaches_something"),
        sa.CheckConstraint("ended_as IS NULL OR foresight IS NOT NULL", name="teaches_before_it_ends"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"))
    #: from 1, within its idea
    number: Mapped[int]
    #: what they will try
    attempt: Mapped[str]
    #: what they think will happen
    prediction: Mapped[str]
    #: the first day on which it was done
    started_on: Mapped[dt.date | None]
    happened: Mapped[str] = mapped_column(default="")
    foresight: Mapped[Foresight | None] = mapped_column(closed_set(Foresight))
    learned: Mapped[str] = mapped_column(default="")
    ended_as: Mapped[CycleEnd | None] = mapped_column(closed_set(CycleEnd))
    #: what changes the next time, or why it is kept or dropped
    ended_because: Mapped[str] = mapped_column(default="")

    idea: Mapped[Idea] = relationship(back_populates="cycles")

    @property
    def awaits(self) -> CycleStep | None:
        """Its next step; none once it has ended."""
        if self.started_on is None:
            return CycleStep.START
        if not self.happened:
            return CycleStep.REPORT
        if self.foresight is None:
            return CycleStep.STUDY
        return CycleStep.ACT if self.ended_as is None else None

    @property
    def is_open(self) -> bool:
        """Whether something of it is still to come."""
        return self.ended_as is None

    @property
    def is_locked(self) -> bool:
        """Whether its plan and prediction stay as they are."""
        return self.started_on is not None
