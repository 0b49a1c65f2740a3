"""Leaving: what somebody held goes to others at once, they are signed out, and nothing that they did goes."""

from __future__ import annotations

import datetime as dt

import pytest

from ideas import clock
from ideas.db import db
from ideas.domain import deciders, events, leaving, people, sessions, sign_off, sponsors, steps, teams
from ideas.domain.errors import Refused
from ideas.models import Audience, PledgeKind, Role
from tests import factories
from tests.helpers.page import text
from tests.helpers.statements import counted

PEOPLE = "/admin/northmere-hospitals/people"


def ending(person):
    return f"/memberships/{person.memberships[0].id}/ending"


@pytest.fixture
def request_(cast):
    """Femi was asked for an answer, and has a step of the same idea."""
    request = factories.asked(cast)
    steps.add(request.idea, "Print the number", by=cast.amara, owner=cast.femi)
    db.session.commit()
    return request


@pytest.fixture
def carried(cast):
    """Femi carries it."""
    idea = factories.new(cast, title="A second idea")
    teams.take_on(idea, by=cast.femi)
    db.session.commit()
    return idea


def test_what_a_leader_holds_is_listed_before_anything_happens(cast, request_, carried, signed_in, visit):
    page = visit(ending(cast.femi), by=signed_in(cast.ada))
    assert page.text("h1") == "End what Femi is here"
    listed = [text(item) for item in page.all("main form .list li a")]
    assert listed == [request_.idea.title, "A second idea", "Print the number"]
    assert {text(option) for option in page.all("#requests option")} == {
        "Any other leader here",
        "Ben Hall",
        "Ruth Abbot",
    }
    db.session.expire_all()
    assert cast.femi.leads(cast.northmere.id)


def test_without_an_heir_all_of_it_is_there_for_the_others_at_once(cast, request_, carried, signed_in, visit):
    femis = signed_in(cast.femi)
    adas = signed_in(cast.ada)
    assert adas.post(ending(cast.femi)).location == PEOPLE
    assert "Femi Adeyemi is not a leader of Northmere Hospitals any more" in visit(PEOPLE, by=adas).text("#notices")
    assert request_.idea.title in visit("/", by=signed_in(cast.ruth)).text("section[aria-labelledby=take-over]")
    db.session.expire_all()
    assert (carried.owner, request_.idea.steps[-1].owner) == (None, None)
    assert not carried.has_in_team(cast.femi)
    assert carried.ever_had_in_team(cast.femi), "who carried it never decides it"
    assert femis.get("/board").location.startswith("/sign-in")
    told = [told.words for told in events.history(request_.idea, reader=cast.ada).entries][-2:]
    assert told == [
        "Femi A. leads Northmere Hospitals no more. Every other leader there can take it over",
        "Femi A. left Northmere Hospitals. Nobody does it now: Print the number",
    ]


def test_each_list_goes_to_whom_it_was_given(cast, request_, carried, signed_in):
    sent = {"requests": cast.ruth.id, "ideas": cast.tomas.id, "steps": cast.tomas.id}
    assert signed_in(cast.ada).post(ending(cast.femi), data=sent).status_code == 303
    db.session.expire_all()
    assert request_.leader is cast.ruth
    assert request_.is_open
    assert carried.owner is None, "nobody carries an idea without a yes"
    teams.accept(carried.asks_of_team(cast.tomas)[0], by=cast.tomas)
    assert carried.owner is cast.tomas
    assert request_.idea.steps[-1].owner is cast.tomas


def test_a_leader_who_may_not_decide_it_is_not_made_to(cast, request_, signed_in):
    assert signed_in(cast.ada).post(ending(cast.femi), data={"requests": cast.ben.id}).status_code == 303
    db.session.expire_all()
    assert request_.leader is cast.femi, "Ben sponsors it, so it is before the other leaders"
    assert not sign_off.leader_may_answer(request_)
    assert deciders.could_take(request_) == [cast.ruth]


def test_whom_one_names_must_be_of_the_organisation(cast, request_, signed_in, visit):
    adas = signed_in(cast.ada)
    for sent in ({"requests": cast.tomas.id}, {"ideas": cast.gwen.id}, {"steps": cast.femi.id}, {"steps": "x"}):
        assert adas.post(ending(cast.femi), data=sent).status_code == 422, sent
    db.session.expire_all()
    assert cast.femi.leads(cast.northmere.id)


def test_what_they_decided_stays_theirs(cast, signed_in):
    idea = factories.in_trying(cast)
    signed_in(cast.ada).post(ending(cast.femi))
    db.session.expire_all()
    assert idea.sign_offs[0].decision.decided_by is cast.femi
    assert idea.trial_ends_on


def test_of_two_roles_one_is_ended_and_ideas_and_steps_stay(cast, request_, carried, signed_in, visit):
    people.join(cast.femi, cast.northmere, job="doctor", role=Role.MEMBER)
    adas = signed_in(cast.ada)
    assert not visit(ending(cast.femi), by=adas).all("#ideas, #steps")
    adas.post(ending(cast.femi))
    db.session.expire_all()
    assert cast.femi.is_member_of(cast.northmere.id)
    assert carried.owner is cast.femi
    assert deciders.could_take(request_) == [cast.ruth]


