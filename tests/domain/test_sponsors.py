"""Leaders are asked to back an idea, and say what they bring, or why not."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ideas.access import Denied
from ideas.domain import events, people, sponsors
from ideas.domain.errors import Invalid, Refused
from ideas.models import Audience, Pledge, PledgeKind, Role, Unit
from tests import factories

if TYPE_CHECKING:
    from ideas.models import Idea
    from tests.cast import Cast


def could(idea: Idea) -> list[int]:
    return [leader.id for _, leader in sponsors.could_sponsor(idea)]


def test_leaders_of_all_but_suppliers_could_sponsor_and_none_of_its_team(cast: Cast) -> None:
    idea = factories.new(cast, by=cast.ruth)
    assert could(idea) == [cast.ben.id, cast.femi.id, cast.mina.id, cast.gwen.id]


def test_those_who_lead_its_home_come_first_then_those_of_where_it_hurts_then_the_others(cast: Cast) -> None:
    people.join(cast.mina, cast.northmere, job="visiting director", role=Role.LEADER)
    idea = factories.new(cast, by=cast.dele, home=cast.northmere, hurts_organisation=cast.willow_bank)
    found = [(place.organisation, leader.name) for place, leader in sponsors.could_sponsor(idea)]
    assert found == [
        *(("Northmere Hospitals", name) for name in ("Ben Hall", "Femi Adeyemi", "Mina Bell", "Ruth Abbot")),
        ("Willow Bank Care Home", "Gwen Morris"),
    ]


def test_a_leader_accepts_with_a_pledge(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    asked = sponsors.ask(idea, cast.gwen, by=cast.amara)
    assert cast.gwen.id not in could(idea)
    sponsors.accept(asked, by=cast.gwen, kind=PledgeKind.MONEY, amount=Decimal(1200), unit=Unit.POUNDS, note="a phone")
    assert idea.accepted_sponsorships == [asked]
    assert [events.sentence(event) for event in idea.events][-2:] == [
        "Amara O. asked Gwen M. to sponsor it",
        "Gwen M. agreed to sponsor it, and pledged £1,200, money: a phone",
    ]
    with pytest.raises(Refused):
        sponsors.decline(asked, by=cast.gwen, reason="On second thoughts")


def test_a_leader_declines_with_a_reason(cast: Cast) -> None:
    asked = sponsors.ask(factories.in_planning(cast), cast.gwen, by=cast.amara)
    with pytest.raises(Invalid):
        sponsors.decline(asked, by=cast.gwen, reason="")
    sponsors.decline(asked, by=cast.gwen, reason="Short of staff")
    assert asked.accepted is False
    assert events.sentence(asked.idea.events[-1]) == "Gwen M. declined to sponsor it: Short of staff"


def test_a_pledge_says_something_that_can_be_true(cast: Cast) -> None:
    asked = sponsors.ask(factories.in_planning(cast), cast.gwen, by=cast.amara)
    with pytest.raises(Invalid):
        sponsors.accept(asked, by=cast.gwen, kind=PledgeKind.COVER)
    for amount in (Decimal(0), Decimal(-2), Decimal(10_000_000)):
        with pytest.raises(Invalid):
            sponsors.accept(asked, by=cast.gwen, kind=PledgeKind.MONEY, amount=amount)


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (1, Unit.HOURS_A_WEEK, "1 hour a week"),
        (2, Unit.HOURS_A_WEEK, "2 hours a week"),
        (1, Unit.DAYS, "1 day"),
        (3, Unit.ITEMS, "3 items"),
        (1, Unit.POUNDS, "£1"),
    ],
)
def test_one_of_a_thing_is_one(amount: int, unit: Unit, words: str) -> None:
    assert Pledge(kind=PledgeKind.COVER, amount=Decimal(amount), unit=unit, note="").words.startswith(f"{words}, ")


def test_nobody_else_answers_and_nobody_else_asks(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    with pytest.raises(Denied):
        sponsors.ask(idea, cast.gwen, by=cast.femi)
    asked = sponsors.ask(idea, cast.gwen, by=cast.amara)
    with pytest.raises(Denied):
        sponsors.accept(asked, by=cast.femi, kind=PledgeKind.COVER, note="a nurse")


def test_who_cannot_sponsor_or_was_asked_already_is_refused(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    sponsors.ask(idea, cast.gwen, by=cast.amara)
    with pytest.raises(Refused):
        sponsors.ask(idea, cast.gwen, by=cast.amara)
    for person in (cast.lena, cast.tomas):
        with pytest.raises(Invalid):
            sponsors.ask(idea, person, by=cast.amara)


def test_no_leader_is_asked_about_a_draft_that_they_cannot_read(cast: Cast) -> None:
    with pytest.raises(Refused, match="draft"):
        sponsors.ask(factories.new(cast, audience=Audience.DRAFT), cast.gwen, by=cast.amara)
