"""Corrections: what a reading was before it was put right or taken out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base

if TYPE_CHECKING:
    from .measure import Measure
    from .person import Person


class Correction(Base):
    """A reading was one thing and became another, or went, then, by whom."""

    __tablename__ = "corrections"
    __table_args__ = (sa.CheckConstraint("(became_on IS NULL) = (became_value IS NULL)", name="becomes_whole"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(sa.ForeignKey("measures.id"), index=True)
    #: which reading it was: its row may be gone; none in what was kept before this was
    reading_id: Mapped[int | None] = mapped_column(index=True)
    was_on: Mapped[dt.date]
    was_value: Mapped[float]
    #: none: it was taken out
    became_on: Mapped[dt.date | None]
    became_value: Mapped[float | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    corrected_at: Mapped[dt.datetime]

    measure: Mapped[Measure] = relationship(back_populates="corrections")
    by: Mapped[Person | None] = relationship(lazy="joined")
