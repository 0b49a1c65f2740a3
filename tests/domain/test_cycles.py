"""Cycles: what was predicted stays as it was, each step follows the one before it, and one is open at a time."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.access import Denied
from ideas.db import db
from ideas.domain import cycles, events
from ideas.domain.errors import Invalid, Refused
from ideas.models import Cycle, CycleEnd, CycleStep, Foresight
from tests import factories

TWO_BAYS = {"attempt": "Two bays, one doctor.", "prediction": "Five of six are written by four."}


def sentences(idea, last):
    db.session.expire_all()
    return [events.sentence(event) for event in idea.events[-last:]]


def test_a_cycle_goes_from_its_plan_to_what_comes_of_it_and_the_history_tells_each_step(cast):
    with clock.at(dt.date(2026, 9, 1)):
        idea = factories.in_trying(cast)
    cycle = cycles.plan(idea, **TWO_BAYS, by=cast.amara)
    assert (cycle.number, cycle.awaits) == (1, CycleStep.START)
    with pytest.raises(Invalid) as refusal:
        cycles.start(cycle, started_on=dt.date(2026, 8, 31), by=cast.amara)
    assert refusal.value.field == "started_on"

    cycles.start(cycle, started_on=dt.date(2026, 9, 7), by=cast.amara)
    cycles.report(cycle, happened="Four of six. Nobody knew on Friday.", by=cast.amara)
    cycles.study(cycle, foresight=Foresight.PARTLY, learned="It needs the list of Saturday.", by=cast.amara)
    cycles.act(cycle, ended_as=CycleEnd.ADAPT, because="A list at the huddle.", by=cast.amara)

    assert cycle.awaits is None
    assert sentences(idea, 5) == [
        "Amara O. planned cycle 1: Two bays, one doctor. They think: Five of six are written by four.",
        "Amara O. started cycle 1 on 7 September 2026. They had thought: Five of six are written by four.",
        "Amara O. said what happened in cycle 1: Four of six. Nobody knew on Friday.",
        "Amara O. said that cycle 1 went partly as we thought, and what they learned: It needs the list of Saturday.",
        "Amara O. ended cycle 1, to be changed: A list at the huddle.",
    ]
    assert cycles.plan(idea, attempt="All bays.", prediction="Six of six.", by=cast.amara).number == 2


def test_once_it_has_begun_nobody_changes_what_was_predicted_nor_does_the_database(cast, session):
    cycle = cycles.plan(factories.in_trying(cast), **TWO_BAYS, by=cast.amara)
    cycles.revise(cycle, attempt="Three bays.", prediction="All of them.", by=cast.amara)
    cycles.start(cycle, started_on=clock.today(), by=cast.amara)
    with pytest.raises(Refused, match="stays as it was"):
        cycles.revise(cycle, **TWO_BAYS, by=cast.amara)
    session.commit()
    for changed in ({"prediction": "I knew"}, {"attempt": "Less"}, {"started_on": None}):
        with pytest.raises(sa.exc.DBAPIError, match="never edited"):
            session.execute(sa.update(Cycle).values(changed))
        session.rollback()
    cycles.report(cycle, happened="It went on.", by=cast.amara)


def test_one_that_never_began_is_taken_out_and_the_history_keeps_it(cast, session):
    idea = factories.in_trying(cast)
    cycle = cycles.plan(idea, **TWO_BAYS, by=cast.amara)
    with pytest.raises(Denied):
        cycles.take_out(cycle, by=cast.femi)
    cycles.take_out(cycle, by=cast.amara)
    assert sentences(idea, 1) == ["Amara O. took out cycle 1, which had not begun: Two bays, one doctor."]
    again = cycles.plan(idea, **TWO_BAYS, by=cast.amara)
    cycles.start(again, started_on=clock.today(), by=cast.amara)
    with pytest.raises(Refused, match="stays as it was"):
        cycles.take_out(again, by=cast.amara)
    session.commit()
    assert [cycle.number for cycle in idea.cycles] == [1]


def test_no_step_comes_before_the_one_before_it_or_twice(cast):
    idea = factories.in_trying(cast)
    cycle = cycles.plan(idea, **TWO_BAYS, by=cast.amara)
    steps = {
        CycleStep.START: lambda: cycles.start(cycle, started_on=clock.today(), by=cast.amara),
        CycleStep.REPORT: lambda: cycles.report(cycle, happened="It went on.", by=cast.amara),
        CycleStep.STUDY: lambda: cycles.study(cycle, foresight=Foresight.NOT, learned="Much.", by=cast.amara),
        CycleStep.ACT: lambda: cycles.act(cycle, ended_as=CycleEnd.ABANDON, by=cast.amara),
    }
    for now in steps:
        for step, take in steps.items():
            if step is not now:
                with pytest.raises(Refused):
                    take()
        with pytest.raises(Refused, match="One cycle is open"):
            cycles.plan(idea, **TWO_BAYS, by=cast.amara)
        steps[now]()
    assert sentences(idea, 1) == ["Amara O. ended cycle 1, dropped"]


def test_a_hundred_cycles_are_enough(cast, monkeypatch):
    monkeypatch.setattr(cycles, "MOST", 1)
    idea = factories.in_trying(cast)
    cycle = cycles.plan(idea, **TWO_BAYS, by=cast.amara)
    cycles.start(cycle, started_on=clock.today(), by=cast.amara)
    cycles.report(cycle, happened="Four of six.", by=cast.amara)
    cycles.study(cycle, foresight=Foresight.PARTLY, learned="It needs a list.", by=cast.amara)
    cycles.act(cycle, ended_as=CycleEnd.ADAPT, by=cast.amara)
    assert not cycles.can_plan(idea)
    with pytest.raises(Refused, match="no more"):
        cycles.plan(idea, **TWO_BAYS, by=cast.amara)


def test_it_is_planned_before_the_trial_and_begins_with_it(cast):
    cycle = cycles.plan(factories.in_planning(cast), **TWO_BAYS, by=cast.amara)
    with pytest.raises(Refused, match="before a leader's yes"):
        cycles.start(cycle, started_on=clock.today(), by=cast.amara)
    with pytest.raises(Refused, match="in planning, or is being tried"):
        cycles.plan(factories.new(cast, title="Another"), **TWO_BAYS, by=cast.amara)
    with pytest.raises(Denied):
        cycles.revise(cycle, **TWO_BAYS, by=cast.femi)
