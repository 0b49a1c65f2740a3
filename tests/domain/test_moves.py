"""Who is offered which moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas.domain import moves, teams
from ideas.models import Stage
from tests import factories

if TYPE_CHECKING:
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
