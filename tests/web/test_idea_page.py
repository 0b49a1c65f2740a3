"""The page of one idea: what is bad, what would be less bad, what it needs next."""

from __future__ import annotations

import datetime as dt

import pytest

from ideas import clock
from ideas.domain import (
    cases,
    events,
    governance,
    measures,
    moves,
    readings,
    screening,
    sign_off,
    sponsors,
    steps,
    teams,
)
from ideas.models import Answer, Direction, Outcome, PledgeKind, Stage
from tests import factories
from tests.helpers.page import text
from tests.helpers.statements import counted


def shown(visit, idea, client):
    return visit(f"/ideas/{idea.ref}", by=client)


def needs(page):
    """What is missing, with its link, then what is there."""
    missing = {text(a): a.attrs["href"] for a in page.all('section[aria-labelledby="need"] a.nhsuk-task-list__link')}
    met = [text(row) for row in page.all('[id^="met-"][id$="-status"]')]
    return missing, met


def test_it_answers_its_question_first(cast, session, signed_in, visit):
    idea = factories.new(cast)
    session.commit()
    page = shown(visit, idea, signed_in(cast.dele))
    assert page.text("h1") == idea.title
    assert "Northmere Hospitals" in page.text(".crumb")
    assert factories.NOW in page.text(".swap__now")
    assert factories.CHANGE in page.text(".swap__new")
    facts = page.text("dl.facts")
    assert "Hurts at Northmere Hospitals , Ward 9" in facts
    assert "Owner Nobody yet" in facts
    assert "Said by Amara O." in facts
    assert "not for reporting an incident" in page.text("main")


def test_the_journey_tells_when_it_came_to_each_stage(cast, session, signed_in, visit):
    with clock.at(dt.datetime(2026, 9, 3, 9, tzinfo=dt.UTC)):
        idea = factories.new(cast)
        teams.take_on(idea, by=cast.amara)
    with clock.at(dt.datetime(2026, 9, 11, 9, tzinfo=dt.UTC)):
        moves.move(idea, Stage.PLANNING, by=cast.amara, version=idea.version)
    session.commit()
    amaras = signed_in(cast.amara)
    journey = [text(stage) for stage in shown(visit, idea, amaras).all(".journey li")]
    assert [stage.split()[0] for stage in journey] == ["New", "Planning", "Sign-off", "Trying", "Adopted"]
    assert journey[0].startswith("New 3 Sep")
    assert journey[1].startswith("Planning 11 Sep")
    assert ", day " in journey[1]
    assert text(shown(visit, idea, amaras).one('.journey [aria-current="step"] b')) == "Planning"


def test_the_journey_counts_the_days_of_a_trial_as_the_plan_and_the_card_do(cast, session, signed_in, visit):
    with clock.at(dt.datetime(2026, 9, 3, 9, tzinfo=dt.UTC)):
        idea = factories.in_trying(cast)
    session.commit()
    with clock.at(dt.datetime(2026, 9, 23, 9, tzinfo=dt.UTC)):
        amaras = signed_in(cast.amara)
        assert "day 20 of 56" in visit(f"/ideas/{idea.ref}/plan", by=amaras).text(".lead")
        assert shown(visit, idea, amaras).text('.journey [aria-current="step"]') == "Trying 3 Sep, day 20"
    with clock.at(dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)):
        amaras = signed_in(cast.amara)
        assert "Its time was up on" in visit(f"/ideas/{idea.ref}/plan", by=amaras).text(".lead")
        assert "day 56 of 56" in visit("/board", by=amaras).text(f"#idea-{idea.ref}-card")
        assert shown(visit, idea, amaras).text('.journey [aria-current="step"]') == "Trying 3 Sep, day 56"


def test_a_stopped_idea_shows_it_and_what_was_learned(cast, session, signed_in, visit):
    idea = factories.stopped(cast)
    session.commit()
    page = shown(visit, idea, signed_in(cast.dele))
    assert text(page.one(".journey .halt b")) == "Stopped"
    assert "Nobody rings after six." in page.text('section[aria-labelledby="learned"]')
    assert "to start again: 2 of 2" in page.text("main")
    assert "Start planning" not in page.text("main")
    assert "Start planning" in shown(visit, idea, signed_in(cast.amara)).text("main")


def test_what_it_needs_next_is_counted_and_linked(cast, session, signed_in, visit):
    idea = factories.in_planning(cast)
    session.commit()
    page = shown(visit, idea, signed_in(cast.amara))
    missing, met = needs(page)
    assert "to ask a leader: 2 of 11" in page.text("main")
    assert missing["Say the smallest test"] == f"/ideas/{idea.ref}/plan#smallest_test"
    assert missing["Find a sponsor"] == f"/ideas/{idea.ref}#sponsors"
    assert len(missing) == 9
    assert met == ["Done", "Done"]


def test_what_it_has_all_of_leads_on(cast, session, signed_in, visit):
    idea = factories.ready_to_ask(cast)
    session.commit()
    page = shown(visit, idea, signed_in(cast.amara))
    assert [a.attrs["href"] for a in page.all("a") if text(a) == "Ask a leader"] == [f"/ideas/{idea.ref}/sign-off"]
    assert "It has all that it needs" not in shown(visit, idea, signed_in(cast.dele)).text("main")


def test_what_somebody_owes_has_its_clock(cast, session, signed_in, visit):
    main = [question.key for question in governance.governance().main]
    idea = factories.ready_to_ask(cast)
    screening.answer(idea, screening.none_of_these() | {main[0]: Answer.NOT_SURE}, by=cast.amara, version=idea.version)
    request = sign_off.ask(idea, cast.femi, by=cast.amara)
    session.commit()
    page = shown(visit, request.idea, signed_in(cast.dele))
    owed = page.text("#need-1-status")
    assert owed.startswith("Due in ")
    assert f"/ideas/{idea.ref}/sign-off" in needs(page)[0].values()
    assert page.text(".row--apart .clock") == owed


