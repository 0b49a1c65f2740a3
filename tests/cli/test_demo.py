"""`flask demo`: it fills an empty database and no other, and says what it made."""

from __future__ import annotations

import sqlalchemy as sa

from ideas.app import create_app
from ideas.config import Settings
from ideas.db import Base, db
from ideas.domain import (
    measures,
    people,
)


class TestTheCommand:
    def test_it_says_what_is_there_and_where_to_find_whom_to_sign_in_as(self, loaded):
        _, done = loaded
        assert done.exit_code == 0, done.output
        assert "67 ideas of 64 people in 20 organisations" in done.output
        assert "19 new, 11 planning, 7 sign-off, 11 trying, 12 adopted, 7 stopped" in done.output
        assert "made up" in done.output
        assert "demo people" in done.output

    def test_it_refuses_a_second_time_and_changes_nothing(self, loaded):
        app, _ = loaded
        before = rows(app)
        again = app.test_cli_runner().invoke(args=["demo", "load"])
        assert again.exit_code == 1
        assert "holds people already" in again.output
        assert "Nothing was changed" in again.output
        assert "Traceback" not in again.output
        assert rows(app) == before

    def test_it_refuses_a_database_with_one_person_in_it(self, app):
        with app.app_context():
            people.add("Amara Okafor", "amara@example.org")
            db.session.commit()
        assert app.test_cli_runner().invoke(args=["demo", "load"]).exit_code == 1
        assert rows(app)["people"] == 1
        assert rows(app)["organisations"] == 0

    def test_nothing_is_left_of_one_that_fails_in_the_middle(self, app, monkeypatch):
        def break_down(*args, **words):
            raise RuntimeError("the power went")

        monkeypatch.setattr(measures, "add", break_down)
        failed = app.test_cli_runner().invoke(args=["demo", "load"])
        assert isinstance(failed.exception, RuntimeError)
        assert "in the story of idea" in failed.exception.__notes__[0]
        assert not any(rows(app).values())

    def test_a_database_without_tables_is_told_what_to_do(self, tmp_path):
        app = create_app_on(f"sqlite:///{tmp_path / 'new.db'}", tmp_path)
        refused = app.test_cli_runner().invoke(args=["demo", "load"])
        assert refused.exit_code == 1
        assert "db upgrade" in refused.output
        with app.app_context():
            db.engine.dispose()

    def test_who_is_who_is_shown_with_the_password(self, app):
        shown = app.test_cli_runner().invoke(args=["demo", "people"])
        assert shown.exit_code == 0
        assert "less-bad-than-now" in shown.output
        for who in ("amara", "femi", "ben", "gwen", "dele", "sol", "ada"):
            assert f"{who}@example.org" in shown.output
        assert "ward sister, Northmere Hospitals" in shown.output


def rows(app):
    """How many rows each table holds."""
    with app.app_context():
        tables = Base.metadata.sorted_tables
        return {t.name: db.session.scalar(sa.select(sa.func.count()).select_from(t)) for t in tables}


def create_app_on(url, folder):
    """An app on a database of its own that nobody has migrated."""
    return create_app(Settings.from_environment({"HEADROOM_DATABASE_URL": url, "HEADROOM_DATA_DIR": str(folder)}))
