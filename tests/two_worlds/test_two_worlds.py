"""Without a name: whether Amara or Tomas sent it, the two worlds are the same to everybody, byte by byte."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
import structlog

from ideas import clock
from ideas.db import db
from ideas.domain import sessions, workplaces
from ideas.worker import loop
from tests import cast as players
from tests import factories

from . import chance, scripts, watcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from ideas.models import Person
    from tests.helpers.client import Client

EVENING = dt.datetime(2026, 11, 24, 18, 12, 44, tzinfo=dt.UTC)
AN_HOUR = dt.timedelta(hours=1)
#: Everybody who looks on: a leader, an administrator, people of another organisation and of a supplier, and the
#: two of whom one wrote it. Even their own pages say nothing.
READERS = ("femi", "ada", "gwen", "sol", "amara", "tomas")

Tell = "Callable[..., dict[str, bytes]]"


@pytest.fixture
def _numbers_go_on(app: Flask, kind: str) -> Iterator[None]:
    """Both worlds count their rows from one; whatever is tested next goes on from where it was."""
    if kind == "sqlite":
        yield
        return
    with app.app_context():
        before = db.session.execute(sa.text("SELECT sequencename, last_value FROM pg_sequences")).all()
        db.session.rollback()
        yield
        db.session.rollback()
        for name, last in before:
            db.session.execute(sa.text("SELECT setval(:name, :last)"), {"name": name, "last": last or 1})
        db.session.commit()


@pytest.fixture
def tell(
    app: Flask,
    kind: str,
    _numbers_go_on: None,
    databases: Callable,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> Tell:
    """Tell a script with this person as the one without a name: all that can be observed then.

    `tell(script, "amara")`, and `readers=READERS` for every page of these besides rows and log.
    """
    caplog.set_level(logging.INFO)

    def world(script: scripts.Script, who: str, *, readers: tuple[str, ...] = (), seed: int = 1) -> dict[str, bytes]:
        databases(kind).empty(app)
        caplog.clear()
        structlog.contextvars.clear_contextvars()
        with chance.the_same(seed, monkeypatch), app.app_context(), clock.at(EVENING):
            if kind == "postgresql":
                _begin_new_files()
            return _told(script, who, readers)

    def _told(script: scripts.Script, who: str, names: tuple[str, ...]) -> dict[str, bytes]:
        cast = players.assemble()
        poster = workplaces.add(cast.northmere, "Ward 9", by=cast.ada)
        for person in (cast.amara, cast.tomas):
            factories.new(cast, by=person, title=f"A named one of {person.first_name}")
        db.session.commit()
        either = {name: _signed_in(app, getattr(cast, name)) for name in ("amara", "tomas")}
        made = scripts.World(cast, tuple(either.values()), either[who], f"/at/{poster.written_code}")
        moment = EVENING
        for step, wait in zip(script.steps, script.waits, strict=True):
            moment += wait
            with clock.at(moment):
                step(made)
                db.session.rollback()
                loop.run_once(app)
        with clock.at(moment + dt.timedelta(minutes=3)):
            readers = {name: _signed_in(app, getattr(cast, name)) for name in names}
            return _observed(made, readers) | watcher.lines(caplog.records) | watcher.rows()

    def _observed(made: scripts.World, clients: dict[str, Client]) -> dict[str, bytes]:
        db.session.expire_all()
        idea = db.session.query(scripts.Idea).order_by(scripts.Idea.id.desc()).first()
        seen = watcher.pages(clients) | watcher.refusals(clients, idea.ref)
        stranger = app.test_client()
        seen["stranger /claim"] = stranger.post("/claim", data={"code": made.six}).get_data()
        return seen | {"the six words": made.six.encode()}

    return world


def _begin_new_files() -> None:
    """Where PostgreSQL puts a row depends on what was deleted from the file before, and its number on the sequence."""
    tables = ", ".join(table.name for table in db.metadata.sorted_tables)
    db.session.execute(sa.text("SET LOCAL session_replication_role = replica"))
    db.session.execute(sa.text(f"TRUNCATE {tables} RESTART IDENTITY"))
    db.session.commit()


def _signed_in(app: Flask, person: Person) -> Client:
    token = sessions.begin(person, device="A browser")
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return client


@pytest.mark.parametrize("kind", ["sqlite"])
def test_every_page_row_and_line_is_the_same_whoever_sent_it(tell: Tell, kind: str) -> None:
    script = scripts.Script((scripts.say, scripts.edit_by_code), (AN_HOUR, 5 * AN_HOUR))

    amaras, tomas = (tell(script, who, readers=READERS) for who in ("amara", "tomas"))

    differing = watcher.differing(amaras, tomas)
    print(f"two worlds on {kind}: {len(amaras)} channels compared, {sum(differing.values())} differing bytes")
    assert len(amaras) > 150
    assert differing == {}


@pytest.mark.parametrize("kind", ["postgresql"])
def test_on_many_machines_rows_and_lines_are_the_same_too(tell: Tell) -> None:
    script = scripts.Script((scripts.say, scripts.edit_by_code, scripts.take_on), (AN_HOUR, 5 * AN_HOUR, AN_HOUR))

    amaras, tomas = (tell(script, who) for who in ("amara", "tomas"))

    assert watcher.differing(amaras, tomas) == {}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("kind", ["sqlite"])
def test_whatever_happens_to_it_rows_and_lines_are_the_same(tell: Tell, seed: int) -> None:
    script = scripts.drawn(seed)

    amaras, tomas = (tell(script, who, seed=seed) for who in ("amara", "tomas"))

    assert watcher.differing(amaras, tomas) == {}, str(script)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_an_idea_with_a_name_differs_so_that_a_leak_would_be_seen(tell: Tell) -> None:
    def say_with_a_name(world: scripts.World) -> None:
        world.somebody.post("/ideas", data=scripts.WORDS | {"audience": "open", "key": "some-key"})

    script = scripts.Script((say_with_a_name,), (AN_HOUR,))

    amaras, tomas = (tell(script, who, readers=("gwen",)) for who in ("amara", "tomas"))

    differing = watcher.differing(amaras, tomas)
    assert differing.keys() >= {"table ideas by key", "table receipts by key"}
    assert [channel for channel in differing if channel.startswith("gwen /ideas/I-")]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_trace_that_the_request_leaves_would_be_seen(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ideas.web.traces.leave_no_trace", lambda: None)
    monkeypatch.setattr("ideas.web.ideas.ideas.create.leaves_no_trace", False)
    script = scripts.Script((scripts.say,), (AN_HOUR,))

    amaras, tomas = (tell(script, who) for who in ("amara", "tomas"))

    sessions = {"table sessions by key", "table sessions as it comes"}
    assert watcher.differing(amaras, tomas).keys() == {"log"} | sessions
