"""PostgreSQL: pg_dump and pg_restore, which its makers keep right, in one snapshot with what we count."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas.config import for_a_program

from .snapshot import CannotBe, Damaged, Snapshot, Taken, look

if TYPE_CHECKING:
    from pathlib import Path

NAME = "headroom.dump"


class PostgreSQL(Snapshot):
    """A database on a server."""

    kind = "postgresql"

    def take(self, folder: Path) -> Taken:
        """Dump the database as it is at one moment. Nobody waits for it."""
        engine = sa.create_engine(self.url)
        try:
            with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
                version = str(connection.exec_driver_sql("SHOW server_version").scalar())
                # pg_dump reads the very moment that this transaction sees.
                moment = str(connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar())
                found = look(connection)
                dump = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}"]
                self._run("pg_dump", version, *dump, f"--file={folder / NAME}", f"--dbname={self._address}")
                return found
        finally:
            engine.dispose()

    def put_back(self, folder: Path) -> Taken:
        """Fill the empty database in one transaction: all of it, or none."""
        engine = sa.create_engine(self.url)
        try:
            with engine.connect() as connection:
                version = str(connection.exec_driver_sql("SHOW server_version").scalar())
            how = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
            self._run("pg_restore", version, *how, f"--dbname={self._address}", str(folder / NAME))
            with engine.connect() as connection:
                return look(connection)
        finally:
            engine.dispose()

    def is_empty(self) -> bool:
        """Whether it has no tables."""
        engine = sa.create_engine(self.url)
        try:
            with engine.connect() as connection:
                return not sa.inspect(connection).get_table_names()
        finally:
            engine.dispose()

    @property
    def _address(self) -> str:
        """Where it is, as libpq reads it; without the password, which others could see among the processes."""
        bare = sa.URL.create(
            "postgresql", self.url.username, None, self.url.host, self.url.port, self.url.database, self.url.query
        )
        return bare.render_as_string(hide_password=False)

    def _run(self, program: str, server: str, *words: str) -> None:
        path = shutil.which(program)
        if path is None:
            raise CannotBe(f"{program} is not on this machine. Install the client programs of PostgreSQL {server}.")
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
        if _major(said) < _major(server):
            raise CannotBe(
                f"{path} is of PostgreSQL {_major(said)}, and the server of {_major(server)}. "
                f"Install the client programs of PostgreSQL {_major(server)} or newer, and put them first on PATH."
            )
        secret = {"PGPASSWORD": str(self.url.password)} if self.url.password else {}
        done = subprocess.run([path, *words], env=for_a_program(**secret), capture_output=True, text=True, check=False)
        if done.returncode:
            raise Damaged(f"{program} says: {done.stderr.strip() or done.returncode}")


def _major(words: str) -> int:
    found = re.search(r"\d+", words.removeprefix("pg_"))
    return int(found[0]) if found else 0
