"""Plans: what may be changed when, and what a page asks about them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ideas import clock
from ideas.access import Denied
from ideas.domain import cases, events, measures, plans, readings, sign_off
from ideas.domain.errors import Invalid, Refused, Stale
from ideas.models import Direction, Gate, HowSure, Outcome, Stage
from tests import factories

if TYPE_CHECKING:
    from tests.cast import Cast

TODAY = dt.date(2026, 11, 23)


def told(idea) -> list[str]:
    return [events.sentence(event) for event in idea.events]


def test_only_the_fields_given_change_and_the_history_names_them(cast: Cast) -> None:
    idea = factories.ready_to_ask(cast)
    version = idea.version

    plans.revise(idea, {"cost": "Nothing", "undoing": ""}, by=cast.amara, version=version)

    assert (idea.plan.cost, idea.plan.undoing, idea.plan.smallest_test) == (
        "Nothing",
        "",
        factories.PLAN["smallest_test"],
    )
    assert idea.version == version + 1
    assert told(idea)[-1] == "Amara O. changed the plan: undoing, cost"


def test_a_plan_saved_as_it_is_changes_nothing(cast: Cast) -> None:
    idea = factories.ready_to_ask(cast)
    version, count = idea.version, len(told(idea))

    plans.revise(idea, dict(factories.PLAN), by=cast.amara, version=version)

    assert (idea.version, len(told(idea))) == (version, count)


def test_a_change_from_an_old_version_is_refused(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    version = idea.version
    plans.revise(idea, {"cost": "Nothing"}, by=cast.amara, version=version)

    with pytest.raises(Stale):
        plans.revise(idea, {"cost": "A lot"}, by=cast.amara, version=version)
    assert idea.plan.cost == "Nothing"


def test_only_the_team_changes_the_plan(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    for person in (cast.femi, cast.tomas, cast.sol):
        with pytest.raises(Denied):
            plans.revise(idea, {"cost": "Nothing"}, by=person, version=idea.version)


def test_it_does_not_end_before_it_starts(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    with pytest.raises(Invalid) as refusal:
        plans.revise(
            idea, {"starts_on": TODAY, "ends_on": TODAY - dt.timedelta(days=1)}, by=cast.amara, version=idea.version
        )
    assert refusal.value.field == "ends_on"


@pytest.mark.parametrize("field", plans.APPROVED)
def test_what_was_approved_is_what_is_tried(cast: Cast, field: str) -> None:
    idea = factories.in_trying(cast)
    with pytest.raises(Refused, match="What was approved is what is tried"):
        plans.revise(idea, {field: "Something else"}, by=cast.amara, version=idea.version)


def test_what_is_not_locked_changes_while_it_is_tried(cast: Cast) -> None:
    idea = factories.in_trying(cast)
    plans.revise(idea, {"watcher": "Jo W.", "harm_how_sure": HowSure.COUNTED}, by=cast.amara, version=idea.version)
    assert (idea.plan.watcher, idea.plan.harm_how_sure) == ("Jo W.", HowSure.COUNTED)


def test_it_says_what_is_needed_when_the_gates_six_are_there(cast: Cast) -> None:
    idea = factories.ready_to_ask(cast)
    assert plans.says_what_is_needed(idea.plan)
    plans.revise(idea, {"stop_rule": ""}, by=cast.amara, version=idea.version)
    assert not plans.says_what_is_needed(idea.plan)


def test_the_newest_answer_and_the_approval_are_told_apart(cast: Cast) -> None:
    idea = factories.in_trying(cast)
    approval = plans.approval(idea)
    assert approval is not None and approval is plans.newest_answer(idea)
    request = sign_off.ask(_with_evidence(idea, cast), cast.femi, by=cast.amara)

    not_yet = sign_off.decide(
        request,
        Outcome.NOT_YET,
        by=cast.femi,
        version=cases.version(idea, Gate.ADOPT),
        has_no_interest=True,
        would_change="Count the weekends.",
        ends_on=clock.today() + dt.timedelta(days=28),
    )

    assert plans.newest_answer(idea) is not_yet
    assert plans.approval(idea) is approval


def test_a_plan_that_nobody_answered_has_no_answer(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    assert plans.newest_answer(idea) is None
    assert plans.approval(idea) is None
    assert plans.trial_days(idea) is None


def test_the_days_of_a_trial_count_from_its_start_to_its_end(cast: Cast) -> None:
    with clock.at(TODAY):
        idea = factories.in_trying(cast)
        assert plans.trial_days(idea) == (1, 56)
    with clock.at(TODAY + dt.timedelta(days=30)):
        assert plans.trial_days(idea) == (30, 56)
    with clock.at(TODAY + dt.timedelta(days=56)):
        assert (plans.trial_days(idea), plans.time_is_up(idea)) == ((56, 56), False)
    with clock.at(TODAY + dt.timedelta(days=57)):
        assert (plans.trial_days(idea), plans.time_is_up(idea)) == ((56, 56), True)
    assert idea.stage is Stage.TRYING


def _with_evidence(idea, cast: Cast):
    measure = measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    readings.enter(measure, taken_on=clock.today(), value=12, by=cast.amara)
    measures.state_result(idea, "Shorter.", by=cast.amara, version=idea.version)
    return idea
