"""Leaving: of who belongs nowhere any more nothing is held that others need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ideas.access import Action, may
from ideas.domain import (
    authors,
    checks,
    events,
    gates,
    homes,
    leaving,
    moves,
    people,
    plans,
    screening,
    sign_off,
    sponsors,
    steps,
    teams,
)
from ideas.domain.errors import Refused
from ideas.models import Answer, CheckState, PledgeKind, Role, Stage
from tests import factories

if TYPE_CHECKING:
    from ideas.models import Check, Idea, Person
    from tests.cast import Cast


def go(person: Person, *, by: Person, **heirs: Person) -> None:
    """End the first that somebody is."""
    leaving.end(person.active_memberships[0], by=by, heirs=leaving.Heirs(**heirs))


def named(cast: Cast) -> Idea:
    """At Northmere, carried by Dele of Willow Bank, whom Femi named."""
    idea = factories.new(cast)
    teams.accept(teams.ask_to_own(idea, cast.dele, by=cast.femi), by=cast.dele)
    return idea


def told(idea: Idea) -> list[str]:
    return [events.sentence(event) for event in idea.events]


def test_an_idea_without_a_home_whose_owner_is_gone_is_carried_by_who_hosts_it(cast: Cast) -> None:
    idea = factories.new(cast, home=None)
    teams.accept(teams.ask_to_own(idea, cast.tomas, by=cast.amara), by=cast.tomas)
    go(cast.amara, by=cast.ada)
    assert leaving.held(cast.tomas.active_memberships[0], reader=cast.ada).ideas == [idea]

    go(cast.tomas, by=cast.ada)

    assert idea.owner is None
    assert told(idea)[-1] == "Tomas N. left Northmere Hospitals. Nobody carries it now"
    homes.host(idea, cast.eastfold, by=cast.mina, version=idea.version)
    assert may(cast.mina, Action.TAKE_ON, idea)
    assert may(cast.mina, Action.NAME_OWNER, idea)


def test_an_owner_who_was_named_from_elsewhere_and_is_gone_holds_nothing(cast: Cast) -> None:
    idea = named(cast)
    step = steps.add(idea, "Borrow a phone", by=cast.dele, owner=cast.dele)
    ending = cast.dele.active_memberships[0]
    held = leaving.held(ending, reader=cast.gwen)
    assert (held.ideas, held.steps, held.is_nothing) == ([idea], [step], False)

    go(cast.dele, by=cast.gwen)

    assert (idea.owner, step.owner) == (None, None)
    assert told(idea)[-2:] == [
        "Dele O. left Willow Bank Care Home. Nobody carries it now",
        "Dele O. left Willow Bank Care Home. Nobody does it now: Borrow a phone",
    ]
    assert may(cast.tomas, Action.TAKE_ON, idea)


def test_while_they_belong_somewhere_else_what_is_held_elsewhere_stays(cast: Cast) -> None:
    idea = named(cast)
    people.join(cast.dele, cast.eastfold, job="carer", role=Role.MEMBER)
    go(cast.dele, by=cast.gwen)
    assert idea.owner is cast.dele
    assert leaving.held(cast.dele.active_memberships[0], reader=cast.mina).ideas == [idea]


def test_what_has_its_home_elsewhere_goes_to_nobody_of_the_place_that_was_left(cast: Cast) -> None:
    idea = named(cast)
    step = steps.add(idea, "Borrow a phone", by=cast.dele, owner=cast.dele)
    go(cast.dele, by=cast.gwen, ideas=cast.gwen, steps=cast.gwen)
    assert not idea.asks_of_team(cast.gwen)
    assert step.owner is None


def test_somebody_of_the_place_is_asked_to_carry_what_has_no_home(cast: Cast) -> None:
    idea = factories.new(cast, home=None)
    teams.accept(teams.ask_to_own(idea, cast.dele, by=cast.amara), by=cast.dele)
    go(cast.dele, by=cast.gwen, ideas=cast.gwen)
    assert idea.owner is None
    teams.accept(idea.asks_of_team(cast.gwen)[0], by=cast.gwen)
    assert idea.owner is cast.gwen


def test_a_sponsor_who_is_gone_does_not_count_and_what_they_pledged_stays(cast: Cast) -> None:
    idea = factories.ready_to_ask(cast)
    (backing,) = idea.accepted_sponsorships
    stamp = idea.stamp
    assert leaving.held(cast.ben.active_memberships[0], reader=cast.ada).sponsorships == [backing]

    go(cast.ben, by=cast.ada)

    assert (idea.accepted_sponsorships, idea.sponsor_count) == ([], 0)
    assert idea.stamp != stamp, "its card says so"
    assert backing.has_ended and backing.pledges
    assert told(idea)[-1] == "Ben H. left Northmere Hospitals, and backs it no more"
    assert [requirement.words for requirement in gates.missing(idea, Stage.SIGN_OFF)] == ["Find a sponsor"]


def test_a_sponsor_who_leads_elsewhere_too_and_one_of_what_is_adopted_stay(cast: Cast) -> None:
    planned, adopted = factories.ready_to_ask(cast), factories.adopted(cast)
    people.join(cast.ben, cast.eastfold, job="pharmacist", role=Role.MEMBER)
    go(cast.ben, by=cast.ada)
    assert planned.sponsor_count == 1
    go(cast.ben, by=cast.mina)
    assert (planned.sponsor_count, adopted.sponsor_count) == (0, 1)


def test_what_nobody_carries_or_backs_any_more_is_not_approved(cast: Cast) -> None:
    idea = named(cast)
    moves.move(idea, Stage.PLANNING, by=cast.dele, version=idea.version)
    plans.revise(idea, dict(factories.PLAN), by=cast.dele, version=idea.version)
    steps.add(idea, "Borrow a phone", by=cast.dele)
    screening.answer(idea, screening.none_of_these(), by=cast.dele, version=idea.version)
    backing = sponsors.ask(idea, cast.ben, by=cast.dele)
    sponsors.accept(backing, by=cast.ben, kind=PledgeKind.MONEY, note="A phone")
    request = sign_off.ask(idea, cast.femi, by=cast.dele)
    go(cast.dele, by=cast.gwen)
    go(cast.ben, by=cast.ada)

    with pytest.raises(Refused, match="missing now") as refusal:
        factories.approve(request, cast)

    assert [each.words for each in refusal.value.missing] == ["Find somebody to carry it", "Find a sponsor"]
    assert idea.stage is Stage.SIGN_OFF


def asked_about(cast: Cast, person: Person) -> Check:
    """A check of Amara's idea, about which somebody was asked."""
    idea = factories.in_planning(cast)
    answers = screening.none_of_these() | {"money": Answer.YES}
    check = screening.answer(idea, answers, by=cast.amara, version=idea.version)[0]
    return checks.record(check, CheckState.OPEN, by=cast.amara, asked_person=person)


