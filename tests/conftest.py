"""Fixtures for all tests. Whatever uses `app` runs twice: on SQLite and on PostgreSQL."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

import pytest

from ideas.app import create_app
from ideas.db import db
from ideas.domain import passwords, sessions

from . import cast as players
from .helpers import browser, templates
from .helpers.client import Client
from .helpers.databases import KINDS, PostgreSQL, SQLite
from .helpers.kept import the_cast_is_there
from .helpers.page import Page, broken_rules
from .helpers.server import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result
    from flask import Flask

    from ideas.models import Person

    from .helpers.databases import Database

# Thousands of mappers, templates and tests live as long as the run: to look through them for garbage at the usual pace
# takes a tenth of its time.
gc.set_threshold(50_000, 25, 25)


@pytest.fixture(scope="session", autouse=True)
def _templates(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> None:
    """One folder of compiled templates for all workers of this run, and for the servers that they start."""
    own = tmp_path_factory.getbasetemp()
    templates.keep_in(own if worker_id == "master" else own.parent)


@pytest.fixture(scope="session")
def databases(
    tmp_path_factory: pytest.TempPathFactory, testrun_uid: str, worker_id: str
) -> Iterator[Callable[[str], SQLite | PostgreSQL]]:
    """The databases of a kind, set up when first asked for: `databases("sqlite").fresh()`."""
    ready: dict[str, SQLite | PostgreSQL] = {}

    def of(kind: str) -> SQLite | PostgreSQL:
        if kind not in ready:
            folder = tmp_path_factory.mktemp(kind)
            ready[kind] = SQLite(folder) if kind == "sqlite" else PostgreSQL(folder, testrun_uid, worker_id)
        return ready[kind]

    yield of
    for kind in ready.values():
        kind.close()


@pytest.fixture(scope="session")
def apps(databases: Callable[[str], SQLite | PostgreSQL]) -> Iterator[Callable[[str], Flask]]:
    """One app for each kind: making it, and compiling its templates, takes longer than a test."""
    made: dict[str, Flask] = {}

    def of(kind: str) -> Flask:
        if kind not in made:
            app = templates.keep(create_app(databases(kind).own.settings()))
            app.config["TESTING"] = True
            app.test_client_class = Client
            made[kind] = app
        return made[kind]

    yield of
    for app in made.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def examples(
    databases: Callable[[str], SQLite | PostgreSQL],
) -> Callable[[str], tuple[Database, Result]]:
    """A database with the example, to be written to, and what the command that loads it said.

    The command takes seconds, and so runs once for each kind; copies are handed out. Tests that want them share a
    worker of the test run (`sharing`).
    """
    loaded: dict[str, tuple[Database, Result]] = {}

    def of(kind: str) -> tuple[Database, Result]:
        if kind not in loaded:
            database = databases(kind).fresh()
            app = create_app(database.settings())
            with pytest.MonkeyPatch.context() as patch:
                # Session-wide, and so made before a test's own quick passwords are.
                patch.setattr(passwords, "hasher", players.QUICK)
                said = app.test_cli_runner().invoke(args=["demo", "load"])
            with app.app_context():
                db.engine.dispose()
            loaded[kind] = database, said
        database, said = loaded[kind]
        return databases(kind).copy(database), said

    return of


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    return str(request.param)


@pytest.fixture
def database(kind: str, databases: Callable[[str], SQLite | PostgreSQL], apps: Callable[[str], Flask]) -> Database:
    """The tests' own database: migrated, empty."""
    databases(kind).empty(apps(kind))
    return databases(kind).own


@pytest.fixture
def app(kind: str, database: Database, apps: Callable[[str], Flask]) -> Flask:
    """The whole app on an empty database. To change its config use `monkeypatch.setitem`."""
    return apps(kind)


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Not pytest-flask's, which keeps a request open in which every client is the same person."""


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser in which nobody is signed in."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[object]:
    """The database session, for tests without HTTP. Commit before a client is to see what was made."""
    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def visit(client: Client) -> Callable[..., Page]:
    """Fetch a page that must answer `status`, check it against the rules of all pages, and parse it.

    `visit("/board")`, `visit("/board", by=another_client)`, `visit("/ideas/I-1", status=404)`.
    """

    def fetch(path: str, *, by: Client = client, status: int = 200, **kwargs: object) -> Page:
        response = by.get(path, **kwargs)
        assert response.status_code == status, response.get_data(as_text=True)[:2000]
        page = Page.of(response)
        assert not (broken := broken_rules(page)), f"{path}: " + "; ".join(broken)
        return page

    return fetch


@pytest.fixture
def server(kind: str, databases: Callable[[str], SQLite | PostgreSQL]) -> Iterator[object]:
    """A real server, on a database of its own: `server.url`, `server.database`."""
    with serving(databases(kind).fresh()) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """The browser itself."""
    path = browser.chromium_path()
    if path is None:
        pytest.skip(browser.NONE)
    with browser.chromium(path) as started:
        yield started


@pytest.fixture
def window(chromium: object) -> Iterator[Callable[..., object]]:
    """Open a browser window: `page = window(width=390)`, `window(javascript=False)`, `window(dark=True)`."""
    with contextlib.ExitStack() as windows:
        yield lambda **wishes: windows.enter_context(browser.window(chromium, **wishes))


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash in no time."""
    monkeypatch.setattr(passwords, "hasher", players.QUICK)


@pytest.fixture
def cast(session: object, kind: str) -> players.Cast:
    """The people and organisations of the example, committed, in this test's session."""
    made = players.present(kind)
    db.session.commit()
    the_cast_is_there()
    return made


@pytest.fixture
def signed_in(app: Flask) -> Callable[[Person], Client]:
    """A browser in which this person is signed in: `amaras = signed_in(cast.amara)`. Commit what it is to see."""

    def sign_in(person: Person) -> Client:
        token = sessions.begin(person, device="A browser")
        db.session.commit()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
        return client

    return sign_in
