"""Rebases: where a measure's limits begin anew, because what is counted is known to have changed for good."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base

if TYPE_CHECKING:
    from .measure import Measure
    from .person import Person


class Rebase(Base):
    """New limits, from a reading on, with the reason and who said so."""

    __tablename__ = "rebases"
    __table_args__ = (
        sa.UniqueConstraint("measure_id", "starts_on"),
        sa.CheckConstraint("length(reason) > 0", name="has_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(sa.ForeignKey("measures.id"))
    #: the day of the first reading that they hold for
    starts_on: Mapped[dt.date]
    reason: Mapped[str] = mapped_column(sa.String(300))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    said_at: Mapped[dt.datetime]

    measure: Mapped[Measure] = relationship(back_populates="rebases")
    by: Mapped[Person | None] = relationship(lazy="joined")
