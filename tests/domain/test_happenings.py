"""Happenings and new limits: noted with who and why, on the charts, and taken out again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ideas import clock
from ideas.db import db
from ideas.domain import events, findings, happenings, measures, readings, rebases
from ideas.domain.errors import Invalid
from ideas.models import Direction
from tests import factories

if TYPE_CHECKING:
    from ideas.models import Measure
    from tests.cast import Cast


def ago(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


def counted(cast: Cast, values: list[float]) -> Measure:
    """A measure with a reading each day, the last one yesterday."""
    idea = factories.in_planning(cast)
    measure = measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    for place, value in enumerate(values):
        readings.enter(measure, taken_on=ago(len(values) - place), value=value, by=cast.amara)
    db.session.expire_all()
    return measure


def test_what_happened_is_noted_and_taken_out_and_the_history_keeps_both(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    noted = happenings.note(idea, happened_on=dt.date(2026, 3, 2), words="New rota", by=cast.amara)
    happenings.take_out(noted, by=cast.amara)
    assert idea.happenings == []
    assert [events.sentence(event) for event in idea.events[-2:]] == [
        "Amara O. noted what happened on 2 March 2026: New rota",
        "Amara O. took out a note of what happened on 2 March 2026: New rota",
    ]


@pytest.mark.parametrize("days", [-1, 46_000])
def test_nothing_is_noted_on_a_day_that_makes_no_sense(cast: Cast, days: int) -> None:
    with pytest.raises(Invalid) as refusal:
        happenings.note(factories.in_planning(cast), happened_on=ago(days), words="A slip", by=cast.amara)
    assert refusal.value.field == "happened_on"


def test_new_limits_begin_at_a_reading_with_a_reason(cast: Cast) -> None:
    measure = counted(cast, [5, 6, 5, 6, 9, 8, 9, 8])
    for day, reason, field in ((ago(8), "Why", "starts_on"), (ago(0), "Why", "starts_on"), (ago(4), "", "reason")):
        with pytest.raises(Invalid) as refusal:
            rebases.begin(measure, starts_on=day, reason=reason, by=cast.amara)
        assert refusal.value.field == field
    rebase = rebases.begin(measure, starts_on=ago(4), reason="Porters count too", by=cast.amara)
    drawn = findings.of(measure).analysis
    assert drawn and [segment.mean for segment in drawn.segments] == [5.5, 8.5]
    with pytest.raises(Invalid):
        rebases.begin(measure, starts_on=ago(4), reason="Twice", by=cast.amara)
    # The reading at which they begin may go: they begin at the next one then.
    readings.take_out(measure.readings[4], by=cast.amara, version=measure.readings[4].version)
    drawn = findings.of(measure).analysis
    assert drawn and [segment.n for segment in drawn.segments] == [4, 3]
    rebases.take_back(rebase, by=cast.amara)
    drawn = findings.of(measure).analysis
    assert drawn and len(drawn.segments) == 1
    told = [events.sentence(event).split(" on ")[0] for event in measure.idea.events if "limits" in event.kind]
    assert told == ["Amara O. began new limits for Wait", "Amara O. took back the new limits for Wait"]


def test_new_limits_shorten_the_baseline_and_take_nothing_out_of_what_came_since(cast: Cast) -> None:
    measure = counted(cast, [1.0, 1, 2, 1, 2, 1, 2, 1, *(9.0, 8, 9, 8, 9, 8, 9), *(4.0, 3, 4, 3, 4, 3, 4, 3), 30, 31])
    measures.change(measure, changed_on=ago(10), reason="It began then.", by=cast.amara)
    rebases.begin(measure, starts_on=ago(17), reason="Porters count too", by=cast.amara)
    rebases.begin(measure, starts_on=ago(2), reason="It got worse", by=cast.amara)
    judged = findings.of(measure).verdict
    assert judged and (judged.before, len(judged.since)) == ((9, 8, 9, 8, 9, 8, 9), 10)
