"""Odd input: no row has that number, no form that field, no calendar that day; and none of it is our fault."""

from __future__ import annotations

import re
import urllib.parse
from typing import TYPE_CHECKING, Any

import pytest

from ideas.domain import (
    measures,
)
from ideas.models import (
    Direction,
)
from ideas.web.paging import Pages
from tests import factories
from tests.access import world
from tests.cast import PASSWORD, give_password
from tests.helpers.asking import address
from tests.helpers.walking import posts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.cast import Cast
    from tests.helpers.client import Client

NO_ROWS = ("9" * 30, "2147483648", "-1", "0", "-99999999999999999999", "\u0663", "nan", "\x00")


@pytest.mark.parametrize("part", ["team", "owner", "sponsorships"])
def test_a_person_whom_no_row_could_be_is_not_asked(cast: Cast, signed_in: Callable[..., Client], part: str) -> None:
    idea = factories.in_planning(cast)
    amaras = signed_in(cast.amara)

    answers = {sent: amaras.post(f"/ideas/{idea.ref}/{part}", data={"person": sent}).status_code for sent in NO_ROWS}

    # Digits of another script are digits: they name the person who has that number, or nobody.
    assert {status for sent, status in answers.items() if sent != "\u0663"} == {422}
    assert answers["\u0663"] in (303, 409, 422)


@pytest.mark.parametrize(
    "path",
    [
        "/organisations/%00",
        "/organisations/a%00b",
        "/organisations/%ff",
        "/organisations/Northmere-Hospitals",
        "/people/2147483648",
        "/people/99999999999999999999",
        "/people/-1",
        "/people/1%00",
        "/ideas/I-0",
        "/ideas/I-9999999999",
        "/steps/%D9%A9999999999999",
    ],
)
def test_an_odd_address_has_no_page(cast: Cast, signed_in: Callable[..., Client], path: str) -> None:
    assert signed_in(cast.tomas).get(path).status_code == 404


@pytest.mark.parametrize("target", ["/\u2603", "/ideas?x=\u2028", "/\x80"])
def test_where_to_go_on_is_an_address_in_every_header(cast: Cast, client: Client, session: Any, target: str) -> None:
    give_password(cast.amara)
    session.commit()
    who = {"email": "amara@example.org", "password": PASSWORD, "next": target}

    answer = client.post("/sign-in", data=who, headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == urllib.parse.quote(target, safe="/?=")


@pytest.mark.parametrize(
    "query", ["_scheme=javascript&_external=1", "endpoint=x", "slug=y", "_anchor=z", "_method=POST"]
)
def test_no_word_in_a_query_makes_the_next_page_another_address(app: Flask, query: str) -> None:
    with app.test_request_context(f"/organisations/eastfold-council?{query}"):
        assert Pages(1, 2).next_url == f"/organisations/eastfold-council?{query}&page=2"


ODD = ("\x00a\x00", "9" * 5000, "-1", "1e400", "sNaN", "\u0663", "9999-99-99", "\U0010ffff", "a" * 100_000, "None")
FIELDS = re.findall(
    r"\S+",
    """
    now change title hurts_place hurts_organisation home_organisation audience person answer organisation stage lesson
    board version key owner due_on done back asked_person asked_whom state said_by none_of_these name unit direction
    changed_on taken_on value stated_result leader reason outcome ends_on checks would_change deputy since until newest
    smallest_test starts_on harm_how_sure pledge_kind amount note current new email password next
    on_behalf_of without_name leave_place_out code ticket sign_in job role opens again shared requests ideas steps file
    partner sponsor_may_decide sign_off_days reporting_url ods_code cqc_code checked_details seen
    week in_the_way worse had_time nothing attempt prediction started_on happened foresight learned ended_as because
    """,
)


def test_nothing_that_is_sent_is_our_fault(app: Flask, cast: Cast, signed_in: Callable[..., Client]) -> None:
    made = world.make(cast)
    measure = measures.add(made.carried, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    of_it = {"steps": made.step.id, "checks": made.check.id, "measures": measure.id, "ref": made.carried.ref}
    of_it |= {"sponsorships": made.sponsorship.id, "sign-offs": made.request.id, "team": made.place.id}
    whose = {"sponsorships": cast.gwen, "sign-offs": cast.femi, "team": cast.ruth, "absences": cast.femi}
    of_it |= {"memberships": made.tomas_there.id, "invitations": made.invitation.id, "places": made.spot.id}
    of_it |= {"hidings": made.hiding.id, "files": made.file.id, "code": made.spot.written_code}
    of_it |= {"cycles": made.cycle.id}
    counted = measures.add(made.tried, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    of_week = [f"number_{counted.id}", f"time_{made.tried.sponsorships[0].pledges[0].id}", "week", "version", "worse"]
    whose |= dict.fromkeys(("memberships", "invitations", "places", "admin", "organisations"), cast.ada)
    clients = {name: signed_in(who) for name, who in whose.items()} | {"": signed_in(cast.amara)}

    for rule in posts(app):
        client = clients.get(rule.rule.split("/")[1], clients[""])
        # Each field meets several odd values, each time beside others.
        bodies = [{name: ODD[(n + turn) % len(ODD)] for n, name in enumerate(FIELDS)} for turn in (0, 3, 7)]
        for body in bodies if "sign-out" not in rule.rule else ():
            assert client.post(address(rule, **of_it), data=body).status_code < 500
    for turn in range(len(ODD)):
        body = {name: ODD[(n + turn) % len(ODD)] for n, name in enumerate(of_week)}
        assert clients[""].post(f"/ideas/{made.tried.ref}/week", data=body).status_code == 422
    assert clients[""].post("/ideas", data={f"f{n}": "x" for n in range(190)}).status_code == 422
    many = clients[""].post("/ideas", data="a=1&" * 200_000, content_type="application/x-www-form-urlencoded")
    assert many.status_code == 413
    assert len(many.data) < 20_000, "what was sent is not drawn again"
    parts = {f"f{n}": "x" for n in range(300)}
    assert clients[""].post("/ideas", data=parts, content_type="multipart/form-data").status_code == 413
