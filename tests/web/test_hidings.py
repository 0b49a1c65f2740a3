"""Hiding an idea with a reason: kept from others, told to its team, and shown again."""

from __future__ import annotations

import pytest

from ideas.access import Denied
from ideas.domain import events, hidings, sponsors, teams
from ideas.domain.errors import Refused
from ideas.models import Audience, Idea
from tests import factories
from tests.helpers.page import Page

WHY = "It says who made the mistake. Please take the name out."


@pytest.fixture
def idea(cast, session):
    """Amara's, open, at Northmere."""
    made = factories.new(cast)
    session.commit()
    return made


def told(session, idea):
    session.expire_all()
    return [events.sentence(event) for event in session.get(Idea, idea.id).events]


def hidden(cast, session, idea):
    hiding = hidings.hide(idea, WHY, by=cast.femi)
    session.commit()
    return hiding


def test_a_leader_hides_it_and_only_its_team_and_those_who_could_read_it(cast, session, signed_in, visit, idea):
    femis = signed_in(cast.femi)
    assert "Hide this idea" in visit(f"/ideas/{idea.ref}", by=femis).text("aside")
    page = visit(f"/ideas/{idea.ref}/hiding", by=femis)

    answer = femis.post(f"/ideas/{idea.ref}/hiding", data=page.fields("main form") | {"reason": WHY})

    assert (answer.status_code, answer.location) == (303, f"/ideas/{idea.ref}")
    assert told(session, idea)[-1] == f"Femi A. hid it from all but its team: {WHY}"
    for person in (cast.amara, cast.femi, cast.ruth, cast.ada):
        shown = visit(f"/ideas/{idea.ref}", by=signed_in(person))
        assert WHY in shown.text(".note--stop")
        assert "Hidden" in shown.text(".crumb")
    for person in (cast.tomas, cast.gwen, cast.sol, cast.mina):
        visit(f"/ideas/{idea.ref}", by=signed_in(person), status=404)


def test_while_it_has_no_home_those_where_it_hurts_hide_it_and_show_it_again(cast, session, signed_in, visit):
    idea = factories.new(cast, home=None)
    assert idea.home_organisation is None
    session.commit()
    femis = signed_in(cast.femi)
    page = visit(f"/ideas/{idea.ref}/hiding", by=femis)
    assert "the leaders and administrators of Northmere Hospitals" in page.text("main")
    femis.post(f"/ideas/{idea.ref}/hiding", data=page.fields("main form") | {"reason": WHY})

    for person in (cast.amara, cast.femi, cast.ada):
        assert "Northmere Hospitals, read it now" in visit(f"/ideas/{idea.ref}", by=signed_in(person)).text("main")
    for person in (cast.tomas, cast.gwen, cast.mina):
        visit(f"/ideas/{idea.ref}", by=signed_in(person), status=404)
    shown = visit(f"/ideas/{idea.ref}", by=femis)
    end = shown.one('form[action$="/ending"]').attrs["action"]
    assert femis.post(end, data=shown.fields('form[action$="/ending"]')).status_code == 303
    assert session.get(Idea, idea.id, populate_existing=True).audience is Audience.OPEN


def test_the_desk_of_its_team_says_so_with_the_reason(cast, session, signed_in, visit, idea):
    hidden(cast, session, idea)
    desk = visit("/", by=signed_in(cast.amara)).text("main")
    assert "Femi A. hid it on" in desk
    assert "It says who made the mistake" in desk


def test_its_team_can_put_it_right_and_does_not_show_it_itself(cast, session, signed_in, visit, idea):
    hidden(cast, session, idea)
    amaras = signed_in(cast.amara)
    page = visit(f"/ideas/{idea.ref}", by=amaras)
    assert not page.all(".note--stop form")
    assert "ask Femi to show it again" in page.text(".note--stop")
    sent = visit(f"/ideas/{idea.ref}/edit", by=amaras).fields("main form") | {"now": "Without the name"}
    assert amaras.post(f"/ideas/{idea.ref}", data=sent).status_code == 303
    refused = amaras.post(f"/ideas/{idea.ref}", data={"audience": "open", "version": idea.version})
    session.expire_all()
    assert (refused.status_code, idea.now, idea.is_hidden) == (422, "Without the name", True)


@pytest.mark.parametrize("was", [Audience.OPEN, Audience.HERE_FIRST])
def test_another_leader_shows_it_again_to_those_who_could_read_it_before(cast, session, signed_in, visit, was):
    idea = factories.new(cast, audience=was)
    hidden(cast, session, idea)
    ruths = signed_in(cast.ruth)
    page = visit(f"/ideas/{idea.ref}", by=ruths)
    form = page.one(".note--stop form")

    assert ruths.post(form.attrs["action"], data=page.fields(".note--stop form")).status_code == 303

    assert told(session, idea)[-1] == "Ruth A. showed it again"
    assert idea.audience is was
    visit(f"/ideas/{idea.ref}", by=signed_in(cast.mina), status=200 if was is Audience.OPEN else 404)
    again = ruths.post(form.attrs["action"], data=page.fields(".note--stop form"))
    assert again.status_code == 409


def test_a_reason_is_asked_for_and_no_patient_is_named_in_it(cast, session, signed_in, idea):
    femis = signed_in(cast.femi)
    for typed in ("", "9434765919"):
        answer = femis.post(f"/ideas/{idea.ref}/hiding", data={"reason": typed})
        assert answer.status_code == 422
        assert Page.of(answer).all(".nhsuk-error-summary a[href='#reason']")
    session.expire_all()
    assert idea.is_open


def test_who_is_or_was_in_the_team_never_hides_it(cast, session):
    idea = factories.new(cast)
    member = teams.accept(teams.ask_in(idea, cast.ruth, by=cast.amara), by=cast.ruth)
    with pytest.raises(Denied):
        hidings.hide(idea, WHY, by=cast.ruth)
    member.ended_at = factories.clock.now()
    session.flush()
    with pytest.raises(Denied):
        hidings.hide(idea, WHY, by=cast.ruth)


def test_it_is_hidden_once_and_no_draft_is(cast, session, signed_in, visit, idea):
    hidden(cast, session, idea)
    with pytest.raises(Refused):
        hidings.hide(idea, WHY, by=cast.ruth)
    visit(f"/ideas/{idea.ref}/hiding", by=signed_in(cast.femi), status=409)
    with pytest.raises(Refused):
        hidings.hide(factories.new(cast, audience=Audience.DRAFT), WHY, by=cast.femi)


def test_nobody_is_asked_to_sponsor_what_they_cannot_read(cast, session, idea):
    hidden(cast, session, idea)
    with pytest.raises(Refused, match="hidden"):
        sponsors.ask(idea, cast.gwen, by=cast.amara)


def test_hiding_twice_from_one_form_makes_one(cast, session, signed_in, visit, idea):
    femis = signed_in(cast.femi)
    sent = visit(f"/ideas/{idea.ref}/hiding", by=femis).fields("main form") | {"reason": WHY}
    assert [femis.post(f"/ideas/{idea.ref}/hiding", data=sent).status_code for _ in range(2)] == [303, 303]
    assert len(told(session, idea)) == 2
