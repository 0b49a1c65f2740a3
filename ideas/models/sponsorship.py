"""Sponsors: leaders who back an idea, and what they bring."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base, closed_set

if TYPE_CHECKING:
    from .idea import Idea
    from .person import Person


class PledgeKind(enum.StrEnum):
    """What a sponsor brings."""

    #: hours that nothing else may take
    PROTECTED_TIME = "protected_time"
    #: pounds
    MONEY = "money"
    #: somebody to stand in
    COVER = "cover"
    #: things
    EQUIPMENT = "equipment"
    #: getting something out of the way
    CLEARING = "clearing"

    @property
    def words(self) -> str:
        """The kind on the screen."""
        return "Clearing the way" if self is PledgeKind.CLEARING else self.value.replace("_", " ").capitalize()


class Unit(enum.StrEnum):
    """What an amount counts."""

    #: hours a week
    HOURS_A_WEEK = "hours_a_week"
    #: pounds sterling
    POUNDS = "pounds"
    #: days
    DAYS = "days"
    #: things
    ITEMS = "items"


class Sponsorship(Base):
    """A leader asked to back an idea, and what they answered."""

    __tablename__ = "sponsorships"
    __table_args__ = (
        sa.UniqueConstraint("idea_id", "person_id"),
        sa.CheckConstraint("(accepted IS NULL) = (answered_at IS NULL)", name="answered"),
        sa.CheckConstraint("accepted IS NULL OR accepted OR length(reason) > 0", name="a_no_has_its_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    asked_at: Mapped[dt.datetime]
    answered_at: Mapped[dt.datetime | None]
    accepted: Mapped[bool | None]
    #: why they declined
    reason: Mapped[str] = mapped_column(default="")

    idea: Mapped[Idea] = relationship(back_populates="sponsorships")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    pledges: Mapped[list[Pledge]] = relationship(back_populates="sponsorship", lazy="selectin", order_by="Pledge.id")

    @property
    def is_asked(self) -> bool:
        """Whether their answer is still owed."""
        return self.accepted is None

    @property
    def is_accepted(self) -> bool:
        """Whether they back it."""
        return self.accepted is True

    @property
    def has_ended(self) -> bool:
        """Whether they backed it until they left: a plain no has no pledge."""
        return self.accepted is False and bool(self.pledges)


class Pledge(Base):
    """What a sponsor brings: a kind, how much, and a word about it."""

    __tablename__ = "pledges"
    __table_args__ = (sa.CheckConstraint("amount IS NULL OR amount > 0", name="amount"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sponsorship_id: Mapped[int] = mapped_column(sa.ForeignKey("sponsorships.id"), index=True)
    kind: Mapped[PledgeKind] = mapped_column(closed_set(PledgeKind))
    amount: Mapped[decimal.Decimal | None]
    unit: Mapped[Unit | None] = mapped_column(closed_set(Unit))
    note: Mapped[str] = mapped_column(sa.String(300), default="")

    sponsorship: Mapped[Sponsorship] = relationship(back_populates="pledges")

    @property
    def words(self) -> str:
        """The pledge in one line: "3.5 hours a week, protected time: Tuesday afternoons"."""
        how_much = self._amount_words
        kind = self.kind.words
        said = f"{how_much}, {kind.lower()}" if how_much else kind
        return f"{said}: {self.note}" if self.note else said

    @property
    def _amount_words(self) -> str:
        if self.amount is None:
            return ""
        number = f"{self.amount.normalize():,f}"
        match self.unit:
            case Unit.POUNDS:
                return f"£{number}"
            case None:
                return number
            case _:
                noun, _, rest = self.unit.value.partition("_")
                words = noun.removesuffix("s") if number == "1" else noun
                return " ".join([number, words, *rest.split("_")]).rstrip()
