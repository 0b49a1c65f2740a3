"""Stages, and the rows that say when an idea entered each."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base, closed_set

if TYPE_CHECKING:
    from .idea import Idea
    from .person import Person


class Stage(enum.StrEnum):
    """Where an idea stands."""

    #: said, and nothing else asked of it
    NEW = "new"
    #: somebody owns it and it is getting its plan
    PLANNING = "planning"
    #: a named leader has been asked
    SIGN_OFF = "sign-off"
    #: being tried until an end date
    TRYING = "trying"
    #: the way we work now
    ADOPTED = "adopted"
    #: stopped, with what was learned; stopped is not failed
    STOPPED = "stopped"

    @property
    def words(self) -> str:
        """The stage's name on the screen."""
        return self.value.capitalize()


class StageEntry(Base):
    """The idea entered a stage, then, by whom. Never edited: the database refuses."""

    __tablename__ = "stage_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"), index=True)
    stage: Mapped[Stage] = mapped_column(closed_set(Stage))
    entered_at: Mapped[dt.datetime]
    #: nobody, when Headroom itself moved it
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    #: the stage before, and the days spent there: the usual time in a stage is read from these
    came_from: Mapped[Stage | None] = mapped_column(closed_set(Stage), index=True)
    days_there: Mapped[int | None]

    idea: Mapped[Idea] = relationship(back_populates="stage_entries")
    by: Mapped[Person | None] = relationship(lazy="joined")
