"""The request log: what was asked, by whom, how it ended; and what must not be in it."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

import pytest
from flask import g

from ideas import counts
from ideas.app import create_app
from ideas.db import db
from ideas.domain import workplaces
from tests import cast as players
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.cast import Cast
    from tests.helpers.client import Client


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[str], list[dict[str, Any]]]:
    """The lines that say this: `lines("request")`."""
    caplog.set_level(logging.INFO)
    return lambda event: [r.msg for r in caplog.records if isinstance(r.msg, dict) and r.msg["event"] == event]


@pytest.fixture
def kind() -> str:
    """One kind is enough: nothing here depends on the database."""
    return "sqlite"


def test_a_request_has_one_line_with_its_route_and_its_person(
    cast: Cast, signed_in: Callable[..., Client], lines: Callable[[str], list[dict[str, Any]]]
) -> None:
    idea = factories.new(cast)
    db.session.commit()

    answer = signed_in(cast.amara).get(f"/ideas/{idea.ref}?secret=word")

    [line] = lines("request")
    assert line["method"] == "GET"
    assert line["route"] == "/ideas/<ref:ref>"
    assert line["status"] == 200
    assert line["person"] == cast.amara.id
    assert line["address"] == "127.0.0.1"
    assert line["ms"] > 0
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert "secret" not in repr(line)
    assert idea.ref not in repr(line)


def test_an_address_that_no_route_has_is_not_repeated(
    client: Client, lines: Callable[[str], list[dict[str, Any]]]
) -> None:
    client.get("/invitation/a-token-with-a-slip-of-the-pen")

    [line] = lines("request")
    assert (line["status"], line["route"], line["person"]) == (404, None, None)
    assert "token" not in repr(line)


def test_a_request_without_a_trace_leaves_neither_person_nor_address(
    app: Flask,
    cast: Cast,
    signed_in: Callable[..., Client],
    lines: Callable[[str], list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = app.view_functions["board.show"]

    def without_a_trace(**kwargs: Any) -> Any:
        g.without_a_trace = True
        return shown(**kwargs)

    monkeypatch.setitem(app.view_functions, "board.show", without_a_trace)

    assert signed_in(cast.amara).get("/board").status_code == 200

    [line] = lines("request")
    assert (line["person"], line["address"]) == (None, None)


def test_a_form_that_is_refused_before_its_page_leaves_no_trace_either(
    app: Flask, cast: Cast, signed_in: Callable[..., Client], lines: Callable[[str], list[dict[str, Any]]]
) -> None:
    unseen = {name for name, view in app.view_functions.items() if hasattr(view, "leaves_no_trace")}
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint in unseen and "POST" in rule.methods]
    place = workplaces.add(cast.northmere, "Ward 7", by=cast.ada)
    db.session.commit()
    amara = signed_in(cast.amara)

    for rule in rules:
        path = re.sub(r"<[^>]*>", place.code, rule.rule)
        amara.post(path, data={"now": "The lift stops at nine."}, csrf=False)
        amara.post(path, data={"now": "x" * 20_000_000})

    assert {line["route"] for line in lines("request")} == {rule.rule for rule in rules} != set()
    assert {(line["person"], line["address"]) for line in lines("request")} == {(None, None)}


def test_a_method_that_somebody_made_up_is_counted_with_all_others_of_its_kind(
    client: Client, lines: Callable[[str], list[dict[str, Any]]]
) -> None:
    """Each word that is counted on its own is kept for as long as the server runs, and anybody can make up more."""
    for n in range(3):
        assert client.open("/board", method=f"MADEUP{n}").status_code == 405

    assert [line["method"] for line in lines("request")] == ["other"] * 3
    assert b"MADEUP" not in counts.text({})


def test_monitors_are_not_logged_while_all_is_well(
    client: Client, lines: Callable[[str], list[dict[str, Any]]]
) -> None:
    client.get("/healthz")
    client.get("/readyz")
    client.get("/metrics")
    client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"})

    assert [line["status"] for line in lines("request")] == [404]


@pytest.mark.parametrize(("hops", "believed"), [("0", False), ("1", True)])
def test_the_id_of_a_request_is_taken_from_a_proxy_that_is_trusted(
    databases: Callable[[str], Any], hops: str, believed: bool
) -> None:
    client = create_app(databases("sqlite").fresh().settings(HEADROOM_TRUSTED_PROXIES=hops)).test_client()

    answer = client.get("/healthz", headers={"X-Request-ID": "4f2a-of-the-proxy"})
    odd = client.get("/healthz", headers={"X-Request-ID": "x' --"})

    assert (answer.headers["X-Request-ID"] == "4f2a-of-the-proxy") is believed
    assert odd.headers["X-Request-ID"] != "x' --"


def test_who_came_in_and_who_was_refused_is_in_the_security_log(
    client: Client,
    cast: Cast,
    signed_in: Callable[..., Client],
    lines: Callable[[str], list[dict[str, Any]]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    players.give_password(cast.amara)
    idea = factories.new(cast)
    db.session.commit()
    sign_in = {"email": "amara@example.org", "password": players.PASSWORD}

    client.post("/sign-in", data=sign_in | {"password": "canary-password"})
    client.post("/sign-in", data=sign_in | {"email": "nobody-at-all", "password": "canary-password"})
    client.post("/sign-in", data=sign_in)
    client.post("/sign-out")
    client.post("/sign-in", data=sign_in, csrf=False)
    client.post("/sign-in", data=sign_in, headers={"Sec-Fetch-Site": "cross-site"})
    signed_in(cast.tomas).get(f"/ideas/{idea.ref}/edit")
    for _ in range(11):
        client.post("/sign-in", data=sign_in | {"password": "canary-password"})

    assert [line["person"] for line in lines("sign-in failed")][:2] == [cast.amara.id, None]
    assert lines("signed in")[0]["person"] == cast.amara.id
    assert lines("signed out")[0]["person"] == cast.amara.id
    assert lines("a form without a valid token")
    assert lines("a form from another site")
    assert lines("denied")[0]["reason"]
    assert lines("tried too often")
    assert "canary" not in caplog.text
