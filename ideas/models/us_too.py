"""Us too: somebody says that it affects them as well, with the place and the job it comes from."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base

if TYPE_CHECKING:
    from .idea import Idea
    from .organisation import Organisation
    from .person import Person


class UsToo(Base):
    """It affects this person too, where they work and in their job. Deleted when they take it back.

    Who said it is for nobody else to see: a page shows the places and the jobs, apart from each other.
    """

    __tablename__ = "us_toos"
    __table_args__ = (
        sa.UniqueConstraint("idea_id", "person_id"),
        sa.CheckConstraint("length(job) > 0", name="comes_from_a_job"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisations.id"))
    #: the ward, home, round or desk; empty: the whole organisation
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    job: Mapped[str] = mapped_column(sa.String(120))
    #: the day alone: an hour could tell who it was
    said_on: Mapped[dt.date]

    idea: Mapped[Idea] = relationship()
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation] = relationship(lazy="joined")
