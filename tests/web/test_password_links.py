"""Password links: made by who looks after people, used once, and never a way into another organisation."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import leaving, password_links, passwords, people, sessions
from ideas.domain.errors import Refused
from ideas.models import PasswordLink, Role
from tests.cast import PASSWORD, give_password
from tests.helpers.page import Page

NEW = "kettle orbit mango"
#: When everybody chose the password that they have.
LONG_AGO = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def with_passwords(cast, session):
    with clock.at(LONG_AGO):
        for person in (cast.tomas, cast.ada, cast.amara):
            give_password(person)
    session.commit()


def make(client, membership):
    """The path of a link that this browser's person makes."""
    answer = client.post(f"/memberships/{membership.id}/password-links")
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return Page.of(answer).text(".link-once").removeprefix("http://localhost")


@pytest.fixture
def link(cast, signed_in):
    """A link of Ada's for Tomas."""
    return make(signed_in(cast.ada), cast.tomas.memberships[0])


def is_tomas_in(password):
    db.session.expire_all()
    return sessions.authenticate("tomas@example.org", password) is not None


def test_a_new_password_is_chosen_and_then_typed_once_more(cast, link, client, signed_in, visit):
    his = signed_in(cast.tomas)
    page = visit(link)
    assert page.text("h1") == "Choose a new password, Tomas"
    assert "tomas@example.org" in page.text("main")
    assert client.post(link, data={"new": NEW}).location == "/sign-in"
    assert "Your password is changed. Sign in as tomas@example.org" in visit("/sign-in").text("#notices")
    assert client.get("/account").location.startswith("/sign-in"), "it signs nobody in"
    assert his.get("/account").location.startswith("/sign-in"), "he is signed out everywhere"
    assert is_tomas_in(NEW)
    assert not is_tomas_in(PASSWORD)


def test_only_the_hash_is_kept_and_the_audit_says_who_made_it(cast, link, signed_in, visit):
    kept = db.session.scalars(sa.select(PasswordLink)).one()
    assert link.rsplit("/", 1)[1] != kept.token_hash
    told = visit("/admin/northmere-hospitals/audit", by=signed_in(cast.ada)).text("main")
    assert "Ada Lane made a link with which Tomas Novak chooses a new password" in told


def test_a_link_is_used_once(link, client):
    assert client.post(link, data={"new": NEW}).status_code == 303
    assert client.get(link).status_code == 409
    assert client.post(link, data={"new": "another orbit mango"}).status_code == 409
    assert is_tomas_in(NEW)


def test_to_look_at_it_uses_nothing_up_and_a_refused_password_neither(link, client):
    assert [client.get(link).status_code for _ in range(3)] == [200, 200, 200]
    for easy in ("", "short", "tomas novak tomas", "x" * 129):
        answer = client.post(link, data={"new": easy})
        assert answer.status_code == 422, easy
        assert [a.attrs["href"] for a in Page.of(answer).all(".nhsuk-error-summary a")] == ["#new"]
    assert client.post(link, data={"new": NEW}).status_code == 303


def test_it_runs_out_to_the_second(link, client):
    made = db.session.scalars(sa.select(PasswordLink)).one()
    assert made.expires_at - made.made_at == dt.timedelta(minutes=60)
    with clock.at(made.expires_at):
        assert client.get(link).status_code == 409
        assert client.post(link, data={"new": NEW}).status_code == 409
    with clock.at(made.expires_at - dt.timedelta(seconds=1)):
        assert client.get(link).status_code == 200
    assert is_tomas_in(PASSWORD)


def test_using_one_makes_all_others_of_that_person_void(cast, link, client, signed_in):
    adas = signed_in(cast.ada)
    second, amaras = make(adas, cast.tomas.memberships[0]), make(adas, cast.amara.memberships[0])
    assert client.post(second, data={"new": NEW}).status_code == 303
    assert client.post(link, data={"new": "another orbit mango"}).status_code == 409
    assert client.get(amaras).status_code == 200, "hers is hers"


