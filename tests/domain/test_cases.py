"""Cases: the words that a leader is asked about, what changes their name, and what changed between two."""

from __future__ import annotations

import datetime as dt

import pytest

from ideas import clock
from ideas.db import db
from ideas.domain import cases, checks, ideas, measures, plans, screening, sponsors, steps, teams
from ideas.models import Answer, CheckState, Direction, FeltRound, Gate, HowSure, MeasureKind, Moment
from tests import factories


@pytest.fixture(autouse=True)
def _on_a_monday():
    with clock.at(dt.date(2026, 11, 23)):
        yield


@pytest.fixture
def idea(cast):
    """An idea with one check, ready to ask about."""
    made = factories.ready_to_ask(cast)
    answers = screening.none_of_these() | {"care": Answer.YES}
    screening.answer(made, answers, by=cast.amara, version=made.version)
    return made


def test_a_case_holds_idea_plan_questions_and_checks_in_plain_words(cast, idea):
    changed = {"starts_on": dt.date(2026, 12, 7), "harm_how_sure": HowSure.COUNTED}
    plans.revise(idea, changed, by=cast.amara, version=idea.version)
    case = cases.content(idea, Gate.TRY)
    assert list(case) == ["Idea", "Plan", "Questions", "Checks"]
    assert case["Idea"]["Now"] == factories.NOW
    assert case["Idea"]["Home"] == "Northmere Hospitals"
    assert case["Plan"]["Undoing"] == factories.PLAN["undoing"]
    assert case["Plan"]["Start"] == "7 December 2026"
    assert case["Plan"]["How sure that is"] == "counted"
    assert case["Plan"]["Cost"] == ""
    assert "yes" in case["Questions"].values()
    assert case["Checks"] == {"Clinical safety": "Open"}


def test_to_adopt_it_holds_the_result_and_every_reading_too(cast):
    idea = factories.ready_to_adopt(cast)
    odd = measures.add(idea, name="What came of it", unit="calls", direction=Direction.HIGHER, by=cast.amara)
    measures.change(odd, changed_on=dt.date(2026, 11, 20), reason="It began then.", by=cast.amara)
    case = cases.content(idea, Gate.ADOPT)
    assert case["Result"] == {"What came of it": "The wait fell from 50 minutes to 12."}
    assert case["Measures"] == {
        "Wait": "Lower is less bad; the change counts from 23 November 2026; the chart says too few readings; "
        "23 November 2026: 12 minutes",
        "What came of it": "Higher is less bad; the change counts from 20 November 2026",
    }
    assert "Result" not in cases.content(idea, Gate.TRY)


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": MeasureKind.BALANCING},
        {"definition": "Only those who were ready by noon."},
        {"place": "Ward 9"},
        {"target": 10.0},
    ],
)
def test_what_a_number_means_is_part_of_the_case_to_adopt(cast, changed):
    idea = factories.ready_to_adopt(cast)
    before = cases.version(idea, Gate.ADOPT)
    measures.revise(idea.measures[0], changed, by=cast.amara)
    assert cases.version(idea, Gate.ADOPT) != before


def test_what_the_people_it_touched_said_is_part_of_the_case_to_adopt(cast):
    idea, day = factories.ready_to_adopt(cast), dt.date(2026, 11, 20)
    said = {"answered": 6, "less_bad": 4, "same": 2, "worse": 0, "closed_at": clock.now()}
    idea.felt_rounds.append(FeltRound(moment=Moment.END, trial=1, asked_on=day, closes_on=day, asked=9, **said))
    result = cases.content(idea, Gate.ADOPT)["Result"]
    assert result["Is it less bad for you now? When the trial ended"] == (
        "6 of 9 answered: 4 less bad, 2 about the same, 0 worse"
    )


def revises(cast, idea):
    plans.revise(idea, {"cost": "Nothing"}, by=cast.amara, version=idea.version)


def edits(cast, idea):
    ideas.edit(idea, now=idea.now, change="Two numbers", title=idea.title, by=cast.amara, version=idea.version)


def answers_anew(cast, idea):
    screening.answer(idea, screening.none_of_these(), by=cast.amara, version=idea.version)


def settles_a_check(cast, idea):
    checks.record(idea.checks[0], CheckState.DONE, by=cast.amara)


def asks_about_a_check(cast, idea):
    checks.record(idea.checks[0], CheckState.OPEN, by=cast.amara, asked_whom="Priya")


@pytest.mark.parametrize("act", [revises, edits, answers_anew, settles_a_check, asks_about_a_check])
def test_what_a_leader_is_asked_about_changes_the_name_of_the_case(cast, idea, act):
    before = cases.version(idea, Gate.TRY)
    act(cast, idea)
    assert cases.version(idea, Gate.TRY) != before


def ticks_a_step(cast, idea):
    steps.tick(idea.steps[0], by=cast.amara)


def answers_a_team_place(cast, idea):
    teams.accept(teams.ask_in(idea, cast.tomas, by=cast.amara), by=cast.tomas)


def asks_a_sponsor(cast, idea):
    sponsors.ask(idea, cast.mina, by=cast.amara)


@pytest.mark.parametrize("act", [ticks_a_step, answers_a_team_place, asks_a_sponsor])
def test_what_is_done_beside_it_does_not(cast, idea, act):
    before = cases.version(idea, Gate.TRY)
    act(cast, idea)
    assert cases.version(idea, Gate.TRY) == before


def test_a_kept_case_reads_back_as_it_was_written_and_stays_when_the_idea_goes_on(cast, idea):
    kept = cases.keep(idea, Gate.TRY)
    words = cases.content(idea, Gate.TRY)
    revises(cast, idea)
    db.session.commit()
    assert kept.content == words
    assert kept.version == cases.version_of(words) != cases.version(idea, Gate.TRY)
    assert len(kept.version) == 16


def test_differences_name_what_changed_came_and_went_in_the_order_of_the_page():
    before = {"Idea": {"Now": "a", "Home": "x"}, "Checks": {"Safety": "Open"}}
    after = {"Idea": {"Now": "b", "Home": "x"}, "Checks": {}, "Result": {"What came of it": "Less"}}
    assert [(d.what, d.before, d.after) for d in cases.differences(before, after)] == [
        ("Now", "a", "b"), ("Safety", "Open", ""), ("What came of it", "", "Less"),
    ]  # fmt: skip
    assert cases.differences(before, before) == []
