"""Rows that are never edited: the database itself refuses to change or delete them."""

from __future__ import annotations

import sqlalchemy as sa

#: The tables whose rows stay as they were written.
TABLES = ("audit_entries", "cases", "decisions", "stage_entries")

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_refuse_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} rows are never edited'); END
"""

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% rows are never edited', TG_TABLE_NAME; END $$
"""

_POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_refuse_{act} BEFORE {act} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


def names() -> set[str]:
    """The triggers that a database of ours must hold."""
    return {f"{table}_refuse_{act}" for table in TABLES for act in ("update", "delete")}


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