def test_whoever_is_gone_is_asked_nothing_any_more(cast: Cast) -> None:
    check = asked_about(cast, cast.ben)
    idea = check.idea
    sponsors.ask(idea, cast.ben, by=cast.amara)
    teams.ask_in(idea, cast.ben, by=cast.amara)
    teams.ask_to_own(idea, cast.ben, by=cast.amara)
    version = idea.version
    held = leaving.held(cast.ben.active_memberships[0], reader=cast.ada)
    assert ([len(held.to_back), len(held.places), held.checks], held.is_nothing) == ([1, 2, [check]], False)

    go(cast.ben, by=cast.ada)

    assert (idea.sponsorships, idea.asks_of_team(cast.ben), check.whom, check.asked_on) == ([], [], "", None)
    assert idea.version > version, "who reads the check as it was is told"
    assert told(idea)[-4:] == [
        "Ben H. left Northmere Hospitals, and can no longer answer. Ask somebody else to sponsor it",
        "Ben H. left Northmere Hospitals, and can no longer answer. Ask somebody else into the team",
        "Ben H. left Northmere Hospitals, and can no longer answer. Ask somebody else to carry it",
        "Ben H. left Northmere Hospitals. Nobody is asked about money and buying now",
    ]
    checks.record(check, CheckState.OPEN, by=cast.amara, asked_person=cast.tomas)
    assert check.whom == "Tomas Novak"


def test_what_they_said_of_a_check_stays_theirs(cast: Cast) -> None:
    check = asked_about(cast, cast.tomas)
    checks.record(check, CheckState.TALKING, by=cast.tomas, answer="Two quotes first.")
    go(cast.tomas, by=cast.ada)
    assert (check.whom, check.answer, check.said_by_person) == ("", "Two quotes first.", cast.tomas)
    with pytest.raises(Refused, match="Tomas Novak answered this in their own words"):
        checks.record(check, CheckState.DONE, by=cast.amara, answer="All fine.")


def test_a_check_that_is_settled_and_the_ask_whether_it_is_theirs_stay(cast: Cast) -> None:
    check = asked_about(cast, cast.tomas)
    checks.record(check, CheckState.DONE, by=cast.tomas, answer="Fine.")
    entered = authors.say_for(cast.tomas, by=cast.amara, now="It is dark.", change="", title="A torch")
    go(cast.tomas, by=cast.ada)
    assert check.whom == "Tomas Novak"
    assert entered.asked_author.person is cast.tomas, "and nobody is told for whom it was entered"
    assert "Tomas" not in " ".join(told(entered))


def test_while_they_belong_somewhere_else_they_answer_from_there(cast: Cast) -> None:
    check = asked_about(cast, cast.tomas)
    people.join(cast.tomas, cast.eastfold, job="planner", role=Role.MEMBER)
    go(cast.tomas, by=cast.ada)
    assert check.whom == "Tomas Novak"
