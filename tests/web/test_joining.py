"""Joining: asking, waiting with nothing to read, and the yes or no of somebody there."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import joining, people
from ideas.models import AuditEntry, Membership, Person, Role
from tests import factories
from tests.helpers.page import Page, text

ADMIN = "/admin/northmere-hospitals"


@pytest.fixture
def open_to_all(app, monkeypatch):
    """Everybody may ask to join."""
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], sign_up="open"))


def asks(cast, **fields):
    return {
        "organisation": cast.northmere.id,
        "job": "night porter",
        "name": "Nia Pugh",
        "sign_in": "nia.nights",
        "new": "kettle orbit mango",
    } | fields


@pytest.fixture
def nia(cast):
    """Nia has asked to join Northmere, and waits."""
    person = joining.open_account("Nia Pugh", "nia", "kettle orbit mango")
    joining.ask(person, cast.northmere, job="porter")
    db.session.commit()
    return person


def test_who_is_not_invited_is_told_how_to_get_in(cast, visit, client):
    page = visit("/join")
    assert "link from where you work" in page.text("h1")
    assert not page.all("main form")
    assert client.post("/join", data=asks(cast)).status_code == 403
    assert people.with_sign_in("nia.nights") is None


def test_somebody_joins_without_an_e_mail_address_and_waits(open_to_all, cast, client, visit):
    assert client.post("/join", data=asks(cast)).location == "/"
    page = visit("/")
    assert "Now somebody where you work says yes" in page.text("h1")
    assert "Northmere Hospitals" in page.text("main")
    nia = people.with_sign_in("nia.nights")
    assert [(m.is_waiting, m.role) for m in nia.memberships] == [(True, Role.MEMBER)]


def test_who_waits_reads_nothing(cast, nia, signed_in, visit):
    idea = factories.new(cast)
    nias = signed_in(nia)
    assert nias.get("/ideas/new").status_code == 403
    for path in ("/board", "/ideas", "/organisations"):
        assert "Nothing that you wrote is lost" in visit(path, by=nias, status=403).text("main"), path
    for path in (
        f"/ideas/{idea.ref}",
        "/organisations/northmere-hospitals",
        f"/people/{cast.amara.id}",
        ADMIN,
        "/organisations/northmere-hospitals/places",
    ):
        assert nias.get(path).status_code == 404, path
    links = {link.attrs["href"] for link in visit("/", by=nias).all("header a")}
    assert links <= {"/", "/account"}


def test_the_account_of_who_waits_says_where_they_asked(cast, nia, signed_in, visit):
    words = visit("/account", by=signed_in(nia)).text("main")
    assert "Northmere Hospitals : you asked" in words
    assert "belong to no organisation" not in words


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"organisation": ""}, "organisation"),
        ({"job": " "}, "job"),
        ({"name": ""}, "name"),
        ({"sign_in": "amara@example.org"}, "sign_in"),
        ({"sign_in": "two words"}, "sign_in"),
        ({"new": "short"}, "new"),
        ({"new": "nia.nights nia.nights"}, "new"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field_and_the_rest_is_kept(open_to_all, cast, client, sent, field):
    answer = client.post("/join", data=asks(cast, **sent))
    assert answer.status_code == 422
    page = Page.of(answer)
    assert [link.attrs["href"] for link in page.all(".nhsuk-error-summary a")] == [f"#{field}"]
    if field != "name":
        assert page.one("#name").attrs["value"] == "Nia Pugh"
    assert db.session.scalar(sa.select(sa.func.count(Membership.id)).where(Membership.waits())) == 0


def test_who_asks_whether_a_name_is_taken_makes_an_account_where_it_is_not(open_to_all, cast, client):
    for name in (cast.femi.sign_in, "nobody.nights"):
        refused = client.post("/join", data=asks(cast) | {"sign_in": name, "new": "short"})
        assert refused.status_code == 422
        assert "characters or more" in refused.text
        assert "signs in as" not in refused.text


def test_nobody_finds_out_by_trying_which_names_are_taken(open_to_all, cast, client):
    answers = [client.post("/join", data=asks(cast, sign_in="amara@example.org")).status_code for _ in range(42)]
    assert answers[0] == 422
    assert answers[-1] == 429


def test_a_supplier_cannot_be_joined(open_to_all, cast, client, visit):
    assert "Lantern" not in visit("/join").text("#organisation")
    answer = client.post("/join", data=asks(cast, organisation=cast.lantern.id))
    assert answer.status_code == 422


def test_a_member_asks_to_join_one_more_organisation(cast, signed_in, visit):
    deles = signed_in(cast.dele)
    page = visit("/join", by=deles)
    assert not page.all("#new")
    answer = deles.post("/join", data={"organisation": cast.northmere.id, "job": "bank carer"})
    assert answer.status_code == 303
    db.session.expire_all()
    assert [m.is_waiting for m in cast.dele.memberships] == [False, True]
    assert not cast.dele.is_member_of(cast.northmere.id)


@pytest.mark.parametrize("who", ["ada", "femi"])
def test_an_administrator_or_a_leader_says_yes(cast, nia, signed_in, visit, who):
    theirs = signed_in(getattr(cast, who))
    page = visit(ADMIN, by=theirs)
    assert page.text("h1") == "1 person waits for your yes"
    form = page.one('form[action$="/confirmation"]')
    assert theirs.post(form.attrs["action"]).location == ADMIN
    assert "Nia Pugh is in" in visit(ADMIN, by=theirs).text("#notices")
    assert visit("/board", by=signed_in(nia))
    assert theirs.post(form.attrs["action"]).status_code == 409


def test_a_no_is_asked_for_once_more_then_ends_it_and_the_account_stays(cast, nia, signed_in, visit):
    adas = signed_in(cast.ada)
    page = visit(ADMIN, by=adas)
    form = f"details form[action='/memberships/{nia.memberships[0].id}/refusal']"
    assert "you cannot take it back" in page.text(form)
    assert adas.post(page.one(form).attrs["action"], data=page.fields(form)).status_code == 303
    page = visit("/", by=signed_in(nia))
    assert page.text("h1") == "Northmere Hospitals said no, Nia"
    assert "ask a leader or an administrator there for a link" in page.text("main")
    assert visit("/account", by=signed_in(nia))


def test_whoever_was_in_and_left_since_is_not_told_that_they_were_refused(cast, nia, signed_in, visit):
    asked = nia.memberships[0]
    with clock.at(clock.now() + dt.timedelta(hours=1)):
        people.leave(people.join(nia, cast.northmere, job="manager", role=Role.LEADER))
    db.session.commit()
    assert asked.never_held, "it was answered with more"
    assert "You belong to no organisation now" in visit("/", by=signed_in(nia)).text("h1")


def test_what_was_done_is_told_to_who_looks_after_the_people(cast, nia, signed_in, visit):
    adas = signed_in(cast.ada)
    adas.post(f"/memberships/{nia.memberships[0].id}/confirmation")
    told = [text(row) for row in visit(f"{ADMIN}/audit", by=adas).all("main ol li p")]
    assert told == ["Ada Lane said yes to Nia Pugh, porter", "Nia Pugh asked to join, as porter"]
    assert signed_in(cast.femi).get(f"{ADMIN}/audit").status_code == 403


@pytest.mark.parametrize("act", ["UPDATE audit_entries SET act = 'x'", "DELETE FROM audit_entries"])
def test_the_database_refuses_to_change_the_audit(cast, nia, act):
    assert db.session.scalar(sa.select(sa.func.count(AuditEntry.id))) == 1
    with pytest.raises(sa.exc.DBAPIError, match="never edited"):
        db.session.execute(sa.text(act))
    db.session.rollback()


def test_who_waits_does_not_count_among_the_people_of_a_place(cast, nia):
    assert people.are_fewer_than(9, cast.willow_bank)
    working = len(people.of(cast.northmere))
    assert not people.are_fewer_than(working, cast.northmere)
    assert people.are_fewer_than(working + 1, cast.northmere), "Nia waits, and is not counted"


def test_who_waits_and_is_invited_as_more_waits_no_longer(cast, nia):
    people.join(nia, cast.northmere, job="manager", role=Role.LEADER)
    assert [m.role for m in nia.active_memberships] == [Role.LEADER]
    assert not joining.waiting(cast.northmere, reader=cast.ada)


# Looking after people


def test_where_nobody_administers_a_leader_looks_after_the_people(cast, signed_in, visit):
    gwens = signed_in(cast.gwen)
    page = visit("/admin/willow-bank-care-home/people", by=gwens)
    assert "Dele Olu , carer" in page.text("main")
    deles = cast.dele.memberships[0]
    assert gwens.post(f"/memberships/{deles.id}/roles", data={"role": "admin"}).status_code == 303
    assert gwens.get("/admin/willow-bank-care-home/people").status_code == 403
    assert visit("/admin/willow-bank-care-home/people", by=signed_in(cast.dele))


def test_a_job_is_put_right_and_a_role_given_once(cast, signed_in, visit):
    adas, tomas = signed_in(cast.ada), cast.tomas.memberships[0]
    assert visit(f"/memberships/{tomas.id}", by=adas).one("#job").attrs["value"] == "staff nurse"
    assert adas.post(f"/memberships/{tomas.id}", data={"job": ""}).status_code == 422
    assert adas.post(f"/memberships/{tomas.id}", data={"job": "senior nurse"}).status_code == 303
    assert adas.post(f"/memberships/{tomas.id}/roles", data={"role": "leader"}).status_code == 303
    assert adas.post(f"/memberships/{tomas.id}/roles", data={"role": "leader"}).status_code == 422, "he is one already"
    assert adas.post(f"/memberships/{tomas.id}/roles", data={}).status_code == 422
    db.session.expire_all()
    assert cast.tomas.leads(cast.northmere.id)
    assert cast.tomas.memberships[0].job == "senior nurse"


def test_the_details_of_an_organisation_are_changed(cast, signed_in, visit):
    adas = signed_in(cast.ada)
    visit(f"{ADMIN}/details", by=adas)
    sent = {"sign_off_days": "5", "reporting_url": "https://northmere.example.org/report", "ods_code": "rxx"}
    assert adas.post(f"{ADMIN}/details", data=sent).status_code == 303
    db.session.expire_all()
    assert (cast.northmere.sign_off_days, cast.northmere.ods_code) == (5, "RXX")
    wrong = adas.post(f"{ADMIN}/details", data=sent | {"reporting_url": "javascript:alert(1)"})
    assert wrong.status_code == 422
    told = visit(f"{ADMIN}/audit", by=adas).text("main")
    assert "changed its details: ODS code, days to answer, where to report" in told


def test_people_of_another_organisation_are_out_of_reach(cast, signed_in):
    gwens, tomas = signed_in(cast.gwen), cast.tomas.memberships[0]
    for path in (f"/memberships/{tomas.id}", f"/memberships/{tomas.id}/roles"):
        assert gwens.post(path, data={"job": "x", "role": "admin"}).status_code == 404
    assert gwens.get(ADMIN).status_code == 403
    assert db.session.scalar(sa.select(sa.func.count(Person.id))) == 11
