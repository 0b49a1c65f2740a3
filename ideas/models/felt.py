"""Felt: what the people whom a trial touched say, apart from the chart: is it less bad for you now?"""

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

#: So many answers there must be before any is shown.
FEWEST = 5


class Felt(enum.StrEnum):
    """An answer to: is it less bad for you now?"""

    #: yes
    LESS_BAD = "less_bad"
    #: neither
    SAME = "same"
    #: no
    WORSE = "worse"

    @property
    def words(self) -> str:
        """The answer on its button."""
        return {"less_bad": "Yes, less bad", "same": "About the same", "worse": "No, worse"}[self.value]


class Moment(enum.StrEnum):
    """When those whom it touched are asked."""

    #: the trial's time is up, or it left trying
    END = "end"
    #: three months after it left trying
    LATER = "later"

    @property
    def words(self) -> str:
        """The moment on the screen."""
        return "When the trial ended" if self is Moment.END else "Three months on"


class FeltRound(Base):
    """One asking of all who said "us too" where it was tried. Closed, it keeps numbers alone, never whose they are."""

    __tablename__ = "felt_rounds"
    __table_args__ = (
        sa.UniqueConstraint("idea_id", "moment", "trial"),
        sa.CheckConstraint("asked > 0", name="somebody_is_asked"),
        sa.CheckConstraint("(closed_at IS NULL) = (answered IS NULL)", name="counted_when_closed"),
        sa.CheckConstraint(
            "(less_bad IS NULL AND same IS NULL AND worse IS NULL) OR "
            f"(answered >= {FEWEST} AND less_bad + same + worse = answered)",
            name="five_or_nothing",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"))
    moment: Mapped[Moment] = mapped_column(closed_set(Moment))
    #: which trial of the idea it is about: the first, the second
    trial: Mapped[int]
    asked_on: Mapped[dt.date]
    #: the last day on which an answer is taken, or changed
    closes_on: Mapped[dt.date] = mapped_column(index=True)
    closed_at: Mapped[dt.datetime | None]
    asked: Mapped[int]
    answered: Mapped[int | None]
    less_bad: Mapped[int | None]
    same: Mapped[int | None]
    worse: Mapped[int | None]

    idea: Mapped[Idea] = relationship(back_populates="felt_rounds")

    @property
    def is_open(self) -> bool:
        """Whether answers are taken now."""
        return self.closed_at is None and clock.today() <= self.closes_on

    @property
    def is_shown(self) -> bool:
        """Whether enough answered, so that it is told what they said."""
        return self.less_bad is not None

    @property
    def words(self) -> str:
        """What all said, in figures, once it is shown."""
        return f"{self.less_bad} less bad, {self.same} about the same, {self.worse} worse"


class FeltAsk(Base):
    """Somebody is asked, and what they answered. Deleted when the round closes: then nobody can tell whose it was."""

    __tablename__ = "felt_asks"
    __table_args__ = (sa.UniqueConstraint("round_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("felt_rounds.id"))
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    #: where they said "us too" from: whoever leaves it is asked no more
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisations.id"))
    closes_on: Mapped[dt.date]
    answer: Mapped[Felt | None] = mapped_column(closed_set(Felt))

    idea: Mapped[Idea] = relationship()
    person: Mapped[Person] = relationship()
    round: Mapped[FeltRound] = relationship()
