"""Which snapshot belongs to which database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .postgresql import PostgreSQL
from .sqlite import SQLite

if TYPE_CHECKING:
    from .snapshot import Snapshot


def of(url: str) -> Snapshot:
    """The snapshot for the database of this address."""
    return SQLite(url) if url.startswith("sqlite") else PostgreSQL(url)
