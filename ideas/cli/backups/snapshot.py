"""Snapshots: a database as it was at one moment, taken and put back."""

from __future__ import annotations

import abc
import dataclasses
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from pathlib import Path


class Damaged(Exception):
    """The database, or its copy, is not whole. Nothing was kept."""


class CannotBe(Exception):
    """Something on this machine is missing. Says what to do."""


@dataclasses.dataclass(frozen=True)
class Taken:
    """What was found in a snapshot."""

    revision: str
    rows: dict[str, int]
    #: the SHA-256 of each file that it needs
    needed: frozenset[str]


class Snapshot(abc.ABC):
    """One kind of database."""

    #: as the manifest calls it
    kind: str

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url)

    def __str__(self) -> str:
        """Which database it is, for an operator to read: without its password."""
        shown = self.url.set(drivername=self.kind).difference_update_query(["password", "sslpassword"])
        return shown.render_as_string(hide_password=True)

    @abc.abstractmethod
    def take(self, folder: Path) -> Taken:
        """Write the database into the folder, as it is at one moment. Raises Damaged or CannotBe."""

    @abc.abstractmethod
    def put_back(self, folder: Path) -> Taken:
        """Fill the empty database from the folder. Raises Damaged or CannotBe."""

    @abc.abstractmethod
    def is_empty(self) -> bool:
        """Whether nothing was ever put into the database."""


def look(connection: sa.Connection) -> Taken:
    """Count what is there."""
    tables = [table for table in sa.inspect(connection).get_table_names() if table != "alembic_version"]
    if not tables:
        raise Damaged("There is nothing in the database yet. Start Headroom once, or migrate it.")
    rows = {name: _count(connection, name) for name in sorted(tables)}
    revision = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
    needed: frozenset[str] = frozenset()
    if "attachments" in rows:
        files = sa.text("SELECT sha256 FROM attachments WHERE removed_at IS NULL OR is_evidence")
        needed = frozenset(connection.execute(files).scalars())
    return Taken(revision, rows, needed)


def _count(connection: sa.Connection, table: str) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(sa.table(table))).scalar_one()
