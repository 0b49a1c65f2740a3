"""How migrations run: all in one transaction, one process at a time, triggers put back at the end."""

import contextlib

import sqlalchemy as sa
from alembic import context
from flask import current_app

from ideas.models import immutable

#: Any number, as long as it stays the same: two servers that start at once migrate one after the other.
LOCK = 4_821_001


def migrate(engine):
    """Bring the database to the revision asked for; nothing is changed when a step fails."""
    with engine.connect() as connection, _without_foreign_keys(connection):
        context.configure(
            connection=connection,
            target_metadata=current_app.extensions["migrate"].db.metadata,
            # SQLite can do it too, now that the driver leaves BEGIN to us.
            transactional_ddl=True,
            render_item=_plainly,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            context.run_migrations()
            immutable.put_back(connection)
            _refuse_lost_parents(connection)


@contextlib.contextmanager
def _without_foreign_keys(connection):
    """SQLite alters a table by making it anew, and dropping the old one would take its children along.

    Inside a transaction the pragma does nothing, so it is said on the driver's connection, before.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()


def _refuse_lost_parents(connection):
    """What the foreign keys would have refused, had they been on."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if lost:
            raise RuntimeError(f"rows whose parent is missing: {lost[:10]}")


def _plainly(kind, thing, autogen_context):
    """Write our own column types as what they are in the database: a migration outlives our code."""
    if kind == "type" and isinstance(thing, sa.Enum):
        return f"sa.String(length={thing.length})"
    if kind == "type" and isinstance(thing, sa.TypeDecorator):
        return f"sa.{thing.impl!r}"
    return False


migrate(current_app.extensions["migrate"].db.engine)
