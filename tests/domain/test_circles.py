"""Whom an idea's page offers by name before somebody asks for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ideas.domain import circles, people, teams
from ideas.models import Role
from tests import factories

if TYPE_CHECKING:
    from tests.cast import Cast


def names(found: list[people.Colleague]) -> list[str]:
    return [person.name.split()[0] for person in found]


def test_while_they_are_few_it_offers_everybody_those_near_it_first(cast: Cast) -> None:
    idea = factories.new(cast, home=cast.willow_bank)
    around = circles.around(idea)
    assert around.is_everybody
    assert names(around.people) == [
        *("Ada", "Amara", "Ben", "Dele", "Femi", "Gwen", "Ruth", "Tomas"),
        *("Lena", "Mina", "Sol"),
    ]


def test_where_somebody_of_its_team_works_is_near_it(cast: Cast) -> None:
    idea = factories.new(cast)
    teams.accept(teams.ask_in(idea, cast.mina, by=cast.amara), by=cast.mina)
    assert names(circles.around(idea).people)[:7] == ["Ada", "Amara", "Ben", "Femi", "Mina", "Ruth", "Tomas"]


@pytest.mark.parametrize("offered", [6, 8])
def test_of_many_it_offers_those_near_it_and_then_who_has_been_here_longest(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, offered: int
) -> None:
    monkeypatch.setattr(circles, "OFFERED", offered)
    around = circles.around(factories.new(cast))
    assert not around.is_everybody
    assert names(around.people) == ["Ada", "Amara", "Ben", "Femi", "Ruth", "Tomas", "Dele", "Gwen"][:offered]


def test_who_has_left_is_not_offered_and_who_works_at_two_places_is_once(cast: Cast) -> None:
    people.leave(cast.tomas.memberships[0])
    people.join(cast.mina, cast.northmere, job="adviser", role=Role.MEMBER)
    found = names(circles.around(factories.new(cast)).people)
    assert "Tomas" not in found
    assert found.count("Mina") == 1
    assert found.index("Mina") < found.index("Dele")
