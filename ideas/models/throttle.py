"""Throttles: how often something was tried in a window of time."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ideas.db import Base


class Throttle(Base):
    """Tries at one thing (a key such as a sign-in name or an address) since a moment."""

    __tablename__ = "throttles"

    #: what is counted, hashed: no address is kept
    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    since: Mapped[dt.datetime]
    tries: Mapped[int]
    #: how many times the wait was doubled, because somebody went on
    level: Mapped[int] = mapped_column(default=0)
