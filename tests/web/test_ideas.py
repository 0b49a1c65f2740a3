"""Changing an idea's words, opening a draft, saying that it can change here."""

from __future__ import annotations

import pytest

from ideas.domain import events, ideas
from ideas.models import Audience, Idea
from tests import factories
from tests.helpers.page import Page


@pytest.fixture
def made(cast, session):
    """Make an idea, so that clients see it."""

    def make(how, **fields):
        idea = how(cast, **fields)
        session.commit()
        return idea

    return make


def told(session, idea):
    session.expire_all()
    return [events.sentence(event) for event in session.get(Idea, idea.id).events]


def test_its_team_changes_the_words(cast, session, signed_in, visit, made):
    idea = made(factories.new)
    amaras = signed_in(cast.amara)
    sent = visit(f"/ideas/{idea.ref}/edit", by=amaras).fields("main form") | {"title": "Another name"}

    answer = amaras.post(f"/ideas/{idea.ref}", data=sent)

    assert (answer.status_code, answer.location) == (303, f"/ideas/{idea.ref}")
    assert told(session, idea)[-1] == "Amara O. changed its words: the short name"
    page = visit(f"/ideas/{idea.ref}", by=amaras)
    assert page.text("h1") == "Another name"


@pytest.mark.parametrize("who", ["femi", "tomas", "sol", "ada"])
def test_nobody_else_changes_them(cast, session, signed_in, visit, made, who):
    idea = made(factories.new)
    others = signed_in(getattr(cast, who))
    visit(f"/ideas/{idea.ref}/edit", by=others, status=403)
    assert others.post(f"/ideas/{idea.ref}", data={"now": "x", "version": idea.version}).status_code == 403
    assert "Change the words" not in visit(f"/ideas/{idea.ref}", by=others).text("main")
    assert len(told(session, idea)) == 1


def test_what_is_not_sent_stays_as_it_is(cast, session, signed_in, made):
    idea = made(factories.new)
    signed_in(cast.amara).post(f"/ideas/{idea.ref}", data={"title": "Only this", "version": idea.version})
    session.expire_all()
    assert (idea.title, idea.now, idea.change, idea.audience) == (
        "Only this", factories.NOW, factories.CHANGE, Audience.OPEN,
    )  # fmt: skip


@pytest.mark.parametrize(
    "sent",
    [{"now": ""}, {"title": "x" * 121}, {"audience": "here_first"}, {"audience": "draft"}, {"now": "9434765919"}],
)
def test_a_refused_change_keeps_what_was_typed(cast, session, signed_in, made, sent):
    idea = made(factories.new)
    typed = {"now": "Now", "change": "Typed anew", "title": "Title", "version": str(idea.version)} | sent
    answer = signed_in(cast.amara).post(f"/ideas/{idea.ref}", data=typed)
    assert answer.status_code == 422
    assert Page.of(answer).fields("main form")["change"] == "Typed anew"
    assert len(told(session, idea)) == 1


@pytest.mark.parametrize("version", [None, "", "x", "1.5", "-1"])
def test_a_form_without_a_version_is_refused_in_plain_words(cast, session, signed_in, made, version):
    idea = made(factories.new)
    sent = {"title": "Other"} | ({} if version is None else {"version": version})
    answer = signed_in(cast.amara).post(f"/ideas/{idea.ref}", data=sent)
    assert answer.status_code == 422
    assert "version" in Page.of(answer).text(".nhsuk-error-summary")
    assert len(told(session, idea)) == 1


def test_who_comes_second_sees_both_texts_and_loses_nothing(cast, session, signed_in, visit, made):
    idea = made(factories.new)
    amaras = signed_in(cast.amara)
    mine = visit(f"/ideas/{idea.ref}/edit", by=amaras).fields("main form") | {"now": "What I typed"}
    words = {"change": idea.change, "title": idea.title, "by": cast.amara}
    ideas.edit(idea, now="What they typed", **words, version=idea.version)
    session.commit()

    answer = amaras.post(f"/ideas/{idea.ref}", data=mine)
    page = Page.of(answer)

    assert answer.status_code == 409
    assert "What they typed" in page.text("main .note")
    assert page.fields("main form")["now"] == "What I typed"
    session.expire_all()
    assert idea.now == "What they typed"
    assert amaras.post(f"/ideas/{idea.ref}", data=page.fields("main form")).status_code == 303
    session.expire_all()
    assert idea.now == "What I typed"


