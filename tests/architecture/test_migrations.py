"""Migrations: dated, in one line, and together the same as the models."""

import re

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from ideas.app import create_app
from ideas.config import ROOT
from ideas.db import db
from ideas.models import immutable
from tests import cast as players
from tests import factories

DATED = re.compile(r"\d{4}_\d{2}_\d{2}_\d{4}_[0-9a-f]{4,12}_[a-z0-9_]+\.py")


def test_migrations_are_named_after_their_date_and_what_they_do():
    for file in (ROOT / "migrations/versions").glob("*.py"):
        assert DATED.fullmatch(file.name), file.name


def test_migrations_stand_in_one_line():
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    assert len(scripts.get_heads()) == 1
    for script in scripts.walk_revisions():
        assert not isinstance(script.down_revision, tuple), f"{script.revision} joins two lines"


@pytest.fixture
def fresh(kind, databases):
    """An app on a migrated database that nobody else uses."""
    app = create_app(databases(kind).fresh().settings())
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_migrated_database_is_what_the_models_say(fresh):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_down_to_nothing_and_up_again_is_the_same_database(fresh):
    before = shape()
    flask_migrate.downgrade(revision="base")
    assert set(shape()["tables"]) <= {"alembic_version"}
    flask_migrate.upgrade()
    assert shape() == before


def test_every_immutable_row_is_guarded_by_the_database(fresh):
    assert triggers() == immutable.names()


def shape():
    inspector = sa.inspect(db.engine)
    tables = {
        table: sorted(f"{column['name']} {column['type']}" for column in inspector.get_columns(table))
        for table in inspector.get_table_names()
    }
    return {"tables": tables, "triggers": triggers()}


def triggers():
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with db.engine.connect() as connection:
        return set(connection.exec_driver_sql(asked[connection.dialect.name]).scalars())


def test_every_migration_goes_down_and_up_on_a_filled_database(fresh):
    """Each step down and up keeps what both sides know; the first one, which takes all, leaves a usable database."""
    fill()
    for script in ScriptDirectory(str(ROOT / "migrations")).walk_revisions():
        before = rows()
        flask_migrate.downgrade(revision=script.down_revision or "base")
        kept = rows()
        flask_migrate.upgrade(revision=script.revision)
        if script.down_revision:
            assert kept.items() <= before.items()
            assert kept.items() <= rows().items()
        else:
            assert sum(rows().values()) == 0
        flask_migrate.downgrade(revision=script.down_revision or "base")
    flask_migrate.upgrade()
    fill()
    assert rows()["decisions"] == 2


def fill():
    made = players.assemble()
    factories.adopted(made)
    factories.stopped(made, title="Ümlauts and \N{PILE OF POO}")
    db.session.commit()
    db.session.remove()


def rows():
    with db.engine.connect() as connection:
        tables = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
        return {table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() for table in tables}  # noqa: S608
