"""`flask backup` and `flask restore`: all of it, into an empty place, and nothing that was cut or changed."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from ideas.adapters.files.kinds import FileKind
from ideas.app import create_app
from ideas.cli.backups import postgresql
from ideas.db import db
from ideas.domain import attachments, invitations, password_links, people, sessions
from ideas.domain.attachments import Clean, Room
from ideas.models import Attachment, Idea, Role, Session
from tests import cast as players
from tests import factories
from tests.helpers.databases import client_programs

WORDS = b"Ring between 2 and 6 pm."


@pytest.fixture(autouse=True)
def _programs(kind, databases, monkeypatch):
    """The programs that come with the tests' PostgreSQL."""
    databases(kind)
    if kind == "postgresql" and (programs := client_programs()):
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def instance(kind, databases):
    """Make an app on a database of its own, and the means to run its commands: `run("backup", folder)`."""
    with contextlib.ExitStack() as ends:
        yield lambda *, empty=False: ends.enter_context(started(databases(kind), empty=empty))


@pytest.fixture(scope="module")
def standing(databases, tmp_path_factory):
    """Of each kind a full instance that nobody harms, and a backup of it."""
    made = {}
    with contextlib.ExitStack() as ends:

        def of(kind):
            if kind not in made:
                app, run = fill(*ends.enter_context(started(databases(kind))))
                folder = tmp_path_factory.mktemp("kept") / "monday"
                done = run("backup", folder)
                assert done.exit_code == 0, done.output
                made[kind] = (app, run), folder
            return made[kind]

        yield of


@pytest.fixture
def full(standing, kind):
    """An instance with an idea, a file on its plan, and Amara signed in. It stays as it is."""
    return standing(kind)[0]


@pytest.fixture
def own(instance):
    """The same, to be harmed."""
    return fill(*instance())


@pytest.fixture
def kept(standing, kind, tmp_path):
    """A backup of it, to be harmed."""
    return Path(shutil.copytree(standing(kind)[1], tmp_path / "monday"))


@contextlib.contextmanager
def started(kind, *, empty=False):
    database = kind.bare() if empty else kind.fresh()
    app = create_app(database.settings())
    runner = app.test_cli_runner()
    yield app, lambda *words: runner.invoke(args=[str(word) for word in words])
    with app.app_context():
        db.engine.dispose()


def fill(app, run):
    with app.app_context():
        cast = players.assemble()
        idea = factories.in_planning(cast)
        file = Clean("leaflet.txt", FileKind.TXT, io.BytesIO(WORDS), len(WORDS))
        attachments.add(idea, file, by=cast.amara, store=app.config["FILES"], room=Room(9, 9, 9))
        app.token = sessions.begin(cast.amara, device="A browser")
        _, app.invitation = invitations.invite(cast.northmere, Role.MEMBER, by=cast.ada)
        _, app.forgotten = password_links.make_for(cast.tomas)
        db.session.commit()
        db.session.remove()
    return app, run


def test_a_backup_says_what_is_in_it_and_is_for_nobody_else_to_read(full, tmp_path, kind):
    kept = tmp_path / "monday"
    done = full[1]("backup", kept)
    assert done.exit_code == 0
    settings = full[0].config["SETTINGS"]
    [copied] = [line for line in done.output.splitlines() if line.startswith(f"Copied from {kind}://")]
    assert str(sa.make_url(settings.database_url).database) in copied
    assert copied.endswith(f", with the files in {settings.files_dir}.")
    manifest = json.loads((kept / "manifest.json").read_text())
    assert manifest["database"] == kind
    assert (manifest["rows"]["ideas"], manifest["rows"]["people"], manifest["missing"]) == (1, 11, [])
    there = {str(file.relative_to(kept)) for file in kept.rglob("*") if file.is_file()}
    assert set(manifest["files"]) == there - {"manifest.json"}
    assert {"secret-key", *(path for path in manifest["files"] if path.startswith("files/"))} <= set(manifest["files"])
    assert not any(path.stat().st_mode & 0o077 for path in (kept, *kept.glob("*")) if path.name != "files")
    assert [path.name for path in kept.parent.iterdir()] == ["monday"], "no draft stays behind"


