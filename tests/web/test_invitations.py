"""Invitations: a link for one person, to copy, print or send; it is shown once and used once."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import invitations, people
from ideas.domain.errors import Refused
from ideas.models import Invitation, Role
from tests.helpers.page import Page, text

ADMIN = "/admin/northmere-hospitals"
ACCOUNT = {"name": "Nia Pugh", "sign_in": "nia", "new": "kettle orbit mango", "job": "porter"}


def make(client, **sent):
    """The path of a link that this browser's person makes."""
    answer = client.post(f"{ADMIN}/invitations", data={"role": "member"} | sent)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return Page.of(answer).text(".link-once").removeprefix("http://localhost")


@pytest.fixture
def link(cast, signed_in):
    """A link of Ada's, to join Northmere as a member."""
    return make(signed_in(cast.ada), note="the new porter")


def test_it_is_shown_once_with_ways_to_pass_it_on(cast, signed_in, visit):
    adas = signed_in(cast.ada)
    visit(f"{ADMIN}/invitations/new", by=adas)
    path = make(adas, note="the new porter")
    listed = visit(ADMIN, by=adas)
    assert "the new porter , as a member" in listed.text("main")
    assert path not in listed.html
    kept = db.session.scalars(sa.select(Invitation)).unique().one()
    assert path.rsplit("/", 1)[1] not in (kept.token_hash, kept.note)


def test_somebody_without_an_account_joins_at_once(cast, link, client, visit):
    page = visit(link)
    assert "Ada Lane asks you in, as a member" in page.text("main")
    assert client.post(link, data=ACCOUNT).location == "/"
    assert "You are a member of Northmere Hospitals" in visit("/").text("#notices")
    assert people.with_sign_in("nia").is_member_of(cast.northmere.id)


def test_somebody_with_an_account_joins_too(cast, link, signed_in, visit):
    deles = signed_in(cast.dele)
    assert not visit(link, by=deles).all("#new")
    assert deles.post(link, data={"job": "bank carer"}).location == "/"
    db.session.expire_all()
    assert cast.dele.is_member_of(cast.northmere.id)


def test_a_double_click_makes_one_link_and_shows_it(cast, signed_in, visit):
    adas = signed_in(cast.ada)
    sent = visit(f"{ADMIN}/invitations/new", by=adas).fields("main form")
    assert make(adas, **sent) == make(adas, **sent) != make(adas, **sent | {"key": "another-form"})
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == 2


def test_whoever_joined_with_a_link_and_opens_it_again_is_shown_the_way_in(link, client, visit):
    client.post(link, data=ACCOUNT)
    client.post("/sign-out")
    page = visit(link, status=409)
    assert "You did not join with this link" in page.text("h1")
    assert page.one("main a").attrs["href"] == "/sign-in"


def test_a_link_is_used_once(cast, link, client, signed_in):
    client.post(link, data=ACCOUNT)
    other = signed_in(cast.dele)
    assert "does not work any more" in text(Page.of(other.get(link)).one("main"))
    assert other.post(link, data={"job": "carer"}).status_code == 409
    assert not cast.dele.is_member_of(cast.northmere.id)


def test_to_look_at_a_link_uses_nothing_up(link, client):
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert client.post(link, data=ACCOUNT).status_code == 303


def test_a_link_runs_out_to_the_second(cast, link, client):
    made = db.session.scalars(sa.select(Invitation)).unique().one()
    with clock.at(made.expires_at):
        assert client.get(link).status_code == 409
    with clock.at(made.expires_at - dt.timedelta(seconds=1)):
        assert client.get(link).status_code == 200


def test_a_link_is_taken_back(cast, link, signed_in, client):
    made = db.session.scalars(sa.select(Invitation)).unique().one()
    assert signed_in(cast.femi).post(f"/invitations/{made.id}/revocation").status_code == 303
    assert client.post(link, data=ACCOUNT).status_code == 409
    assert people.with_sign_in("nia") is None, "nothing is half done"


def test_a_link_of_somebody_who_has_left_opens_nothing(cast, link, client):
    people.leave(cast.ada.memberships[0])
    db.session.commit()
    assert client.get(link).status_code == 409
    assert client.post(link, data=ACCOUNT).status_code == 409


def test_a_link_that_never_was_is_not_there(cast, client):
    assert client.get("/invitations/" + "x" * 43).status_code == 404
    assert client.post("/invitations/" + "x" * 43, data=ACCOUNT).status_code == 404


def test_a_leader_invites_members_and_only_who_looks_after_people_invites_leaders(cast, signed_in, visit):
    femis = signed_in(cast.femi)
    assert not visit(f"{ADMIN}/invitations/new", by=femis).all("[type=radio]")
    assert femis.post(f"{ADMIN}/invitations", data={"role": "leader"}).status_code == 422
    assert femis.post(f"{ADMIN}/invitations", data={"role": "admin"}).status_code == 422
    link = make(signed_in(cast.ada), role="leader")
    signed_in(cast.dele).post(link, data={"job": "ward manager"})
    db.session.expire_all()
    assert cast.dele.leads(cast.northmere.id)


def test_nobody_of_a_supplier_invites(cast, signed_in):
    people.join(cast.lena, cast.northmere, job="adviser", role=Role.LEADER)
    db.session.commit()
    assert signed_in(cast.lena).get(f"{ADMIN}/invitations/new").status_code == 403


def test_of_two_who_join_with_one_link_at_the_same_moment_one_does(cast, session):
    invitation, token = invitations.invite(cast.northmere, Role.MEMBER, by=cast.ada)
    session.commit()
    invitations.accept(invitation, cast.dele, job="carer")
    with pytest.raises(Refused, match="does not work any more"):
        invitations.accept(invitations.find(token), cast.gwen, job="manager")
