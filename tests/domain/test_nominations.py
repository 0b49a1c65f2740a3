"""Nobody leads here yet: a link with which somebody asks to lead, and who says yes."""

from __future__ import annotations

import datetime as dt

import pytest

from ideas import clock
from ideas.access import Denied
from ideas.db import db
from ideas.domain import desk, homes, invitations, joining, organisations, people
from ideas.domain.errors import Refused
from ideas.models import Membership, Role, Sector
from tests import factories

MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def a_monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def hazel(cast):
    """A care home with nobody in it."""
    return organisations.add("Hazel Court", Sector.ADULT_SOCIAL_CARE)


@pytest.fixture
def idea(cast, hazel):
    """Dele's, asked of Hazel Court."""
    return factories.new(cast, by=cast.dele, hurts_organisation=cast.willow_bank, home=hazel)


@pytest.fixture
def tom(cast):
    return people.add("Tom Reed", "tom")


def asks(idea, tom, cast) -> Membership:
    invitation, token = invitations.nominate(idea, by=cast.dele)
    assert invitations.find(token) is invitation
    return invitations.accept(invitation, tom, job="manager")


def test_whoever_opens_the_link_only_asks_and_has_no_right_at_all(cast, hazel, idea, tom):
    asked = asks(idea, tom, cast)

    assert (asked.role, asked.is_waiting, asked.is_active) == (Role.LEADER, True, False)
    assert not tom.active_memberships
    assert not people.leaders(hazel.id)
    assert homes.start_clocks() == 0
    assert joining.ask_to_lead(tom, hazel, job="manager") is asked, "to ask twice changes nothing"


def test_the_partners_leader_says_yes_and_the_clock_starts(cast, hazel, idea, tom):
    hazel.partner = cast.eastfold
    asked = asks(idea, tom, cast)
    assert desk.of(cast.mina).to_lead == [asked]
    for other in (cast.femi, cast.gwen, cast.dele, cast.ada, cast.lena):
        assert not desk.of(other).to_lead

    joining.confirm(asked, by=cast.mina)

    assert people.leaders(hazel.id) == [tom]
    assert homes.start_clocks() == 1
    assert homes.owed(idea).due_on is not None
    assert not desk.of(cast.mina).to_lead


def test_an_administrator_says_yes_and_then_the_partner_does_not(cast, hazel, idea, tom):
    hazel.partner = cast.eastfold
    ida = people.add("Ida Grey", "ida")
    people.join(ida, hazel, job="clerk", role=Role.ADMIN)
    db.session.expire(hazel)
    asked = asks(idea, tom, cast)
    with pytest.raises(Denied):
        joining.confirm(asked, by=cast.mina)

    assert joining.confirm(asked, by=ida).is_active


def test_a_leader_who_does_not_look_after_its_people_makes_no_leader(cast, tom):
    asked = joining.ask_to_lead(tom, cast.northmere, job="director")
    for person in (cast.femi, cast.amara, cast.mina, cast.dele):
        with pytest.raises(Denied):
            joining.confirm(asked, by=person)
    assert joining.confirm(asked, by=cast.ada).is_active


def test_nobody_says_yes_to_themselves(cast, hazel, idea):
    hazel.partner = cast.eastfold
    asked = asks(idea, cast.mina, cast)
    with pytest.raises(Denied, match="Somebody else"):
        joining.confirm(asked, by=cast.mina)


def test_only_the_team_of_an_idea_whose_home_has_no_leader_makes_the_link(cast, idea):
    for person in (cast.gwen, cast.femi, cast.amara, cast.sol):
        with pytest.raises(Denied):
            invitations.nominate(idea, by=person)
    with pytest.raises(Denied):
        invitations.nominate(factories.new(cast), by=cast.amara)


def test_the_link_is_used_once_and_dies_when_somebody_leads_or_its_maker_left(cast, hazel, idea, tom):
    used, _ = invitations.nominate(idea, by=cast.dele)
    late, _ = invitations.nominate(idea, by=cast.dele)
    invitations.accept(used, tom, job="manager")
    with pytest.raises(Refused):
        invitations.accept(used, cast.tomas, job="manager")
    people.join(people.add("Ida Grey", "ida"), hazel, job="manager", role=Role.LEADER)
    db.session.expire(hazel)
    with pytest.raises(Refused):
        invitations.accept(late, cast.tomas, job="manager")
    db.session.delete(people.leaders(hazel.id)[0].memberships[0])
    db.session.flush()
    db.session.expire_all()
    people.leave(cast.dele.active_memberships[0])
    with pytest.raises(Refused):
        invitations.accept(late, cast.tomas, job="manager")
