"""Checks on the plan's page: who was asked, and whose word is whose."""

from __future__ import annotations

import datetime as dt

import pytest

from ideas import clock
from ideas.db import db
from ideas.domain import checks, events, screening
from ideas.models import Answer, CheckState, SaidBy
from tests import factories
from tests.helpers.page import Page, broken_rules

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_a_monday():
    with clock.at(TODAY):
        yield


@pytest.fixture
def check(cast):
    """Money and buying, about which nobody was asked yet."""
    idea = factories.in_planning(cast)
    answers = screening.none_of_these() | {"money": Answer.YES}
    made = screening.answer(idea, answers, by=cast.amara, version=idea.version)[0]
    db.session.commit()
    return made


@pytest.fixture
def asked(cast, check):
    """Tomas, who is not in the team, was asked about it by name."""
    checks.record(check, CheckState.OPEN, by=cast.amara, asked_person=cast.tomas, due_on=TODAY + dt.timedelta(days=2))
    db.session.commit()
    return check


def plan(check):
    return f"/ideas/{check.idea.ref}/plan"


def form(check):
    return f"form[action='/checks/{check.id}']"


def told(check):
    db.session.expire_all()
    return events.sentence(check.idea.events[-1])


def test_the_team_asks_somebody_by_name_and_by_a_day(cast, check, signed_in, visit):
    amaras = signed_in(cast.amara)
    sent = visit(plan(check), by=amaras).fields(form(check))
    assert sent["said_by"] == "team"
    sent |= {"asked_person": str(cast.tomas.id), "due_on": "2026-11-25"}
    response = amaras.post(f"/checks/{check.id}", data=sent)
    assert (response.status_code, response.location) == (303, f"{plan(check)}#check-{check.id}")
    assert told(check) == "Amara O. asked Tomas Novak about money and buying"
    words = visit(plan(check), by=amaras).text(f"#check-{check.id}")
    assert "Tomas Novak was asked on Monday 23 November." in words
    assert "Due in 2 days" in words


def test_whoever_is_not_here_is_asked_in_words(cast, check, signed_in, visit):
    amaras = signed_in(cast.amara)
    amaras.post(f"/checks/{check.id}", data={"asked_whom": "The budget holder"})
    assert "The budget holder was asked" in visit(plan(check), by=amaras).text(f"#check-{check.id}")


def test_the_teams_word_and_the_advisers_look_different(cast, asked, signed_in, visit):
    amaras = signed_in(cast.amara)
    amaras.post(f"/checks/{asked.id}", data={"state": "done", "said_by": "team", "answer": "He nodded."})
    page = visit(plan(asked), by=amaras)
    assert page.text(f"#check-{asked.id} .nhsuk-tag") == "The team says done"
    assert not page.all(f"#check-{asked.id} .voice")
    assert told(asked) == "Money and buying: the team says done"

    tomass = signed_in(cast.tomas)
    sent = visit(plan(asked), by=tomass).fields(form(asked))
    assert sent["said_by"] == "adviser" and "asked_person" not in sent
    answer = {"state": "done", "said_by": "adviser", "answer": "Two quotes, then yes."}
    assert tomass.post(f"/checks/{asked.id}", data=answer).status_code == 303
    page = visit(plan(asked), by=amaras)
    assert page.text(f"#check-{asked.id} .voice") == "Tomas N. says done , 23 Nov"
    assert not page.all(f"#check-{asked.id} .nhsuk-tag")
    assert "Two quotes, then yes." in page.text(f"#check-{asked.id}")
    assert told(asked) == "Money and buying: Tomas N. says done"


def test_the_team_does_not_write_over_the_advisers_word(cast, asked, signed_in, visit):
    checks.record(asked, CheckState.TALKING, by=cast.tomas, answer="Two quotes first.")
    db.session.commit()
    amaras = signed_in(cast.amara)
    assert not visit(plan(asked), by=amaras).all(f"{form(asked)} [name=state]")
    assert amaras.post(f"/checks/{asked.id}", data={"state": "done"}).status_code == 409
    assert amaras.post(f"/checks/{asked.id}", data={"due_on": "2026-12-01"}).status_code == 303
    db.session.expire_all()
    assert (asked.state, asked.answer, asked.due_on) == (CheckState.TALKING, "Two quotes first.", dt.date(2026, 12, 1))


