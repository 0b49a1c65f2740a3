"""Who carries an idea, and who is asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ideas.access import Denied
from ideas.domain import events, people, sponsors, teams
from ideas.domain.errors import Invalid, Refused
from ideas.models import PledgeKind, Role, Stage
from tests import factories

if TYPE_CHECKING:
    from tests.cast import Cast


def names(could: list[people.Colleague]) -> set[str]:
    return {person.name for person in could}


def test_a_member_of_the_home_takes_it_on_and_the_card_stays(cast: Cast) -> None:
    idea = factories.new(cast)
    teams.take_on(idea, by=cast.tomas)
    assert idea.owner is cast.tomas
    assert idea.stage is Stage.NEW
    assert events.sentence(idea.events[-1]) == "Tomas N. took it on"
    assert teams.take_on(idea, by=cast.tomas) is idea
    with pytest.raises(Refused, match=r"Tomas N\. carries it already"):
        teams.take_on(idea, by=cast.amara)


def test_who_was_asked_to_carry_it_takes_it_on_with_either_button(cast: Cast) -> None:
    idea = factories.new(cast)
    ask = teams.ask_to_own(idea, cast.tomas, by=cast.amara)
    teams.take_on(idea, by=cast.tomas)
    assert idea.owner is cast.tomas
    assert ask.accepted, "what they were asked is answered by it"
    assert not idea.asks_of_team(cast.tomas)
    assert events.sentence(idea.events[-1]) == "Tomas N. carries it now"


def test_nobody_from_elsewhere_takes_it_on(cast: Cast) -> None:
    idea = factories.new(cast)
    for person in (cast.gwen, cast.sol):
        with pytest.raises(Denied):
            teams.take_on(idea, by=person)


def test_a_leader_of_the_home_names_an_owner_from_anywhere_who_says_yes(cast: Cast) -> None:
    idea = factories.new(cast)
    ask = teams.ask_to_own(idea, cast.gwen, by=cast.femi)
    assert idea.owner is None
    teams.accept(ask, by=cast.gwen)
    assert idea.owner is cast.gwen
    assert idea.owner_was_named_by_a_leader


def test_a_named_owner_comes_too_late_when_somebody_took_it_on(cast: Cast) -> None:
    idea = factories.new(cast)
    ask = teams.ask_to_own(idea, cast.gwen, by=cast.femi)
    teams.take_on(idea, by=cast.tomas)
    with pytest.raises(Refused, match=r"Tomas N\. carries it by now"):
        teams.accept(ask, by=cast.gwen)


def test_the_owner_hands_it_on_and_is_barred_for_good(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    teams.accept(teams.ask_to_own(idea, cast.tomas, by=cast.amara), by=cast.tomas)
    assert idea.owner is cast.tomas
    assert idea.has_in_team(cast.amara), "its author stays in its team"
    teams.accept(teams.ask_to_own(idea, cast.ruth, by=cast.tomas), by=cast.ruth)
    assert not idea.has_in_team(cast.tomas)
    assert idea.ever_had_in_team(cast.tomas)


def test_nobody_hands_it_to_themselves_past_its_owner(cast: Cast) -> None:
    idea = factories.new(cast)
    teams.take_on(idea, by=cast.tomas)
    with pytest.raises(Invalid):
        teams.ask_to_own(idea, cast.amara, by=cast.amara)


def test_no_leader_names_an_owner_over_the_one_there_is(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    with pytest.raises(Denied):
        teams.ask_to_own(idea, cast.tomas, by=cast.femi)


def test_a_supplier_carries_an_idea_only_while_it_has_no_home(cast: Cast) -> None:
    idea = factories.new(cast)
    with pytest.raises(Invalid):
        teams.ask_to_own(idea, cast.sol, by=cast.amara)
    assert "Sol Marsh" not in names(teams.could_own(idea, people.everybody(), by=cast.amara))
    homeless = factories.new(cast, home=None)
    assert "Sol Marsh" in names(teams.could_own(homeless, people.everybody(), by=cast.amara))


def test_people_of_its_home_come_first_among_those_who_could_carry_it(cast: Cast) -> None:
    idea = factories.new(cast)
    could = teams.could_own(idea, people.everybody(), by=cast.amara)
    at_home = [person.is_member_of(cast.northmere.id) for person in could]
    assert at_home == sorted(at_home, reverse=True)
    assert {person.name for person in could[:2]} == {"Ada Lane", "Ben Hall"}


def test_whoever_is_asked_into_the_team_answers_once(cast: Cast) -> None:
    idea = factories.new(cast)
    ask = teams.ask_in(idea, cast.tomas, by=cast.amara)
    assert not idea.has_in_team(cast.tomas)
    assert "Tomas Novak" not in names(teams.could_join(idea, people.everybody()))
    with pytest.raises(Refused):
        teams.ask_in(idea, cast.tomas, by=cast.amara)
    with pytest.raises(Denied):
        teams.accept(ask, by=cast.ruth)
    teams.accept(ask, by=cast.tomas)
    assert idea.has_in_team(cast.tomas)
    with pytest.raises(Refused):
        teams.decline(ask, by=cast.tomas)


def test_somebody_who_said_no_can_be_asked_again(cast: Cast) -> None:
    idea = factories.new(cast)
    teams.decline(teams.ask_in(idea, cast.tomas, by=cast.amara), by=cast.tomas)
    assert not idea.ever_had_in_team(cast.tomas)
    assert "Tomas Novak" in names(teams.could_join(idea, people.everybody()))
    teams.accept(teams.ask_in(idea, cast.tomas, by=cast.amara), by=cast.tomas)
    assert idea.has_in_team(cast.tomas)


def test_only_somebody_who_belongs_somewhere_can_be_asked(cast: Cast) -> None:
    stray = people.add("Sam Stray", "sam@example.org")
    for nobody in (stray.id, 0, None):
        with pytest.raises(Invalid):
            teams.somebody(nobody, by=cast.amara)
    people.join(stray, cast.eastfold, job="planner", role=Role.MEMBER)
    assert teams.somebody(stray.id, by=cast.amara) is stray


def test_who_sponsors_it_does_not_come_into_its_team(cast: Cast) -> None:
    """Else its own team would back it, and the gate to sign-off would take that for a leader's backing."""
    idea = factories.ready_to_ask(cast)
    asks = [teams.ask_in(idea, cast.ben, by=cast.amara), teams.ask_to_own(idea, cast.ben, by=cast.amara)]
    for ask in asks:
        with pytest.raises(Refused, match="You sponsor this idea"):
            teams.accept(ask, by=cast.ben)
        teams.decline(ask, by=cast.ben)
    assert not idea.ever_had_in_team(cast.ben)


def test_who_sponsors_it_does_not_take_it_on(cast: Cast) -> None:
    idea = factories.new(cast)
    asked = sponsors.ask(idea, cast.ben, by=cast.amara)
    sponsors.accept(asked, by=cast.ben, kind=PledgeKind.COVER, note="A day")
    with pytest.raises(Denied, match="You sponsor this idea"):
        teams.take_on(idea, by=cast.ben)


def test_who_belongs_nowhere_any_more_does_not_say_yes_to_a_place(cast: Cast) -> None:
    idea = factories.new(cast)
    ask = teams.ask_in(idea, cast.tomas, by=cast.amara)
    people.leave(cast.tomas.active_memberships[0])
    with pytest.raises(Denied, match="You belong to no organisation now"):
        teams.accept(ask, by=cast.tomas)
