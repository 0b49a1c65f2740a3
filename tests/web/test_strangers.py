"""Strangers: who left, who waits for a yes, who looks after another organisation. Every address is tried as each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from ideas.db import db
from ideas.domain import people
from ideas.models import Membership, Person, Role
from tests.access import world
from tests.helpers.asking import address, fingerprint
from tests.helpers.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from werkzeug.routing import Rule

    from tests.cast import Cast
    from tests.helpers.client import Client

#: Guards under which nobody is asked where they belong: the public pages, one's own account, posters, six words.
FOR_ALL = frozenset({"anyone", "account holder", "poster", "six words", None})
#: What is written down about asking, whatever the answer.
WRITTEN_ANYHOW = frozenset({"throttles", "sessions"})


@pytest.fixture
def made(cast: Cast) -> world.World:
    """The world of the table of permissions."""
    things = world.make(cast)
    db.session.commit()
    return things


def asks(app: Flask, made: world.World) -> Iterator[tuple[Rule, str, str]]:
    """Every address that is not for all, of the things of this world, with each of its methods."""
    of_it: dict[str, Any] = {
        "steps": made.step.id,
        "checks": made.check.id,
        "sponsorships": made.sponsorship.id,
        "sign-offs": made.request.id,
        "team": made.place.id,
        "files": made.file.id,
        "cycles": made.cycle.id,
        "hidings": made.hiding.id,
        "memberships": made.joiner.id,
        "invitations": made.invitation.id,
        "places": made.spot.id,
        "people": made.dele_there.person_id,
        "sessions": 2**31 - 1,
        "ref": made.carried.ref,
    }
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or getattr(app.view_functions[rule.endpoint], "guard", None) in FOR_ALL:
            continue
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield rule, method, address(rule, **of_it)


def counted(session: Any) -> dict[str, list[str]]:
    return {table: rows for table, rows in fingerprint(session).items() if table not in WRITTEN_ANYHOW}


def test_who_left_or_waits_finds_nothing_and_changes_nothing(
    app: Flask, cast: Cast, session: Any, signed_in: Callable[..., Client], made: world.World
) -> None:
    """Author, named leader, sponsor, adviser, whoever has a step: all of them were asked, and then all left."""
    left = [cast.amara, cast.femi, cast.gwen, cast.mina, cast.ruth, cast.ada]
    for person in left:
        for membership in person.active_memberships:
            people.leave(membership)
    session.commit()
    clients = {person.name: signed_in(person) for person in [*left, made.joiner.person]}
    before = counted(session)

    open_to_them = {
        (name, method, rule.rule, status)
        for rule, method, path in asks(app, made)
        for name, client in clients.items()
        if (status := client.open(path, method=method).status_code) not in (403, 404)
    }

    assert not open_to_them
    assert counted(session) == before


def test_who_looks_after_another_organisation_looks_after_no_other(
    app: Flask, cast: Cast, session: Any, signed_in: Callable[..., Client], made: world.World
) -> None:
    elsewhere = people.add("Edda Storm", "edda")
    people.join(elsewhere, cast.eastfold, job="administrator", role=Role.ADMIN)
    sells = people.add("Sid Moss", "sid")
    people.join(sells, cast.lantern, job="administrator", role=Role.ADMIN)
    session.commit()
    clients = [signed_in(elsewhere), signed_in(sells)]
    of_northmere = [
        (rule, method, path)
        for rule, method, path in asks(app, made)
        if rule.rule.split("/")[1] in ("admin", "memberships", "invitations", "places")
        or (rule.rule.startswith("/organisations/<slug") and method == "POST")
    ]
    before = counted(session)

    answers = {
        (rule.rule, method): {client.open(path, method=method).status_code for client in clients}
        for rule, method, path in of_northmere
    }

    assert len(of_northmere) > 15
    assert {asked: found for asked, found in answers.items() if not found <= {403, 404}} == {}
    assert counted(session) == before


def test_fields_that_no_form_of_joining_has_let_nobody_in(
    cast: Cast, session: Any, client: Client, signed_in: Callable[..., Client], made: world.World
) -> None:
    """The names of columns, sent along by somebody who joins at a poster, and by a leader who invites."""
    more = {"role": "admin", "confirmed_at": "2026-01-01", "started_at": "2026-01-01", "organisation_id": 1, "id": 1}
    more |= {"membership": 1, "organisation": cast.northmere.id, "is_active": "y", "person_id": cast.ada.id}
    at = f"/at/{made.room.written_code}"
    words = Page.of(client.post(at, data={"now": "n", "change": "c", "title": "t"})).fields(
        f"form[action='{at}/membership']"
    )
    joins = {"name": "Mal", "job": "carer", "sign_in": "mal", "new": "lanterns on the landing"}

    assert client.post(f"{at}/membership", data=words | joins | more).status_code == 303
    refused = signed_in(cast.femi).post("/admin/northmere-hospitals/invitations", data=more)

    session.expire_all()
    [membership] = session.scalars(sa.select(Membership).join(Person).where(Person.sign_in == "mal")).all()
    assert (membership.organisation, membership.role, membership.is_waiting) == (cast.willow_bank, Role.MEMBER, True)
    assert refused.status_code == 422