def test_a_not_yet_lists_what_would_make_it_a_yes(cast, session, signed_in, visit):
    request = factories.asked(cast)
    words = "A pharmacist on Fridays\n\nWhat it costs"
    version = cases.version(request.idea, request.gate)
    sign_off.decide(request, Outcome.NOT_YET, by=cast.femi, version=version, has_no_interest=True, would_change=words)
    session.commit()
    page = shown(visit, request.idea, signed_in(cast.dele))
    assert page.text("main .note h2").startswith("Femi A. said not yet")
    assert [text(item) for item in page.all("main .note li")] == ["A pharmacist on Fridays", "What it costs"]


def test_a_yes_tells_until_when_and_on_what_condition(cast, session, signed_in, visit):
    request = factories.asked(cast)
    factories.approve(request, cast, condition_while="The log is read each Friday.")
    session.commit()
    note = shown(visit, request.idea, signed_in(cast.dele)).text("main .note")
    assert "It is tried until" in note
    assert "The log is read each Friday." in note


def test_a_no_leaves_its_reason_as_the_first_lesson(cast, session, signed_in, visit):
    request = factories.asked(cast)
    version = cases.version(request.idea, request.gate)
    said = {"reason": "Too dear", "would_change": "Half the price"}
    sign_off.decide(request, Outcome.NO, by=cast.femi, version=version, has_no_interest=True, **said)
    session.commit()
    learned = shown(visit, request.idea, signed_in(cast.dele)).text('section[aria-labelledby="learned"]')
    assert "Too dear" in learned
    assert "Half the price" in learned
    assert "Femi A., who said no" in learned.replace(" ,", ",")


def test_an_illustrative_idea_says_so_and_others_do_not(cast, session, signed_in, visit):
    made_up, real = factories.new(cast, is_illustrative=True), factories.new(cast)
    session.commit()
    deles = signed_in(cast.dele)
    assert "are made up" in shown(visit, made_up, deles).text("main")
    assert "are made up" not in shown(visit, real, deles).text("main")


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("amara", {"/owner", "/team", "/sponsorships", "/moves"}),
        ("tomas", {"/owner"}),
        ("femi", {"/owner"}),
        ("ada", {"/owner"}),
        ("gwen", set()),
        ("dele", set()),
        ("sol", set()),
    ],
)
def test_each_reader_is_offered_what_they_may_do_and_nothing_else(cast, session, signed_in, visit, who, offered):
    idea = factories.new(cast)
    session.commit()
    page = shown(visit, idea, signed_in(getattr(cast, who)))
    forms = {form.attrs["action"].removeprefix(f"/ideas/{idea.ref}") for form in page.all("main form")}
    assert forms == offered | {"/us-too"}


def test_its_last_events_are_told_with_a_link_to_all(cast, session, signed_in, visit):
    idea, short = factories.ready_to_ask(cast), factories.new(cast)
    session.commit()
    deles = signed_in(cast.dele)
    page = shown(visit, idea, deles)
    last = [text(item) for item in page.all(".history li p")]
    assert len(last) == 5
    assert last[-1] == "Ben H. agreed to sponsor it, and pledged 3.5 hours a week, protected time"
    assert page.one('section[aria-labelledby="hist"] a').attrs["href"] == f"/ideas/{idea.ref}/history"
    assert not shown(visit, short, deles).all('section[aria-labelledby="hist"] a')


def statements_for(session, path, client):
    """How many statements the page asks, when nothing is in memory yet."""
    client.get(path)
    session.expunge_all()
    with counted() as sent:
        assert client.get(path).status_code == 200
    return sent


def fill(idea, cast, *, times):
    """Give it as many rows of every kind as that."""
    leaders, members = (cast.gwen, cast.mina, cast.ruth), (cast.tomas, cast.dele, cast.sol)
    for number in range(times):
        steps.add(idea, f"Step {number}", by=cast.amara, owner=cast.ada)
        measure = measures.add(idea, name=f"M{number}", unit="minutes", direction=Direction.LOWER, by=cast.amara)
        readings.enter(measure, taken_on=clock.today(), value=number, by=cast.amara)
        moves.learn(idea, f"Lesson {number}", by=cast.amara)
        asked = sponsors.ask(idea, leaders[number], by=cast.amara)
        sponsors.accept(asked, by=leaders[number], kind=PledgeKind.COVER, note="a day")
        teams.accept(teams.ask_in(idea, members[number], by=cast.amara), by=members[number])


def test_more_rows_ask_no_more_statements(cast, session, signed_in):
    little, much = factories.in_trying(cast), factories.in_trying(cast)
    fill(little, cast, times=1)
    fill(much, cast, times=3)
    session.commit()
    amaras, (one, other) = signed_in(cast.amara), (f"/ideas/{little.ref}", f"/ideas/{much.ref}")
    few = statements_for(session, one, amaras)
    many = statements_for(session, other, amaras)
    assert len(many) == len(few), "\n".join(many)


def test_many_events_ask_no_more_statements(cast, session, signed_in):
    little, much = factories.new(cast), factories.new(cast)
    for person in (cast.tomas, cast.femi, cast.ben, cast.ruth):
        for number in range(5):
            events.record(events.Kind.STEP_ADDED, much, by=person, title=str(number))
    session.commit()
    deles, (one, other) = signed_in(cast.dele), (f"/ideas/{little.ref}/history", f"/ideas/{much.ref}/history")
    assert len(statements_for(session, one, deles)) == len(statements_for(session, other, deles))
