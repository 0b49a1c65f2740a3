"""Screening: which answers count, and which checks they call for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ideas.access import Denied
from ideas.domain import checks, events, screening
from ideas.domain.errors import Invalid, Refused, Stale
from ideas.models import Answer, CheckState
from tests import factories

if TYPE_CHECKING:
    from ideas.models import Idea
    from tests.cast import Cast

NO = screening.none_of_these()


def answer(idea: Idea, cast: Cast, **changed: Answer) -> list[str]:
    return [check.kind for check in screening.answer(idea, NO | changed, by=cast.amara, version=idea.version)]


def test_none_of_these_calls_for_nothing(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    assert answer(idea, cast) == []
    assert events.sentence(idea.events[-1]) == "Amara O. answered the five questions: none of these"


def test_a_yes_opens_a_check_and_a_not_sure_starts_with_talking(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    assert answer(idea, cast, facts=Answer.YES, money=Answer.NOT_SURE, council=Answer.YES) == [
        "data_protection",
        "money",
        "council",
    ]
    states = {check.kind: check.state for check in idea.checks}
    assert states == {
        "data_protection": CheckState.OPEN,
        "money": CheckState.TALKING,
        "council": CheckState.OPEN,
    }
    assert events.sentence(idea.events[-1]).endswith("2 yes, 1 not sure")


def test_a_fuller_answer_behind_a_no_does_not_count(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    assert answer(idea, cast, council=Answer.YES) == []
    assert {row.question for row in idea.screening} == set(NO)


def test_a_check_rests_and_comes_back_with_what_was_said(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    answer(idea, cast, money=Answer.YES)
    checks.record(idea.checks[0], CheckState.TALKING, by=cast.amara, asked_whom="The budget holder")

    assert answer(idea, cast) == []
    assert (idea.checks_called_for, [check.kind for check in checks.resting(idea)]) == ([], ["money"])
    assert answer(idea, cast, money=Answer.YES) == ["money"]
    assert idea.checks[0].whom == "The budget holder"


def test_a_check_about_which_nobody_said_anything_does_not_rest_in_sight(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    answer(idea, cast, money=Answer.YES)
    answer(idea, cast)
    assert checks.resting(idea) == []


@pytest.mark.parametrize("left_out", NO)
def test_all_five_are_answered(cast: Cast, left_out: str) -> None:
    idea = factories.in_planning(cast)
    answers = {key: value for key, value in NO.items() if key != left_out}
    with pytest.raises(Invalid) as refusal:
        screening.answer(idea, answers, by=cast.amara, version=idea.version)
    assert refusal.value.field == left_out


def test_the_same_answers_again_change_nothing(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    answer(idea, cast, size=Answer.YES)
    version, count = idea.version, len(idea.events)
    answer(idea, cast, size=Answer.YES)
    assert (idea.version, len(idea.events)) == (version, count)


def test_answers_from_an_old_version_or_by_somebody_else_are_refused(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    with pytest.raises(Stale):
        screening.answer(idea, NO, by=cast.amara, version=idea.version - 1)
    with pytest.raises(Denied):
        screening.answer(idea, NO, by=cast.femi, version=idea.version)


def test_while_it_is_tried_the_answers_stay(cast: Cast) -> None:
    idea = factories.in_trying(cast)
    with pytest.raises(Refused, match="What was approved is what is tried"):
        answer(idea, cast, facts=Answer.YES)
    assert answer(idea, cast) == []
