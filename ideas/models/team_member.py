"""Teams: who carries an idea, and who was ever in it."""

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


class Place(enum.StrEnum):
    """What somebody was asked to be in the team."""

    #: said it; asked: a colleague entered it for them
    AUTHOR = "author"
    #: carries it
    OWNER = "owner"
    #: helps to carry it
    MEMBER = "member"


class TeamMember(Base):
    """Somebody asked into an idea's team, and what they said. Kept when they leave: it bars from deciding."""

    __tablename__ = "team_members"
    __table_args__ = (
        sa.Index(
            "uq_team_members_open",
            "idea_id",
            "person_id",
            "place",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.CheckConstraint("(accepted IS NULL) = (answered_at IS NULL)", name="answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    place: Mapped[Place] = mapped_column(closed_set(Place))
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    #: a leader of the home organisation asked: that owner need not be a member of it
    named_by_leader: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[dt.datetime]
    answered_at: Mapped[dt.datetime | None]
    accepted: Mapped[bool | None]
    #: left, was handed on, or said no
    ended_at: Mapped[dt.datetime | None]

    idea: Mapped[Idea] = relationship(back_populates="team_members")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    asked_by: Mapped[Person | None] = relationship(foreign_keys=[asked_by_id])

    @property
    def is_asked(self) -> bool:
        """Whether their answer is still owed."""
        return self.accepted is None and self.ended_at is None

    @property
    def is_asked_whether_theirs(self) -> bool:
        """Whether a colleague entered it for them, and they have not said yet that it is theirs."""
        return self.place is Place.AUTHOR and self.is_asked

    @property
    def is_active(self) -> bool:
        """Whether they are in the team now."""
        return self.accepted is True and self.ended_at is None
