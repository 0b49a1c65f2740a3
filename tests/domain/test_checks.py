"""Checks: who was asked, and whose word is whose."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ideas import clock
from ideas.access import Denied
from ideas.domain import checks, events, screening, teams
from ideas.domain.errors import Invalid, Refused
from ideas.models import Answer, CheckState, SaidBy
from tests import factories

if TYPE_CHECKING:
    from ideas.models import Check
    from tests.cast import Cast


def called(cast: Cast) -> Check:
    idea = factories.in_planning(cast)
    answers = screening.none_of_these() | {"money": Answer.YES}
    return screening.answer(idea, answers, by=cast.amara, version=idea.version)[0]


def test_the_team_asks_somebody_by_name_and_by_a_day(cast: Cast) -> None:
    check = called(cast)
    due = clock.today() + dt.timedelta(days=5)

    checks.record(check, CheckState.OPEN, by=cast.amara, asked_person=cast.tomas, due_on=due)

    assert (check.whom, check.asked_on, check.due_on, check.said_by) == ("Tomas Novak", clock.today(), due, None)
    assert events.sentence(check.idea.events[-1]) == "Amara O. asked Tomas Novak about money and buying"


def test_what_the_team_says_and_what_the_adviser_says_are_two_things(cast: Cast) -> None:
    check = called(cast)
    checks.record(check, CheckState.DONE, by=cast.amara, asked_person=cast.tomas, answer="He nodded.")
    assert check.said_by is SaidBy.TEAM
    assert events.sentence(check.idea.events[-1]) == "Money and buying: the team says done"

    checks.record(check, CheckState.TALKING, by=cast.tomas, answer="I did not. Two quotes, then yes.")

    assert (check.said_by, check.said_by_person_id) == (SaidBy.ADVISER, cast.tomas.id)
    assert events.sentence(check.idea.events[-1]) == "Money and buying: Tomas N. says talking"


def test_the_team_does_not_write_over_what_the_adviser_said(cast: Cast) -> None:
    check = called(cast)
    checks.record(check, CheckState.OPEN, by=cast.amara, asked_person=cast.tomas)
    checks.record(check, CheckState.TALKING, by=cast.tomas, answer="Two quotes first.")

    with pytest.raises(Refused, match="That stands"):
        checks.record(check, CheckState.DONE, by=cast.amara, asked_person=cast.tomas, answer="All fine.")

    assert (check.state, check.answer) == (CheckState.TALKING, "Two quotes first.")


def test_the_team_may_ask_somebody_else_after_that(cast: Cast) -> None:
    check = called(cast)
    checks.record(check, CheckState.OPEN, by=cast.amara, asked_person=cast.tomas)
    checks.record(check, CheckState.TALKING, by=cast.tomas, answer="Ask finance.")

    checks.record(check, CheckState.OPEN, by=cast.amara, asked_whom="The budget holder")

    assert (check.whom, check.said_by) == ("The budget holder", SaidBy.TEAM)


def test_the_adviser_does_not_say_who_is_asked(cast: Cast) -> None:
    check = called(cast)
    checks.record(check, CheckState.OPEN, by=cast.amara, asked_person=cast.tomas)
    checks.record(check, CheckState.DONE, by=cast.tomas, asked_person=cast.ruth, asked_whom="Somebody else")
    assert check.asked_person is cast.tomas
    assert check.asked_whom == ""


def test_the_team_never_speaks_as_the_adviser(cast: Cast) -> None:
    check = called(cast)
    with pytest.raises(Invalid) as refusal:
        checks.record(check, CheckState.DONE, by=cast.amara, said_by=SaidBy.ADVISER)
    assert refusal.value.field == "said_by"


def test_an_adviser_who_joined_the_team_speaks_as_the_team(cast: Cast) -> None:
    check = called(cast)
    checks.record(check, CheckState.OPEN, by=cast.amara, asked_person=cast.tomas)
    teams.accept(teams.ask_in(check.idea, cast.tomas, by=cast.amara), by=cast.tomas)
    checks.record(check, CheckState.DONE, by=cast.tomas, asked_person=cast.tomas)
    assert check.said_by is SaidBy.TEAM


def test_nobody_of_the_team_or_of_a_supplier_is_asked_by_name(cast: Cast) -> None:
    check = called(cast)
    for person in (cast.amara, cast.sol):
        with pytest.raises(Invalid) as refusal:
            checks.record(check, CheckState.OPEN, by=cast.amara, asked_person=person)
        assert refusal.value.field == "asked_person"
    able = checks.could_be_asked(check.idea)
    assert cast.tomas in able and cast.amara not in able and cast.sol not in able


def test_nobody_else_records_a_check(cast: Cast) -> None:
    check = called(cast)
    for person in (cast.femi, cast.tomas, cast.sol, cast.ada):
        with pytest.raises(Denied):
            checks.record(check, CheckState.DONE, by=person)


def test_a_check_that_rests_is_not_recorded(cast: Cast) -> None:
    check = called(cast)
    screening.answer(check.idea, screening.none_of_these(), by=cast.amara, version=check.idea.version)
    with pytest.raises(Refused, match="rests"):
        checks.record(check, CheckState.DONE, by=cast.amara)


def test_saving_a_check_as_it_is_changes_nothing(cast: Cast) -> None:
    check = called(cast)
    version, count = check.idea.version, len(check.idea.events)
    checks.record(check, CheckState.OPEN, by=cast.amara)
    assert (check.idea.version, len(check.idea.events)) == (version, count)
