"""Which ideas are found, for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas.domain import search
from ideas.domain.search import Filter
from ideas.models import Audience, Sector, Stage, VerdictKind
from tests import factories

if TYPE_CHECKING:
    from tests.cast import Cast


def found(person, **wanted):
    return {idea.title for idea in search.find(person, Filter(**wanted)).ideas}


def test_each_filter_narrows(cast: Cast) -> None:
    factories.new(cast, title="North")
    factories.new(cast, title="Willow", home=cast.willow_bank)
    factories.new(cast, title="Homeless", by=cast.dele, hurts_organisation=cast.willow_bank, home=None)
    factories.stopped(cast, title="Stopped")
    factories.ready_to_adopt(cast, title="Counted")

    assert found(cast.sol) == {"North", "Willow", "Homeless", "Stopped", "Counted"}
    assert found(cast.sol, stage=Stage.STOPPED) == {"Stopped"}
    assert found(cast.sol, organisation=cast.willow_bank) == {"Willow", "Homeless"}
    assert found(cast.sol, sector=Sector.ACUTE) == {"North", "Stopped", "Counted"}
    assert found(cast.sol, verdict=VerdictKind.TOO_FEW) == {"Counted"}
    assert found(cast.sol, verdict=VerdictKind.LESS_BAD) == set()
    assert found(cast.sol, stage=Stage.NEW, sector=Sector.ADULT_SOCIAL_CARE) == {"Willow", "Homeless"}
    assert found(cast.sol, organisation=cast.eastfold) == set()
    assert found(cast.dele, mine=True) == {"Homeless"}


def test_counts_agree_with_what_is_found(cast: Cast) -> None:
    factories.new(cast)
    factories.stopped(cast)
    tallies = search.tally(cast.sol, Filter())
    total = sum(tally.total for tally in tallies.values())
    assert total == search.count(cast.sol, Filter()) == search.find(cast.sol, Filter()).total == 2
    assert [tallies[stage].total for stage in (Stage.NEW, Stage.STOPPED, Stage.TRYING)] == [1, 1, 0]


def test_a_draft_is_found_by_nobody_but_its_team_among_their_own(cast: Cast) -> None:
    factories.new(cast, audience=Audience.DRAFT, title="Draft")
    for person in (cast.femi, cast.tomas, cast.ada, cast.amara):
        assert found(person) == set()
        assert search.count(person, Filter()) == 0
    assert found(cast.amara, mine=True) == {"Draft"}
    assert found(cast.femi, mine=True) == set()


def test_pages_hold_twenty_and_a_page_past_the_last_is_the_last(cast: Cast) -> None:
    for number in range(23):
        factories.new(cast, title=f"Idea {number}")
    first, last = search.find(cast.sol, Filter()), search.find(cast.sol, Filter(), page=7)
    assert (len(first.ideas), first.last, first.total) == (20, 2, 23)
    assert (len(last.ideas), last.number) == (3, 2)
    assert not {idea.id for idea in first.ideas} & {idea.id for idea in last.ideas}
