"""Steps on the plan's page: added, ticked off, changed, taken out."""

from __future__ import annotations

import datetime as dt

import pytest

from ideas import clock
from ideas.db import db
from ideas.domain import events, steps
from ideas.models import Step
from tests import factories
from tests.helpers.page import Page, broken_rules

TODAY = dt.date(2026, 11, 23)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _on_a_monday():
    with clock.at(TODAY):
        yield


@pytest.fixture
def idea(cast):
    made = factories.in_planning(cast)
    db.session.commit()
    return made


@pytest.fixture
def step(cast, idea):
    """A step that Tomas has, who is not in the team."""
    made = steps.add(idea, "Borrow a phone", by=cast.amara, owner=cast.tomas, due_on=TODAY + dt.timedelta(days=3))
    db.session.commit()
    return made


def told(idea):
    db.session.expire_all()
    return events.sentence(idea.events[-1])


def test_steps_stand_by_when_they_are_due_with_who_and_how_far(cast, idea, step, signed_in, visit):
    steps.add(idea, "Find a socket", by=cast.amara, due_on=TODAY - dt.timedelta(days=3))
    steps.add(idea, "Ask ten families", by=cast.amara)
    steps.tick(steps.add(idea, "Agree the words", by=cast.amara), by=cast.amara)
    db.session.commit()
    page = visit(f"/ideas/{idea.ref}/plan", by=signed_in(cast.femi))
    words = page.text(f"#idea-{idea.ref}-steps")
    assert "1 of 4 done" in words
    assert "Late 1 step Find a socket Nobody yet, was due Friday 20 November" in words
    assert "This week 1 step Borrow a phone Tomas N., by Thursday 26 November" in words
    assert "Later 1 step Ask ten families Nobody yet, no day yet" in words
    assert "Done, 1 step Agree the words" in words
    assert page.text(".lead").endswith("One late step, one this week.")


def test_a_step_is_added_once_however_often_it_is_sent(cast, idea, signed_in, visit):
    amaras = signed_in(cast.amara)
    page = visit(f"/ideas/{idea.ref}/plan", by=amaras)
    sent = page.fields(f"form[action='/ideas/{idea.ref}/steps']")
    sent |= {"title": "Borrow a phone", "owner": str(cast.tomas.id), "due_on": "2026-12-01"}
    for _ in range(2):
        response = amaras.post(f"/ideas/{idea.ref}/steps", data=sent)
        assert (response.status_code, response.location) == (303, f"/ideas/{idea.ref}/plan#steps")
    assert told(idea) == "Amara O. added a step: Borrow a phone"
    assert [(made.title, made.owner, made.due_on) for made in idea.steps] == [
        ("Borrow a phone", cast.tomas, dt.date(2026, 12, 1))
    ]
    assert not idea.has_in_team(cast.tomas)


def test_a_title_is_all_that_a_step_needs(cast, idea, signed_in):
    assert signed_in(cast.amara).post(f"/ideas/{idea.ref}/steps", data={"title": "Go"}).status_code == 303
    db.session.expire_all()
    assert (idea.steps[0].owner, idea.steps[0].due_on) == (None, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"title": "\x00\x01"},
        {"title": "Go", "due_on": "tomorrow"},
        {"title": "Go", "owner": "999999"},
        {"title": "Go", "owner": "somebody"},
        {"title": "Ring 943 476 5919"},
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_step_that_makes_no_sense_keeps_what_was_typed(cast, idea, signed_in, fields, headers):
    response = signed_in(cast.amara).post(
        f"/ideas/{idea.ref}/steps", data={"due_on": "2026-12-01", **fields}, headers=headers
    )
    page = Page.of(response)
    assert response.status_code == 422
    assert page.is_fragment is bool(headers)
    assert not broken_rules(page), broken_rules(page)
    assert page.all(".nhsuk-error-summary") and page.all("details[open] input[name=title]")
    assert page.one("input[name=due_on]").attrs["value"] == fields.get("due_on", "2026-12-01")
    db.session.expire_all()
    assert idea.steps == []


def test_a_plan_has_so_many_steps_and_no_more(cast, idea, step, signed_in, monkeypatch):
    monkeypatch.setattr(steps, "MOST", 1)
    response = signed_in(cast.amara).post(f"/ideas/{idea.ref}/steps", data={"title": "Buy a phone"})
    page = Page.of(response)
    assert response.status_code == 422
    assert "A plan has 1 steps at most" in page.text(".nhsuk-error-summary")
    assert page.one("form[action$='/steps'] [name=title]").attrs["value"] == "Buy a phone"


def test_somebody_of_another_organisation_is_given_no_step(cast, idea, signed_in):
    sent = {"title": "Go", "owner": str(cast.gwen.id)}
    assert signed_in(cast.amara).post(f"/ideas/{idea.ref}/steps", data=sent).status_code == 422


def test_htmx_gets_the_steps_the_lead_and_what_is_said(cast, idea, step, signed_in):
    response = signed_in(cast.amara).post(f"/steps/{step.id}/completion", data={"done": "1"}, headers=HTMX)
    page = Page.of(response)
    assert (response.status_code, page.is_fragment) == (200, True)
    assert not broken_rules(page), broken_rules(page)
    assert "1 of 1 done" in page.text(f"#idea-{idea.ref}-steps")
    assert page.one(f"#idea-{idea.ref}-lead").attrs["hx-swap-oob"] == "true"
    assert page.text("#announcer") == "Done: Borrow a phone"
    assert "data-focus" in page.one("h2").attrs
    assert told(idea) == "Amara O. ticked off: Borrow a phone"


