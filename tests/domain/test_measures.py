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
from ideas.domain import events, measures
from ideas.domain.errors import Invalid, Refused, Stale
from ideas.models import Direction, Reading
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


def test_readings_stand_before_and_since_the_change(cast: Cast) -> None:
    measure = wait(cast)
    first, second, third = (
        measures.enter(measure, taken_on=ago(days), value=days, by=cast.amara) for days in (9, 5, 1)
    )
    db.session.expire(measure)
    assert measures.before_and_since(measure) == ([first, second, third], [])

    measures.change(measure, changed_on=ago(5), by=cast.amara)

    assert measures.before_and_since(measure) == ([first], [second, third])


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
    measures.enter(measure, taken_on=ago(0), value=1, by=cast.amara)
    with pytest.raises(Invalid) as refusal:
        measures.enter(measure, taken_on=ago(taken_on), value=value, by=cast.amara)
    assert refusal.value.field == field


def test_the_history_keeps_what_a_reading_was(cast: Cast) -> None:
    measure = wait(cast)
    with clock.at(dt.date(2026, 11, 23)):
        reading = measures.enter(measure, taken_on=dt.date(2026, 11, 20), value=1234567.5, by=cast.amara)
        measures.take_out(reading, by=cast.amara)
    assert measure.readings == []
    assert [events.sentence(event) for event in measure.idea.events][-2:] == [
        "Amara O. entered a reading of Wait: 1,234,567.5 minutes on 20 November 2026",
        "Amara O. took out a reading of Wait: 1,234,567.5 minutes on 20 November 2026",
    ]


def test_a_reading_that_somebody_else_took_out_meanwhile_is_refused(cast: Cast) -> None:
    measure = wait(cast)
    reading = measures.enter(measure, taken_on=ago(1), value=1, by=cast.amara)
    db.session.connection().execute(sa.delete(Reading).where(Reading.id == reading.id))
    with pytest.raises(Refused, match="already"):
        measures.take_out(reading, by=cast.amara)


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
            measures.enter(measure, taken_on=ago(1), value=1, by=person)
        with pytest.raises(Denied):
            measures.state_result(measure.idea, "Mine.", by=person, version=measure.idea.version)


@pytest.mark.parametrize(
    ("value", "words"),
    [(8.2, "8.2"), (1250, "1,250"), (0, "0"), (-0.0, "0"), (-3.5, "-3.5"), (1234567, "1,234,567"), (0.1 + 0.2, "0.3")],
)
def test_numbers_are_written_in_plain_figures(value: float, words: str) -> None:
    assert numbers.plain(value) == words
