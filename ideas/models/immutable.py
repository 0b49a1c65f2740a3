"""Rows that are never edited: the database itself refuses to change or delete them."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa

#: The tables whose rows stay as they were written.
TABLES = ("audit_entries", "cases", "decisions", "stage_entries")


class Kept(NamedTuple):
    """Columns that stay as they are once one of them is set; the rows may be deleted with their idea."""

    once: str
    columns: tuple[str, ...]


#: What was predicted is not made wiser once it has begun.
KEPT_ONCE = {"cycles": Kept("started_on", ("attempt", "prediction", "started_on"))}

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_refuse_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} rows are never edited'); END
"""

_SQLITE_KEPT = """
CREATE TRIGGER IF NOT EXISTS {table}_keep_{once} BEFORE UPDATE OF {columns} ON {table} WHEN OLD.{once} IS NOT NULL
BEGIN SELECT RAISE(ABORT, '{columns} of {table} are never edited once {once} is set'); END
"""

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% rows are never edited', TG_TABLE_NAME; END $$
"""

_POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_refuse_{act} BEFORE {act} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""

_POSTGRESQL_KEPT = """
CREATE OR REPLACE TRIGGER {table}_keep_{once} BEFORE UPDATE OF {columns} ON {table}
FOR EACH ROW WHEN (OLD.{once} IS NOT NULL) EXECUTE FUNCTION refuse_change()
"""


def names() -> set[str]:
    """The triggers that a database of ours must hold."""
    whole = {f"{table}_refuse_{act}" for table in TABLES for act in ("update", "delete")}
    return whole | {f"{table}_keep_{kept.once}" for table, kept in KEPT_ONCE.items()}


def put_back(connection: sa.Connection) -> None:
    """Make every trigger that is missing. A batch migration on SQLite drops them, so each upgrade ends here."""
    present = set(sa.inspect(connection).get_table_names())
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.execute(sa.text(_POSTGRESQL_FUNCTION))
    for table in sorted(present & set(TABLES)):
        for act in ("update", "delete"):
            statement = (_SQLITE if sqlite else _POSTGRESQL).format(table=table, act=act)
            connection.exec_driver_sql(statement)
    for table in sorted(present & KEPT_ONCE.keys()):
        kept = KEPT_ONCE[table]
        statement = _SQLITE_KEPT if sqlite else _POSTGRESQL_KEPT
        connection.exec_driver_sql(statement.format(table=table, once=kept.once, columns=", ".join(kept.columns)))
