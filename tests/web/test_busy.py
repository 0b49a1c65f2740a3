"""A busy or odd moment: a locked database, an old form, a form too large. Nothing is half done, nothing is lost."""

from __future__ import annotations

import time
import urllib.parse
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

import ideas.db
from ideas.app import create_app
from ideas.db import db
from ideas.domain import sessions
from ideas.models import Idea
from tests import cast as players
from tests import factories
from tests.helpers.client import Client
from tests.helpers.page import Page, text
from tests.helpers.statements import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

SAID = {"now": "The lift stops at nine.", "change": "One text to all porters.", "title": "Text the porters"}


@pytest.fixture
def impatient(kind: str, databases: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An app that waits a moment, not seconds, for whoever holds the database."""
    monkeypatch.setattr(ideas.db, "BUSY_SECONDS", 1.0)
    app = create_app(databases(kind).fresh().settings())
    app.test_client_class = Client
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def signed_in_at(app: Flask, token: str) -> Client:
    """A browser with this session; what was done so far is kept."""
    db.session.commit()
    db.session.remove()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return client  # type: ignore[return-value]


def hold(kind: str, idea_id: int) -> sa.Connection:
    """Somebody else, in the middle of a change that takes long."""
    connection = db.engine.connect()
    if kind == "postgresql":
        connection.execute(sa.select(Idea.id).where(Idea.id == idea_id).with_for_update())
    else:
        connection.begin()
    return connection


def test_a_locked_database_answers_503_and_nothing_is_half_done(kind: str, impatient: Flask) -> None:
    cast = players.assemble()
    idea = factories.in_planning(cast)
    idea_id, path, version = idea.id, f"/ideas/{idea.ref}", idea.version
    amara = signed_in_at(impatient, sessions.begin(cast.amara, device="A browser"))

    with hold(kind, idea_id):
        busy = amara.post(f"{path}/moves", data={"stage": "new", "version": version})
        read = amara.get(path)
    again = amara.post(f"{path}/moves", data={"stage": "new", "version": version})

    assert busy.status_code == 503
    assert int(busy.headers["Retry-After"]) > 0
    assert "Nothing was changed" in busy.get_data(as_text=True) or "nothing" in busy.get_data(as_text=True).lower()
    assert read.status_code == 200
    assert again.status_code == 303


@pytest.mark.parametrize("kind", ["sqlite"])
def test_who_reads_does_not_wait_for_a_note_of_their_last_use(
    impatient: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = players.assemble()
    token = sessions.begin(cast.amara, device="A browser")
    monkeypatch.setattr(sessions, "needs_noting", lambda session: True)
    amara = signed_in_at(impatient, token)
    amara.get("/account")

    with hold("sqlite", 0):
        began = time.monotonic()
        read = amara.get("/account")
        waited = time.monotonic() - began

    assert read.status_code == 200
    assert waited < ideas.db.BUSY_SECONDS


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_refusal_is_drawn_while_others_may_write(impatient: Flask) -> None:
    cast = players.assemble()
    moves = f"/ideas/{factories.in_planning(cast).ref}/moves"
    amara = signed_in_at(impatient, sessions.begin(cast.amara, device="A browser"))

    with counted() as sent:
        refused = amara.post(moves, data={"stage": "new", "version": 0})

    assert refused.status_code == 409
    assert [each for each in sent if each.startswith("BEGIN")] == ["BEGIN IMMEDIATE", "BEGIN DEFERRED"]


def test_an_old_form_is_refused_and_its_words_are_shown(cast: players.Cast, signed_in: Callable[..., Client]) -> None:
    amara = signed_in(cast.amara)

    answer = amara.post("/ideas", data=SAID | {"csrf_token": "of-yesterday"}, csrf=False)

    assert answer.status_code == 419
    assert SAID["now"] in answer.get_data(as_text=True)
    assert db.session.scalar(sa.select(sa.func.count(Idea.id))) == 0


def test_the_words_of_an_old_form_can_be_sent_again(cast: players.Cast, signed_in: Callable[..., Client]) -> None:
    amara = signed_in(cast.amara)
    shown = amara.post("/ideas", data=SAID | {"audience": "open"}, csrf=False).get_data(as_text=True)

    assert 'action="/ideas"' in shown
    assert 'name="title" value="Text the porters"' in shown
    assert '<div class="prose"><p>Text the porters</p></div>' in shown
    assert '<div class="prose"><p>open</p></div>' not in shown


def test_whose_session_ended_keeps_the_words_in_sight(cast: players.Cast, signed_in: Callable[..., Client]) -> None:
    amara = signed_in(cast.amara)
    sessions.end_all(cast.amara)
    db.session.commit()

    answer = amara.post("/ideas", data=SAID)

    assert answer.status_code == 419
    assert SAID["now"] in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "sent", "written"),
    [
        (
            "/ideas",
            {"change": "Hooks", "hurts_organisation": "1", "audience": "open"},
            ["What would be less bad? Hooks"],
        ),
        ("/steps/1/completion", {"done": "1", "back": "desk", "key": "abcdefgh"}, []),
        ("/felt-asks/1/answer", {"answer": "less_bad", "back": "desk"}, []),
        ("/checks/1", {"state": "open", "asked_whom": "", "answer": "yes"}, ["What was said, in their own words yes"]),
        ("/sponsorships/1/answer", {"answer": "accept", "unit": "days", "note": "Mondays"}, ["In a few words Mondays"]),
        (
            "/ideas/I-1/week",
            {"number_1": "4", "had_time": "no", "worse": "Noise"},
            ["Anything worse than before? Noise"],
        ),
        ("/account/password", {"current": "old words here", "new": "new words here"}, []),
    ],
)
@pytest.mark.parametrize("kind", ["sqlite"])
def test_what_is_shown_as_written_is_what_somebody_wrote(
    client: Client, path: str, sent: dict[str, str], written: list[str]
) -> None:
    page = Page.of(client.post(path, data=sent))

    assert page.text("h1") == "You were signed out"
    assert [text(each) for each in page.all("main .sheet > div")] == written
    assert ("It was not done" in page.text("main .lead")) == (not written)


HERE = "http://localhost"


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize(
    ("path", "sent", "came_from", "back"),
    [
        ("/ideas", SAID, f"{HERE}/ideas/new?for=colleague", "/ideas/new?for=colleague"),
        ("/ideas", SAID, f"{HERE}/ideas", "/ideas/new"),  # it was refused before
        ("/ideas", SAID, "", "/ideas/new"),
        ("/ideas/I-1", SAID, f"{HERE}/ideas/I-1", "/ideas/I-1/edit"),
        ("/ideas/I-1", {"audience": "open"}, f"{HERE}/ideas/I-1", "/ideas/I-1"),
        (
            "/ideas/I-1/moves",
            {"lesson": "No."},
            f"{HERE}/ideas/I-1/moves?stage=stopped",
            "/ideas/I-1/moves?stage=stopped",
        ),
        ("/ideas/I-1/result", {"stated_result": "Less."}, f"{HERE}/ideas/I-1/result", "/ideas/I-1"),
        ("/steps/1/completion", {"done": "1"}, f"{HERE}/", "/"),
        ("/sign-offs/7/leader", {"reason": "Away"}, f"{HERE}/sign-offs/7/decision", "/"),
        ("/ideas", SAID, "https://elsewhere.example/ideas/new", "/ideas/new"),
        ("/seen", {}, "https://elsewhere.example/account", "/"),
        ("/seen", {}, f"{HERE}//elsewhere.example", "/"),
        ("/seen", {}, f"{HERE}.elsewhere.example/account", "/"),
        ("/seen", {}, "http://[", "/"),
    ],
)
def test_who_was_signed_out_is_led_back_to_the_form(
    client: Client, path: str, sent: dict[str, str], came_from: str, back: str
) -> None:
    pages = [
        Page.of(client.post(path, data=sent, headers={"Referer": came_from}, csrf=has_token))
        for has_token in (True, False)  # the session alone ended, or its cookie is gone too
    ]

    for page in pages:
        assert page.text("h1") == "You were signed out"
        way = page.one("main .narrow > p a").attrs["href"]
        assert urllib.parse.parse_qs(urllib.parse.urlsplit(way).query)["next"] == [back]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_form_that_is_for_everybody_is_too_old_and_nobody_was_signed_out(client: Client) -> None:
    for path in ("/sign-in", "/claim", "/at/bcdf-ghjk"):
        assert (
            Page.of(client.post(path, data={"code": "x"}, csrf=False)).text("h1") == "This form was open for too long"
        )


@pytest.mark.parametrize("kind", ["sqlite"])
def test_in_a_part_of_a_page_too_who_was_signed_out_is_led_to_sign_in(client: Client) -> None:
    headers = {"HX-Request": "true", "Referer": f"{HERE}/ideas/I-1/plan"}

    notice = Page.of(client.post("/steps/1/completion", data={"done": "1"}, headers=headers))

    assert "It was not done" in notice.text()
    assert notice.one("a").attrs["href"] == "/sign-in?next=/ideas/I-1/plan"


def test_a_form_from_another_site_is_refused(cast: players.Cast, signed_in: Callable[..., Client]) -> None:
    amara = signed_in(cast.amara)

    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert amara.post("/ideas", data=SAID, headers=headers).status_code == 403
    assert db.session.scalar(sa.select(sa.func.count(Idea.id))) == 0


def test_a_body_of_two_megabytes_is_refused(cast: players.Cast, signed_in: Callable[..., Client]) -> None:
    answer = signed_in(cast.amara).post("/ideas", data=SAID | {"now": "x" * 2_000_000})

    assert answer.status_code == 413
    assert "Nothing was" in answer.get_data(as_text=True) or "too" in answer.get_data(as_text=True)


def test_two_browsers_stay_two_people(cast: players.Cast, signed_in: Callable[..., Client]) -> None:
    amara, femi = signed_in(cast.amara), signed_in(cast.femi)

    names = ["Amara O., your account", "Femi A., your account"]
    for _ in range(2):
        for client, name in zip((amara, femi), names, strict=True):
            assert name in client.get("/board").get_data(as_text=True)


def test_an_error_of_ours_is_a_page_without_a_trace(
    app: Flask, cast: players.Cast, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("the secret of the house")

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "board.show", broken)

    answer = signed_in(cast.amara).get("/board")

    assert answer.status_code == 500
    assert "It is our fault, not yours" in answer.get_data(as_text=True)
    assert "secret" not in answer.get_data(as_text=True)
    assert "Traceback" not in answer.get_data(as_text=True)
    assert answer.headers["X-Request-ID"] in answer.get_data(as_text=True)