def test_what_is_held_elsewhere_and_a_draft_stay(cast, signed_in, visit):
    draft = factories.new(cast, audience=Audience.DRAFT, title="Zebra crossing")
    people.join(cast.amara, cast.willow_bank, job="bank nurse", role=Role.MEMBER)
    elsewhere = factories.new(cast, home=cast.willow_bank)
    for idea in (draft, elsewhere):
        teams.take_on(idea, by=cast.amara)
    adas = signed_in(cast.ada)
    assert "Zebra" not in visit(ending(cast.amara), by=adas).text("main")
    adas.post(ending(cast.amara))
    db.session.expire_all()
    assert elsewhere.owner is cast.amara
    assert draft.owner is cast.amara


def test_who_belongs_nowhere_else_reads_what_becomes_of_all_they_hold(cast, signed_in, visit):
    hostless, away = factories.new(cast, home=None, title="No host"), factories.new(cast, title="At the hospital")
    for idea, asks in ((hostless, cast.amara), (away, cast.femi)):
        teams.accept(teams.ask_to_own(idea, cast.dele, by=asks), by=cast.dele)
    backed = sponsors.ask(factories.ready_to_ask(cast, title="A backed one"), cast.gwen, by=cast.amara)
    sponsors.accept(backed, by=cast.gwen, kind=PledgeKind.COVER, note="A day")
    teams.ask_in(hostless, cast.gwen, by=cast.amara)
    people.join(cast.tomas, cast.willow_bank, job="nurse", role=Role.ADMIN)
    db.session.commit()
    tomas = signed_in(cast.tomas)

    page = visit(ending(cast.dele), by=tomas)
    assert [text(item) for item in page.all("main form .list li")] == [
        "No host New. It looks for a host",
        "At the hospital New. Somebody of Northmere Hospitals can take it on",
    ]
    leaves = visit(ending(cast.gwen), by=tomas).text("main form")
    assert "Ideas that they back 1" in leaves
    assert "Asked, and not answered 1" in leaves
    assert "No host Asked into the team" in leaves
    assert tomas.post(ending(cast.gwen)).status_code == 303

    beside = visit(f"/ideas/{backed.idea.ref}", by=tomas).text("#sponsors")
    assert "Left Willow Bank Care Home, and backs it no more" in beside
    assert "Said no" not in beside


def test_the_last_administrator_stays_until_there_is_another(cast, signed_in, visit):
    adas = signed_in(cast.ada)
    page = visit(ending(cast.ada), by=adas)
    assert "Make somebody else an administrator first" in page.text("main")
    assert not page.all("main form")
    assert adas.post(ending(cast.ada)).status_code == 409
    people.join(cast.tomas, cast.northmere, job="nurse", role=Role.ADMIN)
    db.session.commit()
    assert adas.post(ending(cast.ada)).location == "/", "one may end one's own"
    assert adas.get("/account").location.startswith("/sign-in"), "and is signed out by it"
    assert signed_in(cast.tomas).get(PEOPLE).status_code == 200


def test_where_nobody_administers_the_last_leader_stays(cast, signed_in, visit):
    gwens = signed_in(cast.gwen)
    assert "Make somebody else a leader or an administrator first" in visit(ending(cast.gwen), by=gwens).text("main")
    assert gwens.post(ending(cast.gwen)).status_code == 409


def test_who_is_gone_already_is_not_ended_twice(cast, signed_in, visit):
    adas = signed_in(cast.ada)
    sent = {"key": "a-key-of-one-form"}
    assert adas.post(ending(cast.tomas), data=sent).location == PEOPLE
    assert adas.post(ending(cast.tomas), data=sent).location == PEOPLE, "a double click"
    assert adas.post(ending(cast.tomas)).status_code == 409
    assert "is not a member of Northmere Hospitals any more" in visit(ending(cast.tomas), by=adas).text("main")
    audit = visit("/admin/northmere-hospitals/audit", by=adas).text("main")
    assert audit.count("Ada Lane ended what Tomas Novak was here: a member") == 1


def test_of_two_who_end_each_other_one_stays(cast, session):
    people.join(cast.tomas, cast.northmere, job="nurse", role=Role.ADMIN)
    session.commit()
    adas, tomas = cast.ada.memberships[0], cast.tomas.memberships[-1]
    leaving.end(adas, by=cast.tomas)
    with pytest.raises(Exception, match="belong to no organisation"):
        leaving.end(tomas, by=cast.ada)
    with pytest.raises(Refused, match="only administrator"):
        leaving.end(tomas, by=cast.tomas)


def test_an_overdue_request_whose_leader_left_still_goes_to_nobody_but_leaders_there(cast, request_, session):
    leaving.end(cast.femi.memberships[0], by=cast.ada)
    with clock.at(clock.now() + dt.timedelta(days=30)):
        assert deciders.could_take(request_) == [cast.ruth]
        sign_off.take_over(request_, by=cast.ruth)
    assert request_.leader is cast.ruth


def test_everywhere_is_signed_out(cast, session):
    token = sessions.begin(cast.tomas, device="A phone")
    leaving.end(cast.tomas.memberships[0], by=cast.ada)
    assert sessions.find(token) is None


def test_the_page_costs_the_same_however_much_is_held(cast, session, signed_in):
    adas = signed_in(cast.ada)

    def statements():
        session.expire_all()
        with counted() as sent:
            assert adas.get(ending(cast.tomas)).status_code == 200
        return len(sent)

    def hold():
        idea = factories.new(cast)
        teams.take_on(idea, by=cast.tomas)
        steps.add(idea, "Print it", by=cast.tomas, owner=cast.tomas)
        session.commit()

    hold()
    one = statements()
    for _ in range(3):
        hold()
    assert statements() == one
