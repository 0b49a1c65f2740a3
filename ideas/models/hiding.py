"""Hidings: an idea kept from everybody but its team, by whom and why, until somebody shows it again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base, closed_set

from .audience import Audience

if TYPE_CHECKING:
    from .idea import Idea
    from .person import Person


class Hiding(Base):
    """An idea was hidden, then, by whom, and why. Shown again: by whom, and when."""

    __tablename__ = "hidings"
    __table_args__ = (
        sa.Index(
            "uq_hidings_open",
            "idea_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.CheckConstraint("length(reason) > 0", name="has_its_reason"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"), index=True)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    hidden_at: Mapped[dt.datetime]
    reason: Mapped[str]
    #: who could read it before, and can again when it is shown again
    was: Mapped[Audience] = mapped_column(closed_set(Audience))
    ended_at: Mapped[dt.datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))

    idea: Mapped[Idea] = relationship(back_populates="hidings")
    by: Mapped[Person] = relationship(foreign_keys=[by_id], lazy="joined")

    @property
    def is_in_force(self) -> bool:
        """Whether it keeps the idea from others now."""
        return self.ended_at is None
