"""Sign-off in the domain: asking, the due day, handing on, the answers, and what the database itself refuses."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.access import Denied
from ideas.db import db
from ideas.domain import (
    answers,
    cases,
    checks,
    deciders,
    events,
    gates,
    hand_overs,
    homes,
    moves,
    people,
    plans,
    readings,
    screening,
    sign_off,
    sponsors,
    steps,
    teams,
)
from ideas.domain.errors import Invalid, Refused, Stale
from ideas.models import (
    Answer,
    Case,
    CheckState,
    Decision,
    Gate,
    Nation,
    Outcome,
    PledgeKind,
    Sector,
    Stage,
    StageEntry,
)
from tests import factories

MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_a_monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def request_(cast):
    """Femi has been asked whether they may try it."""
    return factories.asked(cast)


@pytest.fixture
def to_adopt(cast):
    """Femi has been asked to make it the way they work."""
    return sign_off.ask(factories.ready_to_adopt(cast), cast.femi, by=cast.amara)


def answer(request, outcome, *, by=None, **fields):
    given = {"version": cases.version(request.idea, request.gate), "has_no_interest": True} | fields
    return sign_off.decide(request, outcome, by=by or request.leader, **given)


def kinds(idea):
    return [event.kind for event in idea.events]


# When it is due


@pytest.mark.parametrize(
    ("nation", "asked_on", "days", "due_on"),
    [
        # Day 1 is the working day after asking.
        (Nation.ENGLAND, dt.date(2026, 11, 23), 10, dt.date(2026, 12, 7)),
        (Nation.ENGLAND, dt.date(2026, 11, 20), 1, dt.date(2026, 11, 23)),
        (Nation.ENGLAND, dt.date(2026, 11, 21), 1, dt.date(2026, 11, 23)),
        # Christmas: Boxing Day 2026 is a Saturday, so Monday 28 is free too; New Year's Day is a Friday.
        (Nation.ENGLAND, dt.date(2026, 12, 23), 2, dt.date(2026, 12, 29)),
        (Nation.ENGLAND, dt.date(2026, 12, 18), 10, dt.date(2027, 1, 6)),
        (Nation.WALES, dt.date(2026, 12, 18), 10, dt.date(2027, 1, 6)),
        (Nation.NORTHERN_IRELAND, dt.date(2026, 12, 18), 10, dt.date(2027, 1, 6)),
        # Scotland also keeps 2 January, a Saturday in 2027, and so Monday 4.
        (Nation.SCOTLAND, dt.date(2026, 12, 18), 10, dt.date(2027, 1, 7)),
        # Easter 2027: Good Friday 26 March, Easter Monday 29 March, which Scotland works.
        (Nation.ENGLAND, dt.date(2027, 3, 25), 1, dt.date(2027, 3, 30)),
        (Nation.SCOTLAND, dt.date(2027, 3, 25), 1, dt.date(2027, 3, 29)),
        # St Andrew's Day, Monday 30 November 2026.
        (Nation.SCOTLAND, dt.date(2026, 11, 23), 10, dt.date(2026, 12, 8)),
        # The summer bank holiday: the first Monday of August in Scotland, the last elsewhere.
        (Nation.SCOTLAND, dt.date(2027, 7, 30), 1, dt.date(2027, 8, 3)),
        (Nation.ENGLAND, dt.date(2027, 7, 30), 1, dt.date(2027, 8, 2)),
        (Nation.ENGLAND, dt.date(2027, 8, 27), 1, dt.date(2027, 8, 31)),
        # Northern Ireland: St Patrick's Day, and 12 July.
        (Nation.NORTHERN_IRELAND, dt.date(2027, 3, 16), 1, dt.date(2027, 3, 18)),
        (Nation.ENGLAND, dt.date(2027, 3, 16), 1, dt.date(2027, 3, 17)),
        (Nation.NORTHERN_IRELAND, dt.date(2027, 7, 9), 1, dt.date(2027, 7, 13)),
    ],
)
def test_it_is_due_in_working_days_of_the_nation(cast, nation, asked_on, days, due_on):
    cast.northmere.nation, cast.northmere.sign_off_days = nation, days
    with clock.at(asked_on):
        assert factories.asked(cast).due_on == due_on


@pytest.mark.parametrize(
    ("due_on", "last_moment"),
    [
        # In winter London's midnight is UTC's; in summer it is 11 pm of the day before in UTC.
        (dt.date(2026, 12, 7), dt.datetime(2026, 12, 7, 23, 59, 59, tzinfo=dt.UTC)),
        (dt.date(2027, 7, 7), dt.datetime(2027, 7, 7, 22, 59, 59, tzinfo=dt.UTC)),
    ],
)
def test_it_is_overdue_from_the_next_midnight_in_london(request_, due_on, last_moment):
    request_.due_on = due_on
    db.session.flush()
    with clock.at(last_moment):
        assert not request_.is_overdue
        assert not db.session.scalars(hand_overs.overdue()).unique().all()
    with clock.at(last_moment + dt.timedelta(seconds=1)):
        assert request_.is_overdue
        assert db.session.scalars(hand_overs.overdue()).unique().all() == [request_]


def test_asked_late_on_a_summer_evening_counts_from_the_day_in_london(cast):
    # Half past midnight on Friday in London, still Thursday in UTC: day 1 is Monday.
    cast.northmere.sign_off_days = 1
    with clock.at(dt.datetime(2027, 7, 1, 23, 30, tzinfo=dt.UTC)):
        assert factories.asked(cast).due_on == dt.date(2027, 7, 5)


# Asking


def test_asking_moves_the_card_and_keeps_the_case(request_):
    idea = request_.idea
    assert (idea.stage, idea.due_on) == (Stage.SIGN_OFF, request_.due_on)
    assert request_.case.content == cases.content(idea, Gate.TRY)
    assert events.Kind.SIGN_OFF_ASKED in kinds(idea)


def test_only_a_leader_of_home_who_is_not_of_the_idea_is_offered(cast):
    idea = factories.ready_to_ask(cast)
    assert deciders.could_decide(idea) == [cast.femi, cast.ruth], "Ben sponsors it"
    for barred in (cast.ben, cast.amara, cast.gwen, cast.lena, cast.ada, cast.tomas):
        with pytest.raises(Invalid):
            sign_off.ask(idea, barred, by=cast.amara)


def test_home_and_author_stay_while_a_request_is_open(cast, request_):
    idea = request_.idea
    with pytest.raises(Refused, match="home already"):
        homes.host(idea, cast.willow_bank, by=cast.gwen, version=idea.version)
    assert (idea.home_organisation, idea.author) == (cast.northmere, cast.amara)


def test_an_idea_that_is_not_ready_is_refused_with_what_is_missing(cast):
    with pytest.raises(Refused) as refusal:
        sign_off.ask(factories.in_planning(cast), cast.femi, by=cast.amara)
    assert "Find a sponsor" in [each.words for each in refusal.value.missing]
    with pytest.raises(Refused, match="It is in New"):
        sign_off.ask(factories.new(cast), cast.femi, by=cast.amara)
    with pytest.raises(Refused, match="It is in Adopted"):
        sign_off.ask(factories.adopted(cast), cast.femi, by=cast.amara)


def test_to_adopt_a_reading_and_a_result_are_needed_and_the_card_stays(cast):
    with pytest.raises(Refused) as refusal:
        sign_off.ask(factories.in_trying(cast), cast.femi, by=cast.amara)
    assert [each.words for each in refusal.value.missing] == ["Add a measure with a reading", "Say what came of it"]
    asked = sign_off.ask(factories.ready_to_adopt(cast), cast.femi, by=cast.amara)
    assert (asked.gate, asked.idea.stage, asked.idea.due_on) == (Gate.ADOPT, Stage.TRYING, asked.due_on)


# Before whom it is


def test_it_is_taken_over_by_another_eligible_leader_and_the_date_stays(cast, request_):
    due_on = request_.due_on
    with clock.at(MONDAY + dt.timedelta(days=3)):
        sign_off.take_over(request_, by=cast.ruth)
        assert (request_.leader, request_.due_on) == (cast.ruth, due_on)
        with pytest.raises(Denied):
            answer(request_, Outcome.APPROVE, by=cast.femi, ends_on=dt.date(2027, 1, 1))
        for barred in (cast.ben, cast.amara, cast.gwen, cast.lena):
            with pytest.raises(Denied):
                sign_off.take_over(request_, by=barred)


def test_it_is_sent_on_to_an_eligible_leader_with_a_word_why(cast, request_):
    with pytest.raises(Invalid, match="why"):
        sign_off.send_on(request_, cast.ruth, by=cast.amara, reason="")
    with pytest.raises(Invalid, match="before Femi A"):
        sign_off.send_on(request_, cast.femi, by=cast.amara, reason="Leave")
    with pytest.raises(Invalid, match="may not decide"):
        sign_off.send_on(request_, cast.ben, by=cast.amara, reason="Leave")
    with pytest.raises(Denied):
        sign_off.send_on(request_, cast.ruth, by=cast.tomas, reason="Leave")
    sign_off.send_on(request_, cast.ruth, by=cast.ben, reason="Leave")
    assert request_.leader == cast.ruth


def test_taking_back_to_try_returns_to_planning_and_to_adopt_stays_in_trying(cast, request_, to_adopt):
    sign_off.take_back(request_, by=cast.femi, reason="Not ours.")
    assert (request_.is_withdrawn, request_.idea.stage, request_.idea.due_on) == (True, Stage.PLANNING, None)
    sign_off.take_back(to_adopt, by=cast.amara, reason="More readings first.")
    assert (to_adopt.idea.stage, to_adopt.idea.due_on) == (Stage.TRYING, to_adopt.idea.trial_ends_on)
    for act in (
        lambda: sign_off.take_back(request_, by=cast.amara, reason="Again."),
        lambda: sign_off.take_over(request_, by=cast.ruth),
        lambda: answer(request_, Outcome.NO, reason="No."),
    ):
        with pytest.raises(Refused, match="taken back"):
            act()


# The answers


def test_yes_starts_the_trial_to_its_end_date(cast, request_):
    decision = answer(request_, Outcome.APPROVE, ends_on=dt.date(2027, 1, 18), condition_while="Count weekly.")
    idea = request_.idea
    assert (idea.stage, idea.trial_started_on, idea.trial_ends_on) == (
        Stage.TRYING, dt.date(2026, 11, 23), dt.date(2027, 1, 18),
    )  # fmt: skip
    assert (decision.condition_while, decision.case.content) == ("Count weekly.", cases.content(idea, Gate.TRY))
    assert not request_.is_open


def test_not_yet_returns_to_planning_with_its_list(request_):
    with pytest.raises(Invalid):
        answer(request_, Outcome.NOT_YET)
    answer(request_, Outcome.NOT_YET, would_change="Ask two families.", reason="Typed under no", smaller_yes="Less")
    assert (request_.idea.stage, request_.idea.due_on) == (Stage.PLANNING, None)
    decision = request_.decision
    assert (decision.would_change, decision.reason, decision.smaller_yes) == ("Ask two families.", "", "")


def test_no_stops_it_with_the_first_lesson(request_):
    with pytest.raises(Invalid):
        answer(request_, Outcome.NO)
    answer(request_, Outcome.NO, reason="No cover.", would_change="A second pharmacist.")
    assert request_.idea.stage is Stage.STOPPED
    assert request_.idea.lessons[0].text == "No cover.\n\nWhat would change it: A second pharmacist."
    assert request_.idea.lessons[0].decision is request_.decision


def test_no_with_a_smaller_yes_makes_that_the_smallest_test_and_the_history_says_so(request_):
    answer(request_, Outcome.NO, reason="Too big.", smaller_yes="One day, one bay.")
    idea = request_.idea
    assert (idea.stage, idea.plan.smallest_test, idea.lessons) == (Stage.PLANNING, "One day, one bay.", [])
    assert "Femi A. changed the plan: smallest test" in [events.sentence(event) for event in idea.events]


def test_to_adopt_yes_adopts_not_yet_goes_on_and_no_stops(cast, to_adopt):
    with pytest.raises(Invalid, match="which day"):
        answer(to_adopt, Outcome.NOT_YET, would_change="Count nights.")
    answer(to_adopt, Outcome.NOT_YET, would_change="Count nights.", ends_on=dt.date(2027, 3, 1))
    idea = to_adopt.idea
    assert (idea.stage, idea.trial_ends_on, idea.due_on) == (Stage.TRYING, dt.date(2027, 3, 1), dt.date(2027, 3, 1))
    again = sign_off.ask(idea, cast.femi, by=cast.amara)
    answer(again, Outcome.NO, reason="It is worse at night.", smaller_yes="Less of it")
    assert (idea.stage, again.decision.smaller_yes) == (Stage.STOPPED, "")
    other = sign_off.ask(factories.ready_to_adopt(cast), cast.femi, by=cast.amara)
    assert answer(other, Outcome.APPROVE, ends_on=dt.date(2027, 3, 1)).ends_on is None
    assert (other.idea.stage, other.idea.due_on) == (Stage.ADOPTED, None)


@pytest.mark.parametrize("ends_on", [None, dt.date(2026, 11, 23), dt.date(2020, 1, 1), dt.date(2028, 1, 1)])
def test_a_yes_ends_after_today_and_within_a_year(request_, ends_on):
    with pytest.raises(Invalid) as refusal:
        answer(request_, Outcome.APPROVE, ends_on=ends_on)
    assert refusal.value.field == "ends_on"


def test_without_the_declaration_nothing_is_decided(request_):
    with pytest.raises(Invalid) as refusal:
        answer(request_, Outcome.NO, reason="No.", has_no_interest=False)
    assert refusal.value.field == "no_interest"


def test_one_answer_stands_and_the_second_is_told(request_):
    answer(request_, Outcome.NO, reason="No cover.")
    with pytest.raises(Refused, match=r"Femi A\. answered this on 23 November 2026: no\. That stands\."):
        answer(request_, Outcome.APPROVE, ends_on=dt.date(2027, 1, 18))


def test_an_answer_to_an_older_case_is_stale(cast, request_):
    old = cases.version(request_.idea, Gate.TRY)
    plans.revise(request_.idea, {"undoing": "Later."}, by=cast.amara, version=request_.idea.version)
    with pytest.raises(Stale):
        answer(request_, Outcome.NO, reason="No.", version=old)


def test_what_was_there_when_it_was_asked_must_be_there_for_a_yes(cast, request_, to_adopt):
    steps.remove(request_.idea.steps[0], by=cast.amara)
    plans.revise(request_.idea, {"stop_rule": ""}, by=cast.amara, version=request_.idea.version)
    with pytest.raises(Refused) as refusal:
        answer(request_, Outcome.APPROVE, ends_on=dt.date(2027, 1, 18))
    assert [each.words for each in refusal.value.missing] == ["Say what would stop it at once", "Add a first step"]
    readings.take_out(to_adopt.idea.measures[0].readings[0], by=cast.amara, version=1)
    with pytest.raises(Refused, match="missing now"):
        answer(to_adopt, Outcome.APPROVE)


def test_a_check_stands_in_the_way_until_it_is_settled_or_made_a_condition(cast):
    idea = factories.ready_to_ask(cast)
    given = screening.none_of_these() | {"facts": Answer.YES, "care": Answer.YES}
    screening.answer(idea, given, by=cast.amara, version=idea.version)
    request = sign_off.ask(idea, cast.femi, by=cast.amara)
    first, *others = idea.checks
    checks.record(first, CheckState.DONE, by=cast.amara)
    until = dt.date(2027, 1, 18)
    with pytest.raises(Refused) as refusal:
        answer(request, Outcome.APPROVE, ends_on=until, checks=[first.id])
    assert [each.anchor for each in refusal.value.missing] == [f"check-{check.id}" for check in others]
    with pytest.raises(Invalid, match="checks of this idea"):
        answer(request, Outcome.APPROVE, ends_on=until, checks=[0])
    answer(request, Outcome.APPROVE, ends_on=until, checks=[check.id for check in idea.checks])
    assert first.condition_of is None
    assert {check.condition_of for check in others} == {request.decision}
    assert not gates.missing(idea, Stage.TRYING)


def test_a_condition_of_an_earlier_yes_is_asked_about_again_by_the_next(cast):
    idea = factories.ready_to_ask(cast)
    given = screening.none_of_these() | {"care": Answer.YES}
    screening.answer(idea, given, by=cast.amara, version=idea.version)
    until = dt.date(2027, 1, 18)
    request = sign_off.ask(idea, cast.femi, by=cast.amara)
    answer(request, Outcome.APPROVE, ends_on=until, checks=[check.id for check in idea.checks])
    moves.move(idea, Stage.PLANNING, by=cast.amara, version=idea.version)
    again = sign_off.ask(idea, cast.femi, by=cast.amara)
    with pytest.raises(Refused, match="still open"):
        answer(again, Outcome.APPROVE, ends_on=until)
    assert answers.still_open(again) == idea.checks
    assert [each.anchor for each in gates.missing(idea, Stage.TRYING)] == [f"check-{idea.checks[0].id}"]


def test_what_was_approved_is_what_is_tried(cast):
    idea = factories.in_trying(cast)
    moves.move(idea, Stage.PLANNING, by=cast.amara, version=idea.version)
    moves.move(idea, Stage.TRYING, by=cast.amara, version=idea.version)
    moves.move(idea, Stage.PLANNING, by=cast.amara, version=idea.version)
    plans.revise(idea, {"smallest_test": "All wards."}, by=cast.amara, version=idea.version)
    with pytest.raises(Refused) as refusal:
        moves.move(idea, Stage.TRYING, by=cast.amara, version=idea.version)
    assert [each.words for each in refusal.value.missing] == ["Get a leader's yes"]
    assert idea.stage is Stage.PLANNING


# What the database refuses


def bad_decision(request, **values):
    good = {
        "sign_off_id": request.id, "outcome": Outcome.NO, "decided_by_id": request.leader_id,
        "decided_at": clock.now(), "case_id": request.case_id, "condition_while": "", "would_change": "",
        "reason": "No.", "smaller_yes": "", "has_no_interest": True, "gate": Gate.TRY,
        "author_id": request.idea.author_id, "owner_id": request.idea.owner_id,
        "asked_leader_id": request.leader_id, "sector": Sector.ACUTE,
    }  # fmt: skip
    with db.session.begin_nested():
        db.session.execute(sa.insert(Decision).values(good | values))


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        (lambda c: {"decided_by_id": c.ruth.id}, "the_asked_leader_decides"),
        (lambda c: {"decided_by_id": c.amara.id, "asked_leader_id": c.amara.id, "owner_id": None}, "not_by_the_author"),
        (lambda c: {"decided_by_id": c.amara.id, "asked_leader_id": c.amara.id, "author_id": None}, "not_by_the_owner"),
        (lambda c: {"sector": Sector.SUPPLIER}, "not_by_a_supplier"),
        (lambda c: {"has_no_interest": False}, "without_an_interest"),
        (lambda c: {"reason": ""}, "a_no_has_its_reason"),
        (lambda c: {"outcome": Outcome.NOT_YET}, "a_not_yet_says_what_would_do"),
        (lambda c: {"outcome": Outcome.APPROVE}, "ends_on_a_date"),
        (lambda c: {"ends_on": dt.date(2027, 1, 18)}, "ends_on_a_date"),
        (lambda c: {"gate": Gate.ADOPT, "outcome": Outcome.NOT_YET, "would_change": "More"}, "ends_on_a_date"),
        (lambda c: {"gate": Gate.ADOPT, "outcome": Outcome.APPROVE, "ends_on": dt.date(2027, 1, 1)}, "ends_on_a_date"),
    ],
)
def test_the_table_refuses_a_decision_that_is_not_one(cast, request_, wrong, constraint):
    with pytest.raises(sa.exc.IntegrityError, match=constraint):
        bad_decision(request_, **wrong(cast))
    bad_decision(request_)


def test_the_table_takes_one_decision_a_request_and_one_open_request_an_organisation(request_):
    answer(request_, Outcome.NO, reason="No cover.")
    with pytest.raises(sa.exc.IntegrityError):
        bad_decision(request_)
    rows = sa.select(sa.func.count(Decision.id)).where(Decision.sign_off_id == request_.id)
    assert db.session.scalar(rows) == 1


def test_the_table_takes_one_open_request_an_idea_and_organisation(cast, request_):
    copy = sa.text(
        "INSERT INTO sign_offs"
        " (idea_id, organisation_id, gate, leader_id, asked_at, due_on, case_id, withdrawal_reason)"
        " SELECT idea_id, organisation_id, gate, leader_id, asked_at, due_on, case_id, '' FROM sign_offs"
    )
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(copy)


@pytest.mark.parametrize(
    ("table", "column"),
    [(Decision, "reason"), (Case, "version"), (StageEntry, "stage")],
    ids=["decisions", "cases", "stage_entries"],
)
def test_decisions_cases_and_stage_entries_are_never_edited_nor_deleted(request_, table, column):
    answer(request_, Outcome.NO, reason="No cover.")
    for statement in (sa.update(table).values({column: getattr(table, column)}), sa.delete(table)):
        with pytest.raises(sa.exc.DBAPIError, match="never edited"), db.session.begin_nested():
            db.session.execute(statement)


# At the same moment


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_rights_and_case_are_read_again_under_the_lock(cast, request_, kind):
    """What this transaction read before the lock is old by then: others changed it, and were first."""
    idea, old = request_.idea, cases.version(request_.idea, Gate.TRY)
    db.session.commit()
    assert cast.femi.leads(cast.northmere.id), "his memberships are in memory now"
    assert idea.plan.stop_rule
    with db.engine.begin() as other:
        other.execute(sa.text("UPDATE plans SET stop_rule = 'Another'"))
    with pytest.raises(Stale):
        sign_off.decide(request_, Outcome.NO, by=cast.femi, version=old, has_no_interest=True, reason="No.")
    db.session.rollback()
    held = [*cast.femi.memberships, request_.idea.plan]
    now = cases.version(request_.idea, Gate.TRY)
    with db.engine.begin() as other:
        other.execute(sa.text("UPDATE memberships SET ended_at = now() WHERE person_id = :id"), {"id": cast.femi.id})
    with pytest.raises(Denied):
        sign_off.decide(request_, Outcome.NO, by=cast.femi, version=now, has_no_interest=True, reason="No.")
    assert held


def test_a_leader_who_comes_to_back_it_or_to_carry_it_cannot_answer_any_more(cast, request_):
    asked = sponsors.ask(request_.idea, cast.femi, by=cast.amara)
    sponsors.accept(asked, by=cast.femi, kind=PledgeKind.COVER, note="A day")
    assert not sign_off.leader_may_answer(request_)
    with pytest.raises(Denied):
        answer(request_, Outcome.NO, reason="No.")
    teams.accept(teams.ask_to_own(request_.idea, cast.ruth, by=cast.amara), by=cast.ruth)
    assert deciders.could_take(request_) == []


def test_a_leader_who_has_left_cannot_answer_and_the_others_can_take_it(cast, request_):
    people.leave(cast.femi.memberships[0])
    assert not sign_off.leader_may_answer(request_)
    assert deciders.could_take(request_) == [cast.ruth]
