"""Gates: every row of the product's table, and every pair of stages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from ideas import clock
from ideas.domain import cases, gates, measures, moves, plans, screening, sign_off, steps, teams
from ideas.domain.errors import Invalid, Refused, Stale
from ideas.domain.gates import Room
from ideas.models import Answer, Direction, Outcome, Stage
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

    from ideas.models import Idea
    from tests.cast import Cast

NEW, PLANNING, SIGN_OFF, TRYING, ADOPTED, STOPPED = Stage

#: Entering -> what the product says it needs, in the words of the screen and where each is put right.
TABLE = {
    NEW: [("Say what happens now, the change and a short name", Room.WORDS)],
    PLANNING: [
        ("Find a host: the organisation where it would change", Room.HOME),
        ("Find somebody to carry it", Room.OWNER),
    ],
    SIGN_OFF: [
        ("Find a host: the organisation where it would change", Room.HOME),
        ("Find somebody to carry it", Room.OWNER),
        ("Say the smallest test", Room.PLAN),
        ("Say how you will know", Room.PLAN),
        ("Say how you would undo it", Room.PLAN),
        ("Say what would stop it at once", Room.PLAN),
        ("Say the harm of staying as we are", Room.PLAN),
        ("Say the risk of trying", Room.PLAN),
        ("Add a first step", Room.STEPS),
        ("Answer the five questions", Room.SCREENING),
        ("Find a sponsor", Room.SPONSORS),
    ],
    TRYING: [("Get a leader's yes", Room.SIGN_OFF)],
    ADOPTED: [
        ("Add a measure with a reading", Room.EVIDENCE),
        ("Say what came of it", Room.RESULT),
        ("Get a leader's yes to make it the way we work", Room.SIGN_OFF),
    ],
    STOPPED: [],
}


@pytest.mark.parametrize("stage", Stage)
def test_each_gate_asks_for_what_the_product_says(cast: Cast, stage: Stage) -> None:
    idea = factories.new(cast)

    asked = [(requirement.words, requirement.room) for requirement in gates.requirements(idea, stage)]

    assert asked == TABLE[stage]


@pytest.mark.parametrize("field", list(factories.PLAN))
def test_without_one_field_of_the_plan_the_gate_to_sign_off_names_that_field(cast: Cast, field: str) -> None:
    idea = factories.ready_to_ask(cast)
    assert not gates.missing(idea, SIGN_OFF)

    plans.revise(idea, {field: ""}, by=cast.amara, version=idea.version)

    assert [requirement.anchor for requirement in gates.missing(idea, SIGN_OFF)] == [field]


def test_an_idea_without_a_home_cannot_be_planned(cast: Cast) -> None:
    idea = factories.new(cast, home=None)

    assert [each.room for each in gates.missing(idea, PLANNING)] == [Room.HOME, Room.OWNER]


def test_an_owner_from_elsewhere_counts_only_when_a_leader_of_the_home_named_them(cast: Cast) -> None:
    handed_on, named = factories.new(cast), factories.new(cast)
    teams.take_on(handed_on, by=cast.amara)
    teams.accept(teams.ask_to_own(handed_on, cast.dele, by=cast.amara), by=cast.dele)
    teams.accept(teams.ask_to_own(named, cast.dele, by=cast.femi), by=cast.dele)

    assert [each.room for each in gates.missing(handed_on, PLANNING)] == [Room.OWNER]
    assert not gates.missing(named, PLANNING)


def test_the_last_step_taken_out_shuts_the_gate_to_sign_off(cast: Cast) -> None:
    idea = factories.ready_to_ask(cast)

    steps.remove(idea.steps[0], by=cast.amara)

    assert [each.words for each in gates.missing(idea, SIGN_OFF)] == ["Add a first step"]


def test_a_sponsor_who_was_asked_and_has_not_answered_is_not_a_sponsor(cast: Cast) -> None:
    idea = factories.ready_to_ask(cast)

    idea.sponsorships[0].accepted, idea.sponsorships[0].answered_at = None, None

    assert [each.words for each in gates.missing(idea, SIGN_OFF)] == ["Find a sponsor"]


def test_an_open_check_shuts_the_gate_to_trying_until_it_is_settled(cast: Cast) -> None:
    idea = factories.in_trying(cast)
    moves.move(idea, PLANNING, by=cast.amara, version=idea.version)
    answers = screening.none_of_these() | {next(iter(screening.none_of_these())): Answer.YES}
    screening.answer(idea, answers, by=cast.amara, version=idea.version)

    asked = gates.missing(idea, TRYING)

    assert {each.room for each in asked} == {Room.SIGN_OFF, Room.CHECKS}, "the yes was about other answers too"
    assert {each.anchor for each in asked if each.room is Room.CHECKS} == {
        f"check-{check.id}" for check in idea.checks if check.is_called_for
    }


def test_a_yes_stands_until_its_end_date_and_not_a_day_longer(cast: Cast) -> None:
    idea = factories.in_trying(cast)
    moves.move(idea, PLANNING, by=cast.amara, version=idea.version)
    assert idea.trial_ends_on

    with clock.at(idea.trial_ends_on):
        assert not gates.missing(idea, TRYING)
    with clock.at(idea.trial_ends_on + dt.timedelta(days=1)):
        assert [each.words for each in gates.missing(idea, TRYING)] == ["Get a leader's yes"]


def test_adopting_needs_a_reading_and_not_only_a_measure(cast: Cast) -> None:
    idea = factories.in_trying(cast)
    measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)

    assert [each.words for each in gates.missing(idea, ADOPTED)] == [words for words, _ in TABLE[ADOPTED]]


#: Where it is -> what stands ready -> which stages a move by hand may enter from there.
PAIRS: list[tuple[str, Callable[[Cast], Idea], set[Stage]]] = [
    ("new, and nobody carries it", factories.new, {STOPPED}),
    ("in planning, without a plan", factories.in_planning, {NEW, STOPPED}),
    ("in planning, with all that sign-off asks for", factories.ready_to_ask, {NEW, STOPPED}),
    ("in sign-off", lambda cast: factories.asked(cast).idea, {NEW, PLANNING, STOPPED}),
    ("being tried", factories.in_trying, {NEW, PLANNING, STOPPED}),
    ("tried, with a reading and a result", factories.ready_to_adopt, {NEW, PLANNING, STOPPED}),
    ("adopted", factories.adopted, {NEW, PLANNING, TRYING, STOPPED}),
    ("stopped", factories.stopped, {PLANNING}),
]


@pytest.mark.parametrize("wanted", Stage)
@pytest.mark.parametrize(("made", "opens"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_from_each_stage_a_hand_moves_it_only_where_a_gate_is_open(
    cast: Cast, made: Callable[[Cast], Idea], opens: set[Stage], wanted: Stage
) -> None:
    idea = made(cast)
    came_from, version, rows = idea.stage, idea.version, len(idea.stage_entries)

    if wanted in opens:
        moves.move(idea, wanted, by=cast.amara, version=version, lesson="Nobody rings after six.")
        assert (idea.stage, idea.version, len(idea.stage_entries)) == (wanted, version + 1, rows + 1)
    else:
        with pytest.raises(Refused):
            moves.move(idea, wanted, by=cast.amara, version=version, lesson="Nobody rings after six.")
        assert (idea.stage, idea.version, len(idea.stage_entries)) == (came_from, version, rows)


def test_what_comes_first_is_what_the_next_gate_misses_first(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    first = gates.first_missing(idea)
    assert first and first.words == "Say the smallest test"

    ready = gates.first_missing(factories.ready_to_ask(cast))

    assert ready and ready.words == "Ask a named leader"
    assert gates.first_missing(factories.adopted(cast)) is None


def test_a_hand_never_moves_a_card_into_sign_off(cast: Cast) -> None:
    idea = factories.ready_to_ask(cast)

    with pytest.raises(Refused) as refusal:
        moves.move(idea, SIGN_OFF, by=cast.amara, version=idea.version)

    assert refusal.value.missing == [gates.ASK]


def test_stopping_takes_back_the_open_request_and_keeps_the_lesson(cast: Cast) -> None:
    request = factories.asked(cast)
    idea = request.idea

    moves.move(idea, STOPPED, by=cast.amara, version=idea.version, lesson="  Nobody rings after six.  ")

    assert request.is_withdrawn
    assert [lesson.text for lesson in idea.lessons] == ["Nobody rings after six."]
    assert idea.due_on is None


@pytest.mark.parametrize("lesson", ["", "   ", "x" * (moves.LESSON_LENGTH + 1)])
def test_a_stop_without_a_lesson_or_with_an_endless_one_is_refused_at_its_field(cast: Cast, lesson: str) -> None:
    idea = factories.in_planning(cast)

    with pytest.raises(Invalid) as refusal:
        moves.move(idea, STOPPED, by=cast.amara, version=idea.version, lesson=lesson)

    assert refusal.value.field == "lesson"


def test_a_move_from_an_old_version_is_stale_whatever_changed_it(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    plans.revise(idea, {"cost": "Nothing"}, by=cast.amara, version=idea.version)

    with pytest.raises(Stale):
        moves.move(idea, NEW, by=cast.amara, version=idea.version - 1)


def test_a_draft_stays_where_it_is(cast: Cast) -> None:
    idea = factories.new(cast, audience="draft")
    teams.take_on(idea, by=cast.amara)

    with pytest.raises(Refused):
        moves.move(idea, PLANNING, by=cast.amara, version=idea.version)
    assert moves.offered(idea, by=cast.amara) == []


def test_a_no_stops_it_and_its_team_starts_it_again_in_planning(cast: Cast) -> None:
    request = factories.asked(cast)
    factories.approve(request, cast)
    idea = request.idea
    moves.move(idea, PLANNING, by=cast.amara, version=idea.version)
    again = sign_off.ask(idea, cast.femi, by=cast.amara)
    sign_off.decide(
        again,
        Outcome.NO,
        by=cast.femi,
        version=factories.cases.version(idea, again.gate),
        has_no_interest=True,
        reason="There is no pharmacist to spare.",
    )
    assert idea.stage is STOPPED

    moves.move(idea, PLANNING, by=cast.amara, version=idea.version)

    assert [each.words for each in gates.missing(idea, TRYING)] == ["Get a leader's yes"], "the newest answer was no"


def answer_to_adopt(idea: Idea, cast: Cast, outcome: Outcome, **fields: Any) -> None:
    """Femi is asked to make it the way we work, and answers."""
    request = sign_off.ask(idea, cast.femi, by=cast.amara)
    given = {"version": cases.version(idea, request.gate), "has_no_interest": True}
    sign_off.decide(request, outcome, by=cast.femi, **(given | fields))


def test_after_a_no_to_adopt_it_is_not_tried_again_until_a_leader_says_yes_again(cast: Cast) -> None:
    idea = factories.ready_to_adopt(cast)
    answer_to_adopt(idea, cast, Outcome.NO, reason="It hurt somebody.")
    moves.move(idea, PLANNING, by=cast.amara, version=idea.version)

    with pytest.raises(Refused) as refusal:
        moves.move(idea, TRYING, by=cast.amara, version=idea.version)
    assert [each.words for each in refusal.value.missing] == ["Get a leader's yes"]

    factories.approve(sign_off.ask(idea, cast.femi, by=cast.amara), cast)
    moves.move(idea, PLANNING, by=cast.amara, version=idea.version)
    assert not gates.missing(idea, TRYING)


@pytest.mark.parametrize("days", [10, 100])
def test_a_not_yet_to_adopt_says_until_when_it_may_be_tried(cast: Cast, days: int) -> None:
    idea = factories.ready_to_adopt(cast)
    ends_on = clock.today() + dt.timedelta(days=days)
    answer_to_adopt(idea, cast, Outcome.NOT_YET, would_change="A month of counting.", ends_on=ends_on)
    moves.move(idea, PLANNING, by=cast.amara, version=idea.version)

    with clock.at(ends_on):
        assert not gates.missing(idea, TRYING)
    with clock.at(ends_on + dt.timedelta(days=1)):
        assert [each.words for each in gates.missing(idea, TRYING)] == ["Get a leader's yes"]


def test_a_yes_to_adopt_holds_in_the_trial_in_which_it_was_asked_for_alone(cast: Cast) -> None:
    idea = factories.adopted(cast)
    needs = ["Get a leader's yes to make it the way we work"]

    with clock.at(clock.today() + dt.timedelta(days=7)):
        moves.move(idea, STOPPED, by=cast.amara, version=idea.version, lesson="It hurt somebody.")
        moves.move(idea, PLANNING, by=cast.amara, version=idea.version)
        with pytest.raises(Refused) as refusal:
            moves.move(idea, ADOPTED, by=cast.amara, version=idea.version)
        assert [each.words for each in refusal.value.missing] == needs

        moves.move(idea, TRYING, by=cast.amara, version=idea.version)
        assert [each.words for each in gates.missing(idea, ADOPTED)] == needs
        answer_to_adopt(idea, cast, Outcome.APPROVE)
    assert idea.stage is ADOPTED