def test_a_draft_is_opened_with_one_button(cast, session, signed_in, visit, made):
    idea = made(factories.new, audience=Audience.DRAFT)
    amaras = signed_in(cast.amara)
    sent = visit(f"/ideas/{idea.ref}", by=amaras).fields(".note form")
    assert sent["audience"] == "open"

    assert amaras.post(f"/ideas/{idea.ref}", data=sent).status_code == 303

    assert told(session, idea)[-1] == "Amara O. opened it to everybody"
    assert "Only your team" not in visit(f"/ideas/{idea.ref}", by=signed_in(cast.femi)).text("main")


@pytest.mark.parametrize("path", ["", "/edit", "/history"])
@pytest.mark.parametrize("who", ["femi", "ada", "sol", "tomas"])
def test_a_draft_does_not_exist_for_others(cast, signed_in, visit, made, path, who):
    idea = made(factories.new, audience=Audience.DRAFT)
    others = signed_in(getattr(cast, who))
    visit(f"/ideas/{idea.ref}{path}", by=others, status=404)
    for act in ("", "/home", "/owner", "/team", "/sponsorships"):
        assert others.post(f"/ideas/{idea.ref}{act}", data={"person": cast.femi.id}).status_code == 404


def test_what_is_not_there_is_404_and_nobody_is_sent_to_sign_in(cast, client, signed_in, visit):
    visit("/ideas/I-999999999", by=signed_in(cast.amara), status=404)
    visit("/ideas/4821", by=signed_in(cast.amara), status=404)
    assert client.get("/ideas/I-4821").location.startswith("/sign-in")


def homeless(cast, **fields):
    return factories.new(cast, by=cast.sol, hurts_organisation=cast.lantern, home=None, **fields)


def test_a_leader_says_that_it_can_change_where_they_lead(cast, session, signed_in, visit, made):
    idea = made(homeless)
    gwens = signed_in(cast.gwen)
    page = visit(f"/ideas/{idea.ref}", by=gwens)
    assert [option.to_text() for option in page.all("#host-organisation option")] == ["Willow Bank Care Home"]

    answer = gwens.post(f"/ideas/{idea.ref}/home", data=page.fields('form[action$="/home"]'))

    assert (answer.status_code, answer.location) == (303, f"/ideas/{idea.ref}#home")
    assert told(session, idea)[-1] == "Gwen M. said that it can change at Willow Bank Care Home"
    assert "Willow Bank Care Home" in visit(f"/ideas/{idea.ref}", by=gwens).text(".crumb")


@pytest.mark.parametrize("who", ["dele", "lena", "sol", "ada"])
def test_nobody_else_is_offered_to_host_it_nor_may(cast, signed_in, visit, made, who):
    idea = made(homeless)
    others = signed_in(getattr(cast, who))
    page = visit(f"/ideas/{idea.ref}", by=others)
    assert not page.all('form[action$="/home"]')
    assert "It looks for a host" in page.text("dl.facts")
    sent = {"answer": "host", "organisation": cast.willow_bank.id, "version": idea.version}
    assert others.post(f"/ideas/{idea.ref}/home", data=sent).status_code == 403


@pytest.mark.parametrize("sent", [{"answer": "take"}, {"answer": ""}, {"organisation": "999"}, {"version": ""}])
def test_a_host_who_says_something_else_is_refused(cast, session, signed_in, made, sent):
    idea = made(homeless)
    whole = {"answer": "host", "organisation": cast.willow_bank.id, "version": idea.version} | sent
    answer = signed_in(cast.gwen).post(f"/ideas/{idea.ref}/home", data=whole)
    assert answer.status_code == 422
    assert Page.of(answer).all(".nhsuk-error-summary li")
    session.expire_all()
    assert idea.looks_for_a_host


def test_the_second_host_is_told_that_it_has_a_home(cast, signed_in, made):
    idea = made(homeless)
    sent = {"answer": "host", "version": idea.version}
    first = signed_in(cast.gwen).post(f"/ideas/{idea.ref}/home", data=sent | {"organisation": cast.willow_bank.id})
    second = signed_in(cast.femi).post(f"/ideas/{idea.ref}/home", data=sent | {"organisation": cast.northmere.id})
    assert (first.status_code, second.status_code) == (303, 409)
    assert "Willow Bank Care Home" in second.get_data(as_text=True)
