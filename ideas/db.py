"""The database: the declarative base, column types, and how each kind of database is set up."""

from __future__ import annotations

import contextvars
import datetime as dt
import decimal
import enum
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, orm

#: Seconds that a writer waits for another before it gives up (the page then says 503).
BUSY_SECONDS = 5.0
#: Seconds that a PostgreSQL server may take to say hello.
CONNECT_SECONDS = 5
#: What PostgreSQL calls a full disk.
_DISK_FULL = "53100"

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(sa.TypeDecorator[dt.datetime]):
    """A moment in UTC. Goes in and comes out aware; SQLite keeps no zone of its own."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def closed_set(kind: type[enum.StrEnum]) -> sa.Enum:
    """A column type for a closed set of words, kept as its values; any other word is refused on its way in."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
        length=40,
        name=kind.__name__.lower(),
        validate_strings=True,
    )


class Base(orm.DeclarativeBase):
    """Every table's base. It brings its own registry, because Flask-SQLAlchemy refuses a bare type map."""

    registry = orm.registry(
        metadata=sa.MetaData(naming_convention=NAMING_CONVENTION),
        type_annotation_map={
            str: sa.Text(),
            dt.datetime: Moment(),
            dt.date: sa.Date(),
            decimal.Decimal: sa.Numeric(18, 6),
            dict[str, Any]: sa.JSON(),
        },
    )


db = SQLAlchemy(model_class=Base)


class Wish(enum.Enum):
    """What the transactions of a request are for."""

    #: to read: nobody makes it wait
    READ = enum.auto()
    #: to write: it waits for whoever writes now
    WRITE = enum.auto()
    #: to write what is not worth waiting for: it fails at once when somebody writes now
    WRITE_AT_ONCE = enum.auto()


_wish: contextvars.ContextVar[Wish] = contextvars.ContextVar("wish", default=Wish.WRITE)


def wish_to(wish: Wish) -> contextvars.Token[Wish]:
    """Say what the next transactions are for; give the token to `forget_wish` at the end."""
    return _wish.set(wish)


def forget_wish(token: contextvars.Token[Wish]) -> None:
    """Put the wish back as it was before `wish_to`."""
    _wish.reset(token)


def is_full(error: sa.exc.DBAPIError) -> bool:
    """Whether the database has no room left: what was asked was not done, and reading goes on."""
    return (
        getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        or getattr(error.orig, "sqlstate", None) == _DISK_FULL
    )


def rows(select: sa.Executable, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
    """The rows of a select of columns, straight from the session's connection: what makes objects is left out."""
    db.session.flush()
    return db.session.connection().execute(select, values or {}).all()


def engine_options(url: str) -> dict[str, Any]:
    """What the engine needs for this kind of database. Its errors, which go to the log, hold nobody's words."""
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"timeout": BUSY_SECONDS, "isolation_level": None}}
    options = f"-c lock_timeout={int(BUSY_SECONDS * 1000)}"
    return {
        "hide_parameters": True,
        "pool_pre_ping": True,
        "pool_size": 5,
        "max_overflow": 5,
        "connect_args": {"options": options, "connect_timeout": CONNECT_SECONDS},
    }


def _sqlite_connected(connection: Any, record: Any) -> None:
    cursor = connection.cursor()
    # FULL, not NORMAL: in simulated power cuts NORMAL lost acknowledged rows, FULL none.
    # Half a megabyte of cache for each connection: what the kernel keeps is kept once, and is as quick.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "trusted_schema=OFF",
        "cache_size=-512",
        f"busy_timeout={int(BUSY_SECONDS * 1000)}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begins(connection: sa.Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when another wrote between.
    if _wish.get() is Wish.READ:
        connection.exec_driver_sql("BEGIN DEFERRED")
    elif _wish.get() is Wish.WRITE:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        _sqlite_begins_at_once(connection)


def _sqlite_begins_at_once(connection: sa.Connection) -> None:
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")


def hook(engine: sa.Engine) -> None:
    """Set up what every connection of this engine needs. Safe to call twice."""
    if engine.dialect.name != "sqlite":
        return
    if not event.contains(engine, "connect", _sqlite_connected):
        event.listen(engine, "connect", _sqlite_connected)
        event.listen(engine, "begin", _sqlite_begins)


def init_app(app: Any) -> None:
    """Join the database to the app, with the options that its kind needs."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(str(url)))
    db.init_app(app)
    with app.app_context():
        hook(db.engine)
