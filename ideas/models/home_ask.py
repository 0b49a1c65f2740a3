"""Asked of us: an idea hurts in one organisation and must change in another, which owes an answer."""

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
    from .organisation import Organisation
    from .person import Person


class HomeAnswer(enum.StrEnum):
    """What an organisation can answer."""

    #: we take it: somebody carries it here, or was asked to
    TAKE = "take"
    #: not ours: somebody else's, or it looks for a host
    NOT_OURS = "not_ours"


class HomeAsk(Base):
    """An organisation asked whether it takes an idea on, by when, and what it answered. Once, never edited."""

    __tablename__ = "home_asks"
    __table_args__ = (
        sa.Index(
            "uq_home_asks_open",
            "idea_id",
            unique=True,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by_id IS NULL)", name="answered"
        ),
        sa.CheckConstraint("answer = 'not_ours' OR (passed_to_id IS NULL AND reason = '')", name="takes_it_as_it_is"),
        sa.CheckConstraint(
            "answer <> 'not_ours' OR passed_to_id IS NOT NULL OR length(reason) > 0", name="not_ours_says_whose_or_why"
        ),
        sa.CheckConstraint("passed_to_id IS NULL OR passed_to_id <> organisation_id", name="passed_to_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisations.id"), index=True)
    #: none: nobody's name stands behind it
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    asked_at: Mapped[dt.datetime]
    #: none while nobody leads there: the clock starts when somebody does
    due_on: Mapped[dt.date | None]
    answer: Mapped[HomeAnswer | None] = mapped_column(closed_set(HomeAnswer))
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    answered_at: Mapped[dt.datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    #: not ours: the organisation that is asked instead
    passed_to_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisations.id"))

    idea: Mapped[Idea] = relationship(back_populates="home_asks")
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], lazy="joined")
    passed_to: Mapped[Organisation | None] = relationship(foreign_keys=[passed_to_id], lazy="joined")
    asked_by: Mapped[Person | None] = relationship(foreign_keys=[asked_by_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])

    @property
    def is_open(self) -> bool:
        """Whether the answer is owed."""
        return self.answered_at is None

    @property
    def is_overdue(self) -> bool:
        """Whether its due day is over and no answer has come."""
        return self.is_open and self.due_on is not None and self.due_on < clock.today()