def test_htmx_gets_a_fresh_form_after_adding(cast, idea, signed_in):
    response = signed_in(cast.amara).post(
        f"/ideas/{idea.ref}/steps", data={"title": "Go", "key": "a-key-of-mine"}, headers=HTMX
    )
    page = Page.of(response)
    assert response.status_code == 200
    sent = page.fields(f"form[action='/ideas/{idea.ref}/steps']")
    assert sent["title"] == "" and sent["key"] != "a-key-of-mine"
    assert "0 of 1 done" in page.text(f"#idea-{idea.ref}-steps")


def test_without_script_a_tick_is_a_page_and_back(cast, idea, step, signed_in, visit):
    amaras = signed_in(cast.amara)
    for done, words in (("1", "1 of 1 done"), ("1", "1 of 1 done"), ("0", "0 of 1 done")):
        response = amaras.post(f"/steps/{step.id}/completion", data={"done": done})
        assert (response.status_code, response.location) == (303, f"/ideas/{idea.ref}/plan#steps")
        assert words in visit(f"/ideas/{idea.ref}/plan", by=amaras).text("main")
    assert told(idea) == "Amara O. opened a step again: Borrow a phone"


def test_whoever_has_the_step_ticks_it_off_and_sees_no_other_form(cast, idea, step, signed_in, visit):
    tomass = signed_in(cast.tomas)
    page = visit(f"/ideas/{idea.ref}/plan", by=tomass)
    assert [form.attrs["action"] for form in page.all("main form")] == [f"/steps/{step.id}/completion"]
    assert tomass.post(f"/steps/{step.id}/completion", data={"done": "1"}).status_code == 303
    assert told(idea) == "Tomas N. ticked off: Borrow a phone"


def test_others_neither_tick_nor_change_a_step(cast, step, signed_in):
    for person in (cast.femi, cast.dele, cast.sol):
        theirs = signed_in(person)
        assert theirs.post(f"/steps/{step.id}/completion", data={"done": "1"}).status_code == 403
        assert theirs.post(f"/steps/{step.id}", data={"title": "Mine"}).status_code == 403
        assert theirs.post(f"/steps/{step.id}/removal").status_code == 403
        assert theirs.get(f"/steps/{step.id}").status_code == 403


@pytest.mark.parametrize("done", [{}, {"done": ""}, {"done": "2"}, {"done": "yes"}])
def test_a_tick_says_one_or_nought(cast, step, signed_in, done):
    response = signed_in(cast.amara).post(f"/steps/{step.id}/completion", data=done)
    assert response.status_code == 422
    assert not broken_rules(Page.of(response))
    db.session.expire_all()
    assert not step.is_done


def test_a_step_is_changed_on_a_page_of_its_own(cast, idea, step, signed_in, visit):
    amaras = signed_in(cast.amara)
    sent = visit(f"/steps/{step.id}", by=amaras).fields(f"form[action='/steps/{step.id}']")
    assert (sent["title"], sent["owner"], sent["due_on"]) == ("Borrow a phone", str(cast.tomas.id), "2026-11-26")
    response = amaras.post(f"/steps/{step.id}", data=sent | {"title": "Buy a phone", "owner": ""})
    assert (response.status_code, response.location) == (303, f"/ideas/{idea.ref}/plan#steps")
    assert told(idea) == "Amara O. changed a step: Buy a phone"
    assert (step.title, step.owner) == ("Buy a phone", None)


def test_of_two_who_change_a_step_the_second_sees_what_the_first_wrote(cast, step, signed_in, visit):
    page, amaras = f"/steps/{step.id}", signed_in(cast.amara)
    early = visit(page, by=amaras).fields(f"form[action='{page}']")
    assert amaras.post(page, data=early | {"due_on": "2026-12-03"}).status_code == 303

    late = amaras.post(page, data=early | {"title": "Buy a phone"})
    shown = Page.of(late)
    assert late.status_code == 409
    assert not broken_rules(shown), broken_rules(shown)
    assert shown.text(".note") == "As it is now: Borrow a phone. Tomas N., by Thursday 3 December."
    again = shown.fields(f"form[action='{page}']")
    assert (again["title"], again["due_on"]) == ("Buy a phone", "2026-11-26")
    db.session.expire_all()
    assert (step.title, step.due_on) == ("Borrow a phone", dt.date(2026, 12, 3))

    for _ in range(2):
        assert amaras.post(page, data=again | {"due_on": "2026-12-03"}).status_code == 303
    db.session.expire_all()
    assert (step.title, step.due_on) == ("Buy a phone", dt.date(2026, 12, 3))


def test_a_change_that_makes_no_sense_keeps_what_was_typed(cast, step, signed_in):
    response = signed_in(cast.amara).post(f"/steps/{step.id}", data={"title": "", "due_on": "2026-12-01"})
    page = Page.of(response)
    assert response.status_code == 422
    assert not broken_rules(page), broken_rules(page)
    assert page.one("input[name=due_on]").attrs["value"] == "2026-12-01"


def test_a_step_is_taken_out_after_a_question(cast, idea, step, signed_in, visit):
    amaras = signed_in(cast.amara)
    page = visit(f"/steps/{step.id}", by=amaras)
    assert "The step goes for good" in page.text("main")
    response = amaras.post(f"/steps/{step.id}/removal", data=page.fields(f"form[action='/steps/{step.id}/removal']"))
    assert (response.status_code, response.location) == (303, f"/ideas/{idea.ref}/plan#steps")
    assert told(idea) == "Amara O. took out a step: Borrow a phone"
    assert db.session.query(Step).count() == 0
    visit(f"/steps/{step.id}", by=amaras, status=404)