def test_a_changed_password_makes_it_void(cast, link, client, signed_in):
    sent = {"current": PASSWORD, "new": NEW}
    assert signed_in(cast.tomas).post("/account/password", data=sent).status_code == 303
    assert client.post(link, data={"new": "another orbit mango"}).status_code == 409
    assert is_tomas_in(NEW)


def test_of_two_at_the_same_moment_one_sets_the_password(cast, session):
    membership = cast.tomas.memberships[0]
    first, _ = password_links.make(membership, by=cast.ada)
    second, _ = password_links.make(membership, by=cast.ada)
    session.commit()
    password_links.use(first, NEW)
    with pytest.raises(Refused, match="does not work any more"):
        password_links.use(second, "another orbit mango")
    with pytest.raises(Refused, match="does not work any more"):
        password_links.use(first, "another orbit mango")
    assert passwords.fits(cast.tomas, NEW)


def test_it_opens_nothing_once_its_maker_or_the_person_has_left(cast, link, client, session):
    people.join(cast.ruth, cast.northmere, job="administrator", role=Role.ADMIN)
    _, token = password_links.make(cast.tomas.memberships[0], by=cast.ruth)
    leaving.end(cast.ada.memberships[0], by=cast.ruth)
    session.commit()
    assert client.get(link).status_code == 409, "Ada made it, and is gone"
    assert client.get(f"/password/{token}").status_code == 200
    leaving.end(cast.tomas.memberships[0], by=cast.ruth)
    session.commit()
    assert client.post(f"/password/{token}", data={"new": NEW}).status_code == 409


def test_an_administrator_here_does_not_get_into_another_organisation(cast, link, client, signed_in, session, visit):
    people.join(cast.tomas, cast.eastfold, job="adviser", role=Role.LEADER)
    session.commit()
    assert client.get(link).status_code == 409, "not even with a link from before"
    adas, path = signed_in(cast.ada), f"/memberships/{cast.tomas.memberships[0].id}"
    refused = adas.post(f"{path}/password-links")
    assert refused.status_code == 403
    page = visit(path, by=adas)
    assert "Ask whoever runs Headroom" in page.text("main")
    assert not page.all("form[action$='/password-links']")


def test_nobody_makes_one_for_themselves(cast, signed_in, visit):
    adas, path = signed_in(cast.ada), f"/memberships/{cast.ada.memberships[0].id}"
    assert adas.post(f"{path}/password-links").status_code == 403
    assert "forgot" not in visit(path, by=adas).text("main")


def test_a_link_that_never_was_is_not_there(cast, client):
    assert client.get("/password/" + "x" * 43).status_code == 404
    assert client.post("/password/" + "x" * 43, data={"new": NEW}).status_code == 404


def test_nobody_tries_for_ever(cast, link, client):
    answers = [client.post(link, data={"new": "short"}).status_code for _ in range(42)]
    assert (answers[0], answers[-1]) == (422, 429)


def test_who_is_signed_in_here_as_somebody_else_is_signed_out(cast, link, signed_in):
    amaras = signed_in(cast.amara)
    assert amaras.post(link, data={"new": NEW}).status_code == 303
    assert amaras.get("/account").location.startswith("/sign-in"), "the next to sit here is Tomas"


def test_links_that_are_over_are_swept_away(cast, link):
    with clock.at(clock.now() + dt.timedelta(minutes=59)):
        assert password_links.sweep_old() == 0
    with clock.at(clock.now() + dt.timedelta(minutes=61)):
        assert password_links.sweep_old() == 1


def test_whoever_runs_it_prints_one_for_anybody(app, cast, client, session):
    people.join(cast.tomas, cast.eastfold, job="adviser", role=Role.LEADER)
    session.commit()
    done = app.test_cli_runner().invoke(args=["people", "password-link", "--sign-in", "tomas@example.org"])
    assert done.exit_code == 0, done.output
    path = "/password/" + done.output.splitlines()[1].rsplit("/", 1)[1]
    session.rollback()
    assert client.post(path, data={"new": NEW}).status_code == 303
    assert is_tomas_in(NEW)
    wrong = app.test_cli_runner().invoke(args=["people", "password-link", "--sign-in", "nobody"])
    assert wrong.exit_code == 1
    assert "Nobody signs in as nobody" in wrong.output