def test_of_two_who_record_a_check_the_second_sees_what_the_first_wrote(cast, asked, signed_in, visit):
    page, amaras = f"/checks/{asked.id}", signed_in(cast.amara)
    early = visit(plan(asked), by=amaras).fields(form(asked))
    assert amaras.post(page, data=early | {"answer": "Two quotes first."}).status_code == 303
    assert amaras.post(page, data=early | {"answer": "Two quotes first."}).status_code == 303

    late = amaras.post(page, data=early | {"answer": "He is away."})
    shown = Page.of(late)
    assert late.status_code == 409
    assert not broken_rules(shown), broken_rules(shown)
    assert shown.text(f"#check-{asked.id} .voice__words") == "Two quotes first."
    again = shown.fields(f"details[open] {form(asked)}")
    assert again["answer"] == "He is away."
    db.session.expire_all()
    assert asked.answer == "Two quotes first."

    assert amaras.post(page, data=again).status_code == 303
    db.session.expire_all()
    assert asked.answer == "He is away."


def test_a_field_that_is_not_sent_stays_as_it_is(cast, asked, signed_in):
    assert signed_in(cast.amara).post(f"/checks/{asked.id}", data={"state": "talking"}).status_code == 303
    db.session.expire_all()
    assert (asked.asked_person, asked.due_on, asked.state) == (
        cast.tomas,
        TODAY + dt.timedelta(days=2),
        CheckState.TALKING,
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"state": "passed"}, "Choose one"),
        ({"said_by": "headroom"}, "Say whose word"),
        ({"said_by": "adviser", "state": "done"}, "Only whoever was asked"),
        ({"answer": "x" * 4001}, "Make this shorter"),
        ({"asked_whom": "x" * 121}, "Make this shorter"),
        ({"due_on": "soon"}, "not a day"),
        ({"asked_person": "999999"}, "Choose one"),
        ({"answer": "Ask 943 476 5919"}, "NHS number"),
    ],
)
def test_a_check_that_makes_no_sense_keeps_what_was_typed(cast, check, signed_in, fields, message):
    response = signed_in(cast.amara).post(f"/checks/{check.id}", data={"answer": "He is away", **fields})
    page = Page.of(response)
    assert response.status_code == 422
    assert not broken_rules(page), broken_rules(page)
    assert message in page.text(".nhsuk-error-summary")
    assert page.all(f"details[open] {form(check)}")
    assert fields.get("answer", "He is away") in page.text(f"{form(check)} textarea")
    db.session.expire_all()
    assert (check.state, check.answer) == (CheckState.OPEN, "")


def test_others_record_no_check_and_see_no_form(cast, asked, signed_in, visit):
    for person in (cast.femi, cast.ruth, cast.sol, cast.gwen):
        theirs = signed_in(person)
        assert not visit(plan(asked), by=theirs).all(form(asked))
        assert theirs.post(f"/checks/{asked.id}", data={"state": "done"}).status_code == 403


def test_a_check_that_is_no_longer_called_for_rests_with_what_was_said(cast, asked, signed_in, visit):
    checks.record(asked, CheckState.DONE, by=cast.tomas, answer="Two quotes.")
    screening.answer(asked.idea, screening.none_of_these(), by=cast.amara, version=asked.idea.version)
    db.session.commit()
    amaras = signed_in(cast.amara)
    page = visit(plan(asked), by=amaras)
    assert "Nothing is called for." in page.text("#checks")
    assert "Resting, 1 check" in page.text("#checks") and "Two quotes." in page.text("#checks")
    assert not page.all(form(asked))
    assert amaras.post(f"/checks/{asked.id}", data={"state": "open"}).status_code == 409
    db.session.expire_all()
    assert (asked.state, asked.said_by) == (CheckState.DONE, SaidBy.ADVISER)
