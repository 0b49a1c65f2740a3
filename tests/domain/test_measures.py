"""Measures: readings that make sense, before and since."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.access import Denied
from ideas.db import db
from ideas.domain import events, measures, readings
from ideas.domain.errors import Invalid, Refused, Stale
from ideas.models import Direction, Reading, Rhythm
from ideas.text import numbers
from tests import factories

if TYPE_CHECKING:
    from ideas.models import Measure
    from tests.cast import Cast


def ago(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


def wait(cast: Cast) -> Measure:
    idea = factories.in_planning(cast)
    return measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)


def test_the_change_counts_from_the_start_of_the_trial_or_from_another_day_with_a_reason(cast: Cast) -> None:
    with clock.at(dt.date(2026, 9, 1)):
        idea = factories.in_trying(cast)
    measure = measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    assert measure.changed_on == idea.trial_started_on is not None
    with pytest.raises(Invalid) as refusal:
        measures.change(measure, changed_on=dt.date(2026, 9, 14), reason="", by=cast.amara)
    assert refusal.value.field == "reason"

    measures.change(measure, changed_on=dt.date(2026, 9, 14), reason="The list came late.", by=cast.amara)

    assert measure.changed_on == dt.date(2026, 9, 14)
    assert events.sentence(idea.events[-1]) == (
        "Amara O. said that for Wait the change counts from 14 September 2026: The list came late."
    )
    measures.change(measure, changed_on=None, reason="It did not.", by=cast.amara)
    assert measure.changed_on == idea.trial_started_on


@pytest.mark.parametrize("days_ago", [50_000, -1])
def test_the_change_cannot_count_from_a_day_that_makes_no_sense(cast: Cast, days_ago: int) -> None:
    with pytest.raises(Invalid) as refusal:
        measures.change(wait(cast), changed_on=ago(days_ago), reason="A slip.", by=cast.amara)
    assert refusal.value.field == "changed_on"


def test_of_rare_things_the_days_between_are_counted(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    falls = measures.add(idea, name="Falls", direction=Direction.LOWER, rhythm=Rhythm.EVENT, by=cast.amara)
    for days in (40, 33, 3):
        readings.enter(falls, taken_on=ago(days), value=1, by=cast.amara)
    db.session.expire_all()
    assert (falls.unit, falls.direction) == ("days between", Direction.HIGHER)
    assert falls.series == [(ago(33), 7), (ago(3), 30)]
    with pytest.raises(Invalid) as refusal:
        measures.revise(falls, {"rhythm": Rhythm.WEEK, "unit": "falls"}, by=cast.amara)
    assert refusal.value.field == "rhythm"


def test_what_a_measure_is_can_be_changed_and_the_history_says_what(cast: Cast) -> None:
    measure = wait(cast)
    measures.revise(measure, {"place": "Ward 9", "target": 3.0, "name": "Wait"}, by=cast.amara)
    assert (measure.place, measure.target) == ("Ward 9", 3.0)
    assert events.sentence(measure.idea.events[-1]) == "Amara O. changed a measure: Wait (target, place)"
    with pytest.raises(Invalid) as refusal:
        measures.revise(measure, {"target": math.inf}, by=cast.amara)
    assert refusal.value.field == "target"


def test_two_measures_of_one_idea_have_two_names(cast: Cast) -> None:
    measure = wait(cast)
    with pytest.raises(Invalid) as refusal:
        measures.add(measure.idea, name="WAIT", unit="hours", direction=Direction.LOWER, by=cast.amara)
    assert refusal.value.field == "name"


@pytest.mark.parametrize(
    ("taken_on", "value", "field"),
    [
        (-1, 5, "taken_on"),
        (20_000, 5, "taken_on"),
        (3, math.inf, "value"),
        (3, math.nan, "value"),
        (3, -1e13, "value"),
        (0, 5, "taken_on"),
    ],
    ids=["a day to come", "long ago", "no end", "no number", "too large", "a day that has one"],
)
def test_a_reading_makes_sense(cast: Cast, taken_on: int, value: float, field: str) -> None:
    measure = wait(cast)
    readings.enter(measure, taken_on=ago(0), value=1, by=cast.amara)
    with pytest.raises(Invalid) as refusal:
        readings.enter(measure, taken_on=ago(taken_on), value=value, by=cast.amara)
    assert refusal.value.field == field


def test_the_history_keeps_what_a_reading_was(cast: Cast) -> None:
    measure = wait(cast)
    with clock.at(dt.date(2026, 11, 23)):
        reading = readings.enter(measure, taken_on=dt.date(2026, 11, 20), value=1234567.5, by=cast.amara)
        readings.take_out(reading, by=cast.amara, version=reading.version)
    assert measure.readings == []
    assert [events.sentence(event) for event in measure.idea.events][-2:] == [
        "Amara O. entered a reading of Wait: 1,234,567.5 minutes on 20 November 2026",
        "Amara O. took out a reading of Wait: 1,234,567.5 minutes on 20 November 2026",
    ]


def test_a_reading_that_somebody_else_took_out_meanwhile_is_refused(cast: Cast) -> None:
    measure = wait(cast)
    reading = readings.enter(measure, taken_on=ago(1), value=1, by=cast.amara)
    db.session.connection().execute(sa.delete(Reading).where(Reading.id == reading.id))
    with pytest.raises(Refused, match="already"):
        readings.take_out(reading, by=cast.amara, version=reading.version)


def test_the_result_is_said_on_the_version_that_was_read(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    version = idea.version
    measures.state_result(idea, "Shorter.", by=cast.amara, version=version)
    with pytest.raises(Stale):
        measures.state_result(idea, "Longer.", by=cast.amara, version=version)
    assert idea.stated_result == "Shorter."


def test_only_the_team_measures(cast: Cast) -> None:
    measure = wait(cast)
    for person in (cast.femi, cast.tomas):
        with pytest.raises(Denied):
            readings.enter(measure, taken_on=ago(1), value=1, by=person)
        with pytest.raises(Denied):
            measures.state_result(measure.idea, "Mine.", by=person, version=measure.idea.version)


@pytest.mark.parametrize(
    ("value", "words"),
    [(8.2, "8.2"), (1250, "1,250"), (0, "0"), (-0.0, "0"), (-3.5, "-3.5"), (1234567, "1,234,567"), (0.1 + 0.2, "0.3")],
)
def test_numbers_are_written_in_plain_figures(value: float, words: str) -> None:
    assert numbers.plain(value) == words
