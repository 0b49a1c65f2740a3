"""Attachments: files on a plan. The row says what it is; the file lies in the store, named after its content."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.adapters.files.kinds import FileKind
from ideas.db import Base, closed_set

if TYPE_CHECKING:
    from .idea import Idea
    from .person import Person

_ON_THE_PLAN = sa.text("removed_at IS NULL")


class Attachment(Base):
    """A file that the team added to a plan: its name and kind, and the SHA-256 of what is in it."""

    __tablename__ = "attachments"
    __table_args__ = (
        # No two of one name on a plan, and none twice: the case of a sign-off names them.
        sa.Index(
            "uq_attachments_name",
            "idea_id",
            "name",
            unique=True,
            sqlite_where=_ON_THE_PLAN,
            postgresql_where=_ON_THE_PLAN,
        ),
        sa.Index(
            "uq_attachments_sha256",
            "idea_id",
            "sha256",
            unique=True,
            sqlite_where=_ON_THE_PLAN,
            postgresql_where=_ON_THE_PLAN,
        ),
        sa.CheckConstraint("size > 0", name="not_empty"),
        sa.CheckConstraint("length(sha256) = 64", name="sha256"),
        sa.CheckConstraint("NOT is_evidence OR removed_at IS NOT NULL", name="evidence_is_removed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[FileKind] = mapped_column(closed_set(FileKind))
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    #: in bytes
    size: Mapped[int]
    added_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    added_at: Mapped[dt.datetime] = mapped_column(index=True)
    #: when the team took it off the plan
    removed_at: Mapped[dt.datetime | None]
    #: taken off the plan, and kept: somebody decided with it before them
    is_evidence: Mapped[bool] = mapped_column(default=False)

    idea: Mapped[Idea] = relationship(back_populates="all_attachments")
    added_by: Mapped[Person | None] = relationship(lazy="joined")

    @property
    def is_on_the_plan(self) -> bool:
        """Whether it is there now."""
        return self.removed_at is None

    @property
    def may_be_opened(self) -> bool:
        """Whether it is on the plan, or stays with a decision: what the team took off is gone at once."""
        return self.is_on_the_plan or self.is_evidence

    @classmethod
    def is_needed(cls) -> sa.ColumnElement[bool]:
        """The condition under which its content stays: on a plan, or before somebody who decided."""
        return sa.or_(cls.removed_at.is_(None), cls.is_evidence)