def test_what_is_restored_is_what_was_there_and_everybody_signs_in_anew(full, kept, instance):
    there, run = instance(empty=True)
    done = run("restore", kept)
    assert done.exit_code == 0, done.output
    assert "1 idea, 11 people" in done.output
    for app in (full[0], there):
        with app.app_context():
            [idea] = db.session.scalars(sa.select(Idea)).all()
            [file] = db.session.scalars(sa.select(Attachment)).all()
            assert (idea.title, idea.owner.name, file.name) == (factories.TITLE, "Amara Okafor", "leaflet.txt")
            assert app.config["FILES"].path(file.sha256).read_bytes() == WORDS
            opens = [sessions.find(full[0].token), invitations.find(full[0].invitation).is_open]
            opens.append(password_links.find(full[0].forgotten).used_at is None)
            assert list(map(bool, opens)) == [app is full[0]] * 3, "what opens something now may have been used since"
            assert people.with_sign_in("amara@example.org")
            db.session.remove()
    key = "secret-key"
    assert (there.config["SETTINGS"].data_dir / key).read_text() == (kept / key).read_text()
    again = there.test_cli_runner().invoke(args=["backup", str(kept.parent / "tuesday")])
    assert again.exit_code == 0, again.output


def test_a_backup_takes_no_place_that_is_taken(full, kept):
    again = full[1]("backup", kept)
    assert (again.exit_code, "exists already" in again.output) == (1, True)


def test_a_backup_that_fails_leaves_nothing(full, tmp_path, kind, monkeypatch):
    monkeypatch.setattr("ideas.cli.backups.backup._copy_key", lambda *_: (tmp_path / "no" / "such").read_text())
    failed = full[1]("backup", tmp_path / "monday")
    assert failed.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def cut(file):
    file.write_bytes(file.read_bytes()[:-10])


def change(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))


def lose(file):
    file.unlink()


@pytest.mark.parametrize("harm", [cut, change, lose])
@pytest.mark.parametrize("which", ["headroom.*", "files/??/*", "secret-key", "manifest.json"])
def test_a_backup_that_was_harmed_is_refused_by_name_and_nothing_is_restored(kept, instance, harm, which):
    [file] = kept.glob(which)
    if (harm, which) == (change, "manifest.json"):
        file.write_text(file.read_text().replace('"form": 1', '"form": 2'))
    else:
        harm(file)
    there, run = instance(empty=True)
    refused = run("restore", kept)
    assert refused.exit_code == 1
    assert str(file.relative_to(kept)) in refused.output
    assert is_empty(there)


def test_a_file_that_does_not_belong_is_refused(kept, instance):
    (kept / "files" / "more").write_text("more")
    there, run = instance(empty=True)
    assert "files/more does not belong" in run("restore", kept).output
    assert is_empty(there)


def test_a_manifest_that_was_changed_together_with_a_file_is_known_by_what_was_said_of_it(full, tmp_path, instance):
    said = full[1]("backup", tmp_path / "monday").output.rpartition("manifest: ")[2].split()[0]
    assert instance(empty=True)[1]("restore", tmp_path / "monday", "--manifest-sha256", said).exit_code == 0
    manifest = tmp_path / "monday" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"made_at": "2', '"made_at": "1'))
    refused = instance(empty=True)[1]("restore", tmp_path / "monday", "--manifest-sha256", said)
    assert (refused.exit_code, "manifest.json" in refused.output) == (1, True)


def test_a_backup_is_put_into_an_empty_place_only(full, kept, instance):
    refused = full[1]("restore", kept)
    assert (refused.exit_code, "database already" in refused.output) == (1, True)
    there, run = instance(empty=True)
    there.config["FILES"].keep(io.BytesIO(b"somebody's"))
    assert "files already" in run("restore", kept).output


def test_a_backup_of_a_newer_headroom_is_refused(kept, instance):
    manifest = kept / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"revision": "ffffffffffff"}))
    assert "newer Headroom" in instance(empty=True)[1]("restore", kept).output


