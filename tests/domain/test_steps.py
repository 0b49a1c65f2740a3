"""Steps: by when, by whom, done or not."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.access import Action, Denied, may
from ideas.db import db
from ideas.domain import events, steps, teams
from ideas.domain.errors import Invalid, Refused
from ideas.models import Audience, Step
from tests import cast as players
from tests import factories

if TYPE_CHECKING:
    from tests.cast import Cast

TODAY = dt.date(2026, 11, 23)


def on(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def test_steps_stand_by_when_they_are_due(cast: Cast) -> None:
    with clock.at(TODAY):
        idea = factories.in_planning(cast)
        made = {days: steps.add(idea, f"In {days}", by=cast.amara, due_on=on(days)) for days in (9, 8, 7, 0, -1, -3)}
        never = steps.add(idea, "One day", by=cast.amara)
        done = steps.tick(steps.add(idea, "Done", by=cast.amara, due_on=on(-9)), by=cast.amara)

        by_when = steps.by_when(idea)

    assert by_when.late == [made[-3], made[-1]]
    assert by_when.this_week == [made[0], made[7]]
    assert by_when.later == [made[8], made[9], never]
    assert by_when.done == [done]
    assert by_when.total == 8


def test_ticking_twice_is_one_tick_and_opening_again_is_told(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    step = steps.add(idea, "Borrow a phone", by=cast.amara)
    version = idea.version

    steps.tick(step, by=cast.amara)
    steps.tick(step, by=cast.amara)
    assert (step.is_done, step.done_by_id) == (True, cast.amara.id)
    steps.untick(step, by=cast.amara)
    assert (step.is_done, step.done_by_id) == (False, None)

    assert [events.sentence(event) for event in idea.events][-2:] == [
        "Amara O. ticked off: Borrow a phone",
        "Amara O. opened a step again: Borrow a phone",
    ]
    assert idea.version == version


def test_whoever_has_a_step_ticks_it_off_and_changes_nothing_else(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    step = steps.add(idea, "Borrow a phone", by=cast.amara, owner=cast.tomas)

    steps.tick(step, by=cast.tomas)

    assert step.is_done and not idea.has_in_team(cast.tomas)
    with pytest.raises(Denied):
        steps.change(step, title="Buy one", owner=None, due_on=None, by=cast.tomas)
    with pytest.raises(Denied):
        steps.remove(step, by=cast.tomas)


def test_nobody_else_ticks_it_off(cast: Cast) -> None:
    step = steps.add(factories.in_planning(cast), "Borrow a phone", by=cast.amara, owner=cast.tomas)
    for person in (cast.femi, cast.dele, cast.sol):
        with pytest.raises(Denied):
            steps.tick(step, by=person)


def test_a_change_is_told_once_and_a_change_to_the_same_is_none(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    step = steps.add(idea, "Borrow a phone", by=cast.amara)
    count = len(idea.events)

    for _ in range(2):
        steps.change(step, title="Buy a phone", owner=cast.tomas, due_on=on(1), by=cast.amara)

    assert (step.title, step.owner, step.due_on) == ("Buy a phone", cast.tomas, on(1))
    assert len(idea.events) == count + 1


def test_a_step_that_was_taken_out_is_gone_and_told(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    steps.remove(steps.add(idea, "Borrow a phone", by=cast.amara), by=cast.amara)

    assert idea.steps == []
    assert events.sentence(idea.events[-1]) == "Amara O. took out a step: Borrow a phone"


def test_a_step_that_somebody_else_took_out_meanwhile_is_refused(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    step = steps.add(idea, "Borrow a phone", by=cast.amara)
    db.session.connection().execute(sa.delete(Step).where(Step.id == step.id))
    with pytest.raises(Refused, match="took this step out"):
        steps.tick(step, by=cast.amara)


def test_the_team_and_the_members_of_its_home_are_given_steps(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    teams.accept(teams.ask_in(idea, cast.dele, by=cast.amara), by=cast.dele)

    names = [person.name for person in steps.could_own(idea)]

    assert names == ["Ada Lane", "Amara Okafor", "Ben Hall", "Dele Olu", "Femi Adeyemi", "Ruth Abbot", "Tomas Novak"]
    assert cast.sol in steps.could_own(idea, now=cast.sol)


def test_a_step_of_a_draft_is_its_teams_alone(cast: Cast) -> None:
    idea = factories.new(cast, audience=Audience.DRAFT)
    assert steps.could_own(idea) == [cast.amara]


def test_nobody_else_is_given_one_and_so_comes_to_read_what_is_here_first(cast: Cast) -> None:
    idea = factories.in_planning(cast, audience=Audience.HERE_FIRST)
    mine = steps.add(idea, "Borrow a phone", by=cast.amara)
    for stranger in (cast.gwen, cast.sol):
        with pytest.raises(Invalid, match="of the team, or of its home") as refusal:
            steps.add(idea, "Sell a phone", by=cast.amara, owner=stranger)
        assert refusal.value.field == "owner"
        with pytest.raises(Invalid):
            steps.change(mine, title=mine.title, owner=stranger, due_on=None, by=cast.amara)
        assert not may(stranger, Action.READ, idea)
    assert idea.steps == [mine]


def test_whoever_has_one_keeps_it_when_its_words_are_changed(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    member = teams.accept(teams.ask_in(idea, cast.dele, by=cast.amara), by=cast.dele)
    step = steps.add(idea, "Borrow a phone", by=cast.amara, owner=cast.dele)
    member.ended_at = clock.now()
    steps.change(step, title="Buy a phone", owner=cast.dele, due_on=None, by=cast.amara)
    assert (step.title, step.owner) == ("Buy a phone", cast.dele)


@pytest.mark.parametrize("audience", [Audience.OPEN, Audience.DRAFT])
@pytest.mark.parametrize("home", ["northmere", None])
def test_the_list_and_the_act_agree_on_who_may_be_given_one(cast: Cast, audience: Audience, home: str | None) -> None:
    idea = factories.new(cast, audience=audience, home=home and getattr(cast, home))
    offered = steps.could_own(idea)
    for name in players.PLAYERS:
        person = getattr(cast, name)
        if person in offered:
            steps.add(idea, "Borrow a phone", by=cast.amara, owner=person)
        else:
            with pytest.raises(Invalid):
                steps.add(idea, "Borrow a phone", by=cast.amara, owner=person)


def test_an_idea_without_a_home_gives_its_steps_to_its_team(cast: Cast) -> None:
    idea = factories.new(cast, by=cast.sol, home=None)
    assert steps.could_own(idea) == [cast.sol]
