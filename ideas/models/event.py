"""Events: what happened, once each; history, and later notifications, are read from these."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base

if TYPE_CHECKING:
    from .idea import Idea
    from .person import Person


class Event(Base):
    """Something that happened to an idea, then, by whom."""

    __tablename__ = "events"
    __table_args__ = (sa.Index("ix_events_idea_id_id", "idea_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: noun.past_verb, as `ideas.domain.events.Kind` lists them
    kind: Mapped[str] = mapped_column(sa.String(60))
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    happened_at: Mapped[dt.datetime] = mapped_column(index=True)
    #: the names and dates that the sentence needs, as they were then
    payload: Mapped[dict[str, Any]]

    idea: Mapped[Idea] = relationship(back_populates="events")
    by: Mapped[Person | None] = relationship(lazy="joined")
