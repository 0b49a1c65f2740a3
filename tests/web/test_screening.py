"""The five questions on the plan's page."""

from __future__ import annotations

import pytest

from ideas.db import db
from ideas.domain import events, screening
from ideas.domain.governance import governance
from ideas.models import Answer
from tests import factories
from tests.helpers.page import Page, broken_rules

NO = {question.key: "no" for question in governance().main}


@pytest.fixture
def idea(cast):
    made = factories.in_planning(cast)
    db.session.commit()
    return made


def answers(idea):
    db.session.expire_all()
    return {row.question: row.answer.value for row in idea.screening}


def test_none_of_these_is_one_tap(cast, idea, signed_in, visit):
    amaras = signed_in(cast.amara)
    page = visit(f"/ideas/{idea.ref}/plan", by=amaras)
    button = page.one("button[name=none_of_these]")
    response = amaras.post(
        f"/ideas/{idea.ref}/screening", data={"none_of_these": button.attrs["value"], "version": idea.version}
    )
    assert (response.status_code, response.location) == (303, f"/ideas/{idea.ref}/plan#screening")
    assert answers(idea) == NO
    page = visit(f"/ideas/{idea.ref}/plan", by=amaras)
    assert "None of these." in page.text("#screening")
    assert "Nothing is called for." in page.text("#checks")
    assert events.sentence(idea.events[-1]) == "Amara O. answered the five questions: none of these"


def test_a_yes_names_its_check_with_source_and_date(cast, idea, signed_in, visit):
    amaras = signed_in(cast.amara)
    sent = NO | {"money": "yes", "council": "not_sure", "version": idea.version}
    assert amaras.post(f"/ideas/{idea.ref}/screening", data=sent).status_code == 303
    words = visit(f"/ideas/{idea.ref}/plan", by=amaras).text("#checks")
    assert "Money and buying Nobody asked yet Whose money it is" in words
    assert "Whom to ask: Budget holder. Source: Procurement Act 2023 and local standing orders." in words
    assert "Council Talking" in words
    assert "Guidance read on 22 November 2026. Local policy decides who signs." in words
    assert "it never passes one" in words


def test_fuller_questions_that_are_open_are_pointed_out(cast, idea, signed_in, visit):
    amaras = signed_in(cast.amara)
    amaras.post(f"/ideas/{idea.ref}/screening", data=NO | {"money": "yes", "version": idea.version})
    assert "opened 2 fuller questions" in visit(f"/ideas/{idea.ref}/plan", by=amaras).text("#screening")


@pytest.mark.parametrize("left_out", NO)
def test_each_of_the_five_is_asked_for_at_its_place(cast, idea, signed_in, left_out):
    sent = NO | {"version": idea.version}
    del sent[left_out]
    response = signed_in(cast.amara).post(f"/ideas/{idea.ref}/screening", data=sent)
    page = Page.of(response)
    assert response.status_code == 422
    assert not broken_rules(page), broken_rules(page)
    assert page.one(".nhsuk-error-summary a").attrs["href"] == f"#question-{left_out}"
    assert len(page.all("input[type=radio][value=no][checked]")) == 4
    assert answers(idea) == {}


@pytest.mark.parametrize("wrong", [{"money": "perhaps"}, {"council": "perhaps"}, {"version": ""}])
def test_other_answers_are_refused(cast, idea, signed_in, wrong):
    response = signed_in(cast.amara).post(f"/ideas/{idea.ref}/screening", data=NO | {"version": idea.version} | wrong)
    assert response.status_code == 422
    assert not broken_rules(Page.of(response))
    assert answers(idea) == {}


def test_none_of_these_needs_its_version_too(cast, idea, signed_in):
    response = signed_in(cast.amara).post(f"/ideas/{idea.ref}/screening", data={"none_of_these": "y"})
    assert response.status_code == 422


def test_answers_from_an_old_version_are_kept_to_look_at(cast, idea, signed_in):
    version = idea.version
    screening.answer(idea, screening.none_of_these(), by=cast.amara, version=version)
    db.session.commit()
    sent = NO | {"money": "yes", "version": version}
    response = signed_in(cast.amara).post(f"/ideas/{idea.ref}/screening", data=sent)
    page = Page.of(response)
    assert response.status_code == 409
    assert not broken_rules(page), broken_rules(page)
    assert "checked" in page.one("input[name=money][value=yes]").attrs
    assert answers(idea) == NO


def test_others_read_the_answers_and_do_not_answer(cast, idea, signed_in, visit):
    femis = signed_in(cast.femi)
    assert "Not answered yet" in visit(f"/ideas/{idea.ref}/plan", by=femis).text("#screening")
    assert femis.post(f"/ideas/{idea.ref}/screening", data=NO | {"version": idea.version}).status_code == 403


def test_while_it_is_tried_the_answers_stay(cast, signed_in):
    idea = factories.in_trying(cast)
    db.session.commit()
    sent = NO | {"money": "yes", "version": idea.version}
    assert signed_in(cast.amara).post(f"/ideas/{idea.ref}/screening", data=sent).status_code == 409
    db.session.expire_all()
    assert {row.answer for row in idea.screening} == {Answer.NO}
