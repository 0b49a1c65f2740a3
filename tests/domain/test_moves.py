"""Who is offered which moves."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ideas import clock
from ideas.domain import cards, measures, moves, readings, sign_off, teams
from ideas.models import Direction, Stage
from tests import factories

if TYPE_CHECKING:
    from ideas.models import Idea
    from tests.cast import Cast

NEW, PLANNING, SIGN_OFF, TRYING, ADOPTED, STOPPED = Stage


def test_its_team_is_offered_every_other_stage(cast: Cast) -> None:
    assert moves.offered(factories.in_planning(cast), by=cast.amara) == [NEW, SIGN_OFF, TRYING, ADOPTED, STOPPED]


def test_nobody_else_is_offered_a_move_not_even_the_leader_who_decides(cast: Cast) -> None:
    idea = factories.asked(cast).idea

    assert all(moves.offered(idea, by=person) == [] for person in (cast.femi, cast.ben, cast.ada, cast.dele, cast.sol))


def test_a_supplier_in_the_team_is_offered_planning_and_stopped_alone(cast: Cast) -> None:
    idea = factories.new(cast)
    teams.accept(teams.ask_in(idea, cast.sol, by=cast.amara), by=cast.sol)

    assert moves.offered(idea, by=cast.sol) == [PLANNING, STOPPED]


def test_a_stopped_idea_is_offered_planning_alone(cast: Cast) -> None:
    assert moves.offered(factories.stopped(cast), by=cast.amara) == [PLANNING]


DAY = dt.timedelta(days=1)
START = dt.date(2026, 9, 7)


def test_what_is_tried_again_after_a_pause_counts_from_the_day_on_which_it_is_tried_again(cast: Cast) -> None:
    with clock.at(START):
        idea = factories.in_trying(cast)
        measure = measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    with clock.at(START + 2 * DAY):
        moves.move(idea, PLANNING, by=cast.amara, version=idea.version)
    with clock.at(START + 28 * DAY):
        readings.enter(measure, taken_on=START + 9 * DAY, value=50, by=cast.amara)
        readings.enter(measure, taken_on=START + 28 * DAY, value=12, by=cast.amara)
        moves.move(idea, TRYING, by=cast.amara, version=idea.version)

        assert measure.changed_on == START + 28 * DAY
        assert cards.Card(idea).trial_days == (1, 28)
        assert idea.spark == "20|0", "while nothing was tried, it was as it is without"


def pause(idea: Idea, cast: Cast) -> None:
    moves.move(idea, PLANNING, by=cast.amara, version=idea.version)


def adopt(idea: Idea, cast: Cast) -> None:
    factories.approve(sign_off.ask(idea, cast.femi, by=cast.amara), cast)


@pytest.mark.parametrize("leave", [pause, adopt])
def test_a_card_that_is_put_back_at_once_and_one_that_was_adopted_go_on_as_they_were(cast: Cast, leave) -> None:
    with clock.at(START):
        idea = factories.ready_to_adopt(cast)
    with clock.at(START + 28 * DAY):
        leave(idea, cast)
        moves.move(idea, TRYING, by=cast.amara, version=idea.version)

    assert (idea.trial_started_on, idea.trial_ends_on) == (START, START + 56 * DAY)
