"""Places: a ward, a staff room, a round, each with a code on a poster."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base
from ideas.text import codes

if TYPE_CHECKING:
    from .organisation import Organisation


class Workplace(Base):
    """A place of an organisation. Its poster's code opens the three fields with nothing to sign in to."""

    __tablename__ = "workplaces"
    __table_args__ = (
        sa.Index(
            "uq_workplaces_open",
            "organisation_id",
            "name",
            unique=True,
            sqlite_where=sa.text("retired_at IS NULL"),
            postgresql_where=sa.text("retired_at IS NULL"),
        ),
        sa.CheckConstraint("length(name) > 0", name="named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(sa.String(120))
    #: no secret, since it hangs on a wall, but not to be guessed either
    code: Mapped[str] = mapped_column(sa.String(8), unique=True)
    created_at: Mapped[dt.datetime]
    #: its poster leads nowhere since then
    retired_at: Mapped[dt.datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined")

    @property
    def is_open(self) -> bool:
        """Whether its poster still leads somewhere."""
        return self.retired_at is None

    @property
    def written_code(self) -> str:
        """The code as the poster shows it."""
        return codes.written(self.code)
