"""SQLite: copied through its own backup, which sees one moment while people write."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import sqlalchemy as sa

from ideas.adapters.files.disk import force

from .snapshot import Damaged, Snapshot, Taken, look

NAME = "headroom.db"


class SQLite(Snapshot):
    """A database that is a file."""

    kind = "sqlite"

    def take(self, folder: Path) -> Taken:
        """Copy the database as it is at one moment. Nobody waits for it."""
        if self.is_empty():
            raise Damaged(f"{self._file} is not there. Is HEADROOM_DATABASE_URL or HEADROOM_DATA_DIR the right one?")
        copy = folder / NAME
        with (
            contextlib.closing(sqlite3.connect(self._file)) as here,
            contextlib.closing(sqlite3.connect(copy)) as there,
        ):
            # All pages in one step: a backup in steps begins anew with each write of somebody else.
            here.backup(there)
            # One file, with no log beside it.
            there.execute("PRAGMA journal_mode=DELETE")
        return self._looked_at(copy)

    def put_back(self, folder: Path) -> Taken:
        """Put the copy in the database's place, once it is seen to be whole."""
        beside = self._file.with_name(f".{self._file.name}.restored")
        beside.unlink(missing_ok=True)
        with (
            contextlib.closing(sqlite3.connect(folder / NAME)) as there,
            contextlib.closing(sqlite3.connect(beside)) as here,
        ):
            there.backup(here)
            here.execute("PRAGMA synchronous=FULL")
        found = self._looked_at(beside)
        beside.rename(self._file)
        force(self._file.parent)
        return found

    def is_empty(self) -> bool:
        """Whether there is no database yet."""
        return not self._file.exists()

    @property
    def _file(self) -> Path:
        return Path(str(self.url.database))

    def _looked_at(self, file: Path) -> Taken:
        engine = sa.create_engine(f"sqlite:///{file}")
        try:
            with engine.connect() as connection:
                if (said := connection.exec_driver_sql("PRAGMA integrity_check").scalar()) != "ok":
                    raise Damaged(f"SQLite says of the copy: {said}")
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise Damaged("In the copy there are rows whose parent is missing.")
                return look(connection)
        except sa.exc.DatabaseError as error:
            raise Damaged(f"SQLite cannot read the copy: {error.orig}") from None
        finally:
            engine.dispose()