def test_a_folder_that_is_no_backup_is_refused(tmp_path, instance):
    assert "is no backup" in instance(empty=True)[1]("restore", tmp_path).output


def test_a_file_that_is_lost_or_changed_is_named_and_the_rest_is_kept(own, tmp_path, instance):
    app, run = own
    with app.app_context():
        sha256 = db.session.scalar(sa.select(Attachment.sha256))
        db.session.remove()
    file = app.config["FILES"].path(sha256)
    for number, harm in enumerate((change, lose)):
        harm(file)
        done = run("backup", tmp_path / str(number))
        assert (done.exit_code, sha256 in done.output) == (1, True)
        restored = instance(empty=True)[1]("restore", tmp_path / str(number))
        assert (restored.exit_code, sha256 in restored.output) == (0, True)


def test_a_key_of_the_operators_own_is_not_in_it(databases, kind, tmp_path):
    app = create_app(databases(kind).fresh().settings(HEADROOM_SECRET_KEY="k" * 40))
    done = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "monday")])
    assert "HEADROOM_SECRET_KEY is not in it" in done.output
    assert not (tmp_path / "monday" / "secret-key").exists()
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("kind", ["postgresql"])
def test_programs_that_are_older_than_the_server_or_not_there_are_named(full, tmp_path, monkeypatch):
    old = tmp_path / "bin" / "pg_dump"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 12.4'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(old.parent))
    done = full[1]("backup", tmp_path / "monday")
    assert (done.exit_code, "is of PostgreSQL 12" in done.output) == (1, True)
    old.unlink()
    done = full[1]("backup", tmp_path / "monday")
    assert (done.exit_code, "pg_dump is not on this machine" in done.output) == (1, True)
    assert not (tmp_path / "monday").exists()


@pytest.mark.parametrize("kind", ["postgresql"])
def test_no_password_stands_among_the_processes(kind, monkeypatch):
    seen = []
    monkeypatch.setattr(postgresql.subprocess, "run", lambda words, **rest: seen.append((words, rest)) or _Done())
    monkeypatch.setattr(postgresql.shutil, "which", lambda name: f"/usr/bin/{name}")
    database = postgresql.PostgreSQL("postgresql+psycopg://amara:hush@db.example/headroom?sslmode=require")
    database._run("pg_dump", "18", f"--dbname={database._address}")
    words, rest = seen[-1]
    assert "hush" not in " ".join(words)
    assert "postgresql://amara@db.example/headroom?sslmode=require" in " ".join(words)
    assert rest["env"]["PGPASSWORD"] == "hush"
    assert str(database) == "postgresql://amara:***@db.example/headroom?sslmode=require"


class _Done:
    returncode, stdout, stderr = 0, "pg_dump (PostgreSQL) 18.0", ""


@pytest.mark.parametrize("kind", ["sqlite"])
def test_copying_the_live_file_alone_is_seen_to_miss_what_was_written_last(own, tmp_path):
    """Why there is a command for it: the newest rows are in the log beside the file."""
    file = Path(sa.make_url(own[0].config["SETTINGS"].database_url).database)
    shutil.copyfile(file, tmp_path / "naive.db")
    with sqlite3.connect(tmp_path / "naive.db") as naive:
        assert naive.execute("SELECT count(*) FROM ideas").fetchone() == (0,)
    naive.close()


def is_empty(app):
    with app.app_context():
        snapshot = postgresql.PostgreSQL if app.config["SETTINGS"].database_url.startswith("postgres") else None
        empty = snapshot(app.config["SETTINGS"].database_url).is_empty() if snapshot else not _file(app).exists()
    return empty and app.config["FILES"].is_empty()


def _file(app):
    return Path(sa.make_url(app.config["SETTINGS"].database_url).database)


def test_the_sessions_that_were_open_are_ended(kept, instance):
    there, run = instance(empty=True)
    run("restore", kept)
    with there.app_context():
        assert all(session.ended_at for session in db.session.scalars(sa.select(Session)))
        db.session.remove()
