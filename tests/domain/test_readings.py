"""Readings: put right and taken out, and what they were is kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ideas import clock
from ideas.access import Denied
from ideas.db import db
from ideas.domain import batches, corrections, events, measures, readings, rebases
from ideas.domain.errors import Invalid, Stale
from ideas.models import Direction, Rhythm
from tests import factories

if TYPE_CHECKING:
    from ideas.models import Correction, Measure, Person
    from tests.cast import Cast


def wait(cast: Cast) -> Measure:
    idea = factories.in_planning(cast)
    return measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)


def ago(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


def corrections_of(measure: Measure) -> list[Correction]:
    return list(db.session.scalars(measure.corrections.select()))


def days(measure: Measure) -> list[tuple[int, float]]:
    return [((clock.today() - reading.taken_on).days, reading.value) for reading in measure.readings]


def test_a_correction_keeps_what_the_reading_was_when_and_who(cast: Cast) -> None:
    measure = wait(cast)
    with clock.at(dt.date(2026, 11, 23)):
        reading = readings.enter(measure, taken_on=dt.date(2026, 11, 20), value=82, by=cast.amara)
        readings.correct(reading, taken_on=dt.date(2026, 11, 19), value=8.2, by=cast.amara, version=reading.version)
        readings.correct(reading, taken_on=dt.date(2026, 11, 19), value=8.2, by=cast.amara, version=reading.version)
        readings.take_out(reading, by=cast.amara, version=reading.version)
        readings.enter(measure, taken_on=dt.date(2026, 11, 19), value=8.2, by=cast.amara)
        now = clock.now()
    db.session.expire_all()
    first, second = corrections_of(measure)
    assert (first.was_on.day, first.was_value, first.became_on, first.became_value) == (
        20,
        82,
        dt.date(2026, 11, 19),
        8.2,
    )
    assert (second.was_value, second.became_on, second.became_value) == (8.2, None, None)
    assert (first.by, first.corrected_at) == (cast.amara, now)
    assert (
        "Amara O. corrected a reading of Wait: 82 minutes on 20 November 2026 became 8.2 minutes on 19 November 2026"
        in [events.sentence(event) for event in measure.idea.events]
    )


def test_of_two_who_correct_the_same_reading_the_second_is_told(cast: Cast) -> None:
    measure = wait(cast)
    reading = readings.enter(measure, taken_on=ago(1), value=80, by=cast.amara)
    readings.correct(reading, taken_on=ago(1), value=8, by=cast.amara, version=1)
    with pytest.raises(Stale, match="Theirs stands"):
        readings.correct(reading, taken_on=ago(1), value=9, by=cast.amara, version=1)
    with pytest.raises(Stale):
        readings.take_out(reading, by=cast.amara, version=1)
    readings.correct(reading, taken_on=ago(1), value=8, by=cast.amara, version=1)  # they agree
    assert (days(measure), len(corrections_of(measure))) == ([(1, 8)], 1)


@pytest.mark.parametrize(("taken_on", "value", "field"), [(-1, 5, "taken_on"), (3, 5, "taken_on"), (1, 1e308, "value")])
def test_a_correction_makes_sense_as_a_reading_does(cast: Cast, taken_on: int, value: float, field: str) -> None:
    measure = wait(cast)
    readings.enter(measure, taken_on=ago(3), value=3, by=cast.amara)
    reading = readings.enter(measure, taken_on=ago(1), value=1, by=cast.amara)
    with pytest.raises(Invalid) as refusal:
        readings.correct(reading, taken_on=ago(taken_on), value=value, by=cast.amara, version=reading.version)
    assert refusal.value.field == field
    with pytest.raises(Denied):
        readings.correct(reading, taken_on=ago(1), value=2, by=cast.femi, version=reading.version)
    assert (corrections_of(measure), days(measure)) == ([], [(3, 3), (1, 1)])


def test_the_first_day_that_can_be_entered_is_the_one_that_is_named(cast: Cast) -> None:
    measure = wait(cast)
    with pytest.raises(Invalid, match="Enter 1 January 2000, or a day after"):
        readings.enter(measure, taken_on=dt.date(1999, 12, 31), value=3, by=cast.amara)
    readings.enter(measure, taken_on=dt.date(2000, 1, 1), value=3, by=cast.amara)


def test_readings_stand_in_the_order_of_their_days_however_they_came(cast: Cast) -> None:
    measure = wait(cast)
    last, *_ = [readings.enter(measure, taken_on=ago(day), value=day, by=cast.amara) for day in (1, 5, 3)]
    assert (days(measure), measure.idea.spark) == ([(5, 5), (3, 3), (1, 1)], "")
    measures.change(measure, changed_on=ago(0), reason="To see it", by=cast.amara)
    readings.correct(last, taken_on=ago(9), value=1, by=cast.amara, version=last.version)
    assert (days(measure), measure.idea.spark) == ([(9, 1), (5, 5), (3, 3)], "0 20 10|")


def test_a_measure_holds_so_many_readings_and_no_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "MOST", 2)
    measure = wait(cast)
    for day in (1, 2):
        readings.enter(measure, taken_on=ago(day), value=day, by=cast.amara)
    with pytest.raises(Invalid, match="at most"):
        readings.enter(measure, taken_on=ago(3), value=3, by=cast.amara)


def test_a_percentage_is_told_without_a_gap(cast: Cast) -> None:
    share = measures.add(factories.in_planning(cast), name="Late", unit="%", direction=Direction.LOWER, by=cast.amara)
    readings.enter(share, taken_on=dt.date(2026, 3, 2), value=36, by=cast.amara)
    assert events.sentence(share.idea.events[-1]).endswith(": 36% on 2 March 2026")


def test_what_hangs_on_an_idea_has_an_end_however_often_somebody_sends_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for where in (measures, rebases, corrections):
        monkeypatch.setattr(where, "MOST", 2)
    monkeypatch.setattr(readings, "MOST_TOGETHER", 5)
    measure = wait(cast)
    other = measures.add(measure.idea, name="Calls", unit="a day", direction=Direction.LOWER, by=cast.amara)
    with pytest.raises(Invalid, match="2 measures at most"):
        measures.add(measure.idea, name="Falls", unit="a day", direction=Direction.LOWER, by=cast.amara)
    for day in (4, 3, 2, 1):
        readings.enter(measure, taken_on=ago(day), value=day, by=cast.amara)
    readings.enter(other, taken_on=ago(1), value=1, by=cast.amara)
    with pytest.raises(Invalid, match="All measures of an idea hold 5 readings at most"):
        readings.enter(other, taken_on=ago(2), value=1, by=cast.amara)
    for day in (3, 2):
        rebases.begin(measure, starts_on=ago(day), reason="Porters count too", by=cast.amara)
    with pytest.raises(Invalid, match="2 times already"):
        rebases.begin(measure, starts_on=ago(1), reason="Porters count too", by=cast.amara)
    for value in (20, 30):
        send(measure, f"{ago(1)}\t{value}", by=cast.amara)
    with pytest.raises(Invalid, match="Keep the old numbers"):
        send(measure, f"{ago(1)}\t40", by=cast.amara)


def send(measure: Measure, text: str, *, by: Person) -> None:
    batches.add(measure, text, seal=batches.read(measure, text).seal, doubles=batches.Doubles.NEW, by=by)


def test_of_what_is_rare_the_day_is_corrected(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    falls = measures.add(idea, name="Falls", direction=Direction.HIGHER, rhythm=Rhythm.EVENT, by=cast.amara)
    fall = readings.enter(falls, taken_on=dt.date(2026, 3, 2), value=1, by=cast.amara)
    readings.correct(fall, taken_on=dt.date(2026, 3, 1), value=1, by=cast.amara, version=fall.version)
    said = events.sentence(idea.events[-1])
    assert said == "Amara O. corrected a reading of Falls: 2 March 2026 became 1 March 2026"
