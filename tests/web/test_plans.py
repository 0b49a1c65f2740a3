"""The plan's page: what each person sees, and how the plan is changed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ideas import clock
from ideas.db import db
from ideas.domain import cases, events, measures, plans, readings, screening, sign_off, steps
from ideas.models import Answer, Audience, Direction, HowSure, Outcome, Rhythm
from tests import factories
from tests.helpers.page import refusal
from tests.helpers.statements import counted

if TYPE_CHECKING:
    from ideas.models import Idea

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_a_monday():
    with clock.at(TODAY):
        yield


def path(idea: Idea) -> str:
    return f"/ideas/{idea.ref}/plan"


def not_yet(cast, **fields) -> Idea:
    request = factories.asked(cast)
    version = cases.version(request.idea, request.gate)
    sign_off.decide(
        request, Outcome.NOT_YET, by=cast.femi, version=version, has_no_interest=True,
        would_change="Say who answers at weekends.\nAsk two families.",
    )  # fmt: skip
    return request.idea


def test_a_trial_says_how_far_it_is_what_stops_it_and_who_watches(cast, signed_in, visit):
    idea = factories.in_trying(cast)
    plans.revise(idea, {"watcher": "Jo W., at noon"}, by=cast.amara, version=idea.version)
    steps.add(idea, "Late", by=cast.amara, due_on=TODAY - dt.timedelta(days=1))
    db.session.commit()
    with clock.at(TODAY + dt.timedelta(days=20)):
        page = visit(path(idea), by=signed_in(cast.gwen))
    assert page.text(".lead") == "Trying until Monday 18 January 2027, day 20 of 56. Two late steps."
    assert "What stops it at once" in page.text(".note--stop")
    assert "One wrong dose after a call." in page.text(".note--stop")
    assert "Jo W., at noon" in page.text(".note--stop")
    assert "The plan as Femi A. approved it" in page.text("main")


@pytest.mark.parametrize("made", ["new", "in_planning", "ready_to_ask", "in_trying", "adopted", "stopped"])
def test_every_stage_has_its_plan_page(cast, signed_in, visit, made):
    idea = getattr(factories, made)(cast)
    db.session.commit()
    for person in (cast.amara, cast.femi):
        assert visit(path(idea), by=signed_in(person)).text(".lead")


def test_a_trial_whose_time_is_up_says_so(cast, signed_in, visit):
    idea = factories.in_trying(cast)
    db.session.commit()
    with clock.at(TODAY + dt.timedelta(days=60)):
        assert "Its time was up on Monday 18 January." in visit(path(idea), by=signed_in(cast.amara)).text(".lead")


def test_only_the_team_is_offered_forms(cast, signed_in, visit):
    idea = factories.ready_to_ask(cast)
    db.session.commit()
    assert visit(path(idea), by=signed_in(cast.amara)).all(f"form[action='{path(idea)}']")
    for person in (cast.femi, cast.tomas, cast.sol, cast.ada):
        assert not visit(path(idea), by=signed_in(person)).all("main form")


def test_a_draft_has_no_plan_page_for_others(cast, signed_in, visit):
    idea = factories.new(cast, audience=Audience.DRAFT)
    db.session.commit()
    visit(path(idea), by=signed_in(cast.amara))
    visit(path(idea), by=signed_in(cast.femi), status=404)
    assert signed_in(cast.femi).post(path(idea), data={"cost": "x", "version": 1}).status_code == 404


def test_the_form_is_open_until_the_plan_says_what_is_needed(cast, signed_in, visit):
    empty, full = factories.in_planning(cast), factories.ready_to_ask(cast)
    db.session.commit()
    amaras = signed_in(cast.amara)
    assert "No plan yet" in visit(path(empty), by=amaras).text("main")
    assert visit(path(empty), by=amaras).all("details[open] textarea[name=smallest_test]")
    assert not visit(path(full), by=amaras).all("details[open] textarea[name=smallest_test]")


def test_the_whole_plan_is_saved_and_shown(cast, signed_in, visit):
    idea = factories.in_planning(cast)
    db.session.commit()
    amaras = signed_in(cast.amara)
    sent = {name: f"The {name}" for name in plans.FIELDS} | {
        "harm_how_sure": "counted", "risk_how_sure": "guessed", "starts_on": "2026-12-01", "ends_on": "2027-01-26",
        "version": idea.version,
    }  # fmt: skip
    response = amaras.post(path(idea), data=sent)
    assert (response.status_code, response.location) == (303, f"{path(idea)}#plan")
    db.session.expire_all()
    assert (idea.plan.stop_rule, idea.plan.harm_how_sure) == ("The stop_rule", HowSure.COUNTED)
    assert idea.plan.ends_on == dt.date(2027, 1, 26)
    page = visit(path(idea), by=amaras)
    for words in ("The smallest_test", "The how_we_know", "The harm_of_staying", "The risk_who", "Counted", "Guessed"):
        assert words in page.text("main")
    assert events.sentence(idea.events[-1]).startswith("Amara O. changed the plan: smallest test")


def test_a_field_that_is_not_sent_stays_and_one_sent_empty_is_emptied(cast, signed_in):
    idea = factories.ready_to_ask(cast)
    plans.revise(idea, {"ends_on": TODAY, "harm_how_sure": HowSure.COUNTED}, by=cast.amara, version=idea.version)
    db.session.commit()
    assert signed_in(cast.amara).post(path(idea), data={"undoing": "", "version": idea.version}).status_code == 303
    db.session.expire_all()
    assert idea.plan.undoing == ""
    assert (idea.plan.smallest_test, idea.plan.ends_on) == (factories.PLAN["smallest_test"], TODAY)
    assert idea.plan.harm_how_sure is HowSure.COUNTED


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("smallest_test", "x" * 4001, "Make this shorter"),
        ("place", "x" * 121, "Make this shorter"),
        ("harm_who", "x" * 301, "Make this shorter"),
        ("harm_how_sure", "certain", "Choose one"),
        ("ends_on", "soon", "not a day"),
        ("ends_on", "2026-11-01", "The end is before the start"),
        ("stop_rule", "Ask 943 476 5919 first", "NHS number"),
        ("still_wrong", "Mrs Smith in bed 4 waits", "name beside a bed"),
    ],
)
def test_a_plan_that_cannot_be_kept_keeps_what_was_typed(cast, signed_in, field, value, message):
    idea = factories.in_planning(cast)
    plans.revise(idea, {"starts_on": TODAY}, by=cast.amara, version=idea.version)
    db.session.commit()
    sent = {"cost": "Two hours a week", field: value, "version": idea.version}
    page = refusal(signed_in(cast.amara).post(path(idea), data=sent))
    assert message in page.text(".nhsuk-error-summary")
    assert page.all("details[open] textarea[name=cost]")
    assert "Two hours a week" in page.text("textarea[name=cost]")
    assert page.title.startswith("Error: ")
    db.session.expire_all()
    assert idea.plan.cost == ""


def test_questioned_words_pass_when_they_were_checked(cast, signed_in):
    idea = factories.in_planning(cast)
    db.session.commit()
    sent = {"still_wrong": "Mrs Smith in bed 4 waits", "checked_details": "y", "version": idea.version}
    assert signed_in(cast.amara).post(path(idea), data=sent).status_code == 303


def test_control_characters_are_left_out(cast, signed_in):
    idea = factories.in_planning(cast)
    db.session.commit()
    signed_in(cast.amara).post(path(idea), data={"cost": "Two\x00 hours\r\na week", "version": idea.version})
    db.session.expire_all()
    assert idea.plan.cost == "Two hours\na week"


def test_somebody_elses_words_stand_beside_what_was_typed(cast, signed_in):
    idea = factories.ready_to_ask(cast)
    version = idea.version
    plans.revise(idea, {"undoing": "Theirs"}, by=cast.amara, version=version)
    db.session.commit()
    amaras = signed_in(cast.amara)
    sent = {"undoing": "Mine", "stop_rule": factories.PLAN["stop_rule"], "version": version}
    page = refusal(amaras.post(path(idea), data=sent), 409)
    assert "Somebody else changed this" in page.text(".nhsuk-error-summary")
    assert "Mine" in page.text("textarea[name=undoing]")
    assert "Theirs" in page.text("#now-undoing")
    assert not page.all("#now-stop_rule")
    again = page.fields(f"form[action='{path(idea)}']")
    assert again["version"] == str(idea.version)
    db.session.expire_all()
    assert idea.plan.undoing == "Theirs"
    assert amaras.post(path(idea), data={"undoing": "Mine", "version": again["version"]}).status_code == 303


@pytest.mark.parametrize("version", [{}, {"version": ""}, {"version": "new"}])
def test_a_plan_without_a_version_is_refused_in_plain_words(cast, signed_in, version):
    idea = factories.in_planning(cast)
    db.session.commit()
    page = refusal(signed_in(cast.amara).post(path(idea), data={"cost": "x", **version}))
    assert "does not say which version" in page.text(".nhsuk-error-summary")


def test_while_it_is_tried_what_was_approved_stays_and_the_form_says_so(cast, signed_in, visit):
    idea = factories.in_trying(cast)
    db.session.commit()
    amaras = signed_in(cast.amara)
    page = visit(path(idea), by=amaras)
    for name in plans.APPROVED:
        assert not page.all(f"form [name={name}]")
    assert "What was approved is what is tried" in page.text(f"form[action='{path(idea)}']")
    assert not page.all(f"form[action='/ideas/{idea.ref}/screening']")
    refused = amaras.post(path(idea), data={"smallest_test": "More", "version": idea.version})
    assert refused.status_code == 409
    assert amaras.post(path(idea), data={"cost": "Nothing", "version": idea.version}).status_code == 303


def test_others_do_not_change_the_plan(cast, signed_in):
    idea = factories.in_planning(cast)
    db.session.commit()
    for person in (cast.femi, cast.tomas, cast.sol):
        assert signed_in(person).post(path(idea), data={"cost": "x", "version": idea.version}).status_code == 403


def test_what_would_make_it_a_yes_is_the_teams_list(cast, signed_in, visit):
    idea = not_yet(cast)
    db.session.commit()
    page = visit(path(idea), by=signed_in(cast.amara))
    assert "What would make it a yes 1 Say who answers at weekends. 2 Ask two families." in page.text("main")
    sign_off.ask(idea, cast.femi, by=cast.amara)
    factories.approve(idea.open_sign_off, cast)
    db.session.commit()
    assert "What would make it a yes" not in visit(path(idea), by=signed_in(cast.amara)).text("main")


def test_a_condition_and_a_check_made_one_stand_beside_the_trial(cast, signed_in, visit):
    idea = factories.ready_to_ask(cast)
    answers = screening.none_of_these() | {"money": Answer.YES}
    check = screening.answer(idea, answers, by=cast.amara, version=idea.version)[0]
    request = sign_off.ask(idea, cast.femi, by=cast.amara)
    factories.approve(request, cast, condition_while="No clinical news by phone.", checks=[check.id])
    db.session.commit()
    page = visit(path(idea), by=signed_in(cast.amara))
    assert "No clinical news by phone." in page.text("aside")
    assert "Money and buying : open" in page.text("aside")
    assert "A condition while it runs" in page.text(f"#check-{check.id}")


def test_html_in_a_plan_is_words(cast, signed_in, visit):
    idea = factories.in_planning(cast)
    nasty = "<script>alert(1)</script>"
    plans.revise(
        idea, {"smallest_test": nasty, "watcher": nasty, "stop_rule": nasty}, by=cast.amara, version=idea.version
    )
    db.session.commit()
    page = visit(path(idea), by=signed_in(cast.amara))
    assert nasty in page.text(".note--stop") and nasty not in page.html


def test_the_plan_says_beforehand_whether_its_readings_will_be_enough(cast, signed_in, visit):
    idea = factories.ready_to_ask(cast)
    plans.revise(
        idea, {"starts_on": TODAY, "ends_on": TODAY + dt.timedelta(weeks=6)}, by=cast.amara, version=idea.version
    )
    db.session.commit()
    amaras = signed_in(cast.amara)
    assert "Say what you count, and how often" in visit(path(idea), by=amaras).text("main")
    measure = measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    for week in range(1, 7):
        readings.enter(measure, taken_on=TODAY - dt.timedelta(weeks=week), value=week, by=cast.amara)
    db.session.commit()
    assert visit(path(idea), by=amaras).text("#forecast") == (
        "There will be too few readings to tell Wait: Counting once a week, this ends with 6 readings: too few. "
        "Count daily, or try for 8 weeks. What is counted"
    )
    measures.revise(measure, {"rhythm": Rhythm.DAY}, by=cast.amara)
    db.session.commit()
    assert "There will be enough readings to tell" in visit(path(idea), by=amaras).text("#forecast")


def test_the_page_costs_as_many_statements_with_many_rows_as_with_few(cast, signed_in, session):
    idea = factories.ready_to_ask(cast)
    _more(idea, cast, 1, {"money": Answer.YES})
    db.session.commit()
    amaras = signed_in(cast.amara)
    few = _cost(amaras, idea)
    _more(idea, cast, 20, dict.fromkeys(screening.none_of_these(), Answer.YES) | {"council": Answer.YES})
    db.session.commit()
    assert _cost(amaras, idea) == few


def _more(idea, cast, count, answers):
    for number in range(count):
        for owner in (cast.tomas, cast.ruth, cast.ada):
            steps.add(idea, f"Step {number}", by=cast.amara, owner=owner, due_on=TODAY)
    screening.answer(idea, screening.none_of_these() | answers, by=cast.amara, version=idea.version)


def _cost(client, idea):
    with counted() as sent:
        assert client.get(path(idea)).status_code == 200
    return len(sent)
