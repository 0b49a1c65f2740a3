"""Findings: readings before and since, judged; of several measures, what stands for the idea."""

from __future__ import annotations

import datetime as dt

import pytest

from ideas import clock
from ideas.db import db
from ideas.domain import findings, measures, readings, rebases
from ideas.models import Direction, Idea, Measure, MeasureKind, Reading, Rhythm
from ideas.models import VerdictKind as Kind
from tests import factories

START = dt.date(2026, 6, 1)
HIGH, LOW = [9.0, 8, 10, 9, 8, 9, 10, 9], [3.0, 4, 2, 3, 4, 3, 2, 3]


def measure(values, *, direction=Direction.LOWER, kind=MeasureKind.OUTCOME, started=8, name="Wait", **more):
    """A measure of an idea whose trial starts with that reading; none: not yet."""
    begins = None if started is None else START + dt.timedelta(weeks=started)
    made = Measure(name=name, unit="hours", direction=direction, kind=kind, rhythm=Rhythm.WEEK, **more)
    made.idea = Idea(trial_started_on=begins)
    made.readings = [
        Reading(taken_on=START + dt.timedelta(weeks=week), value=value) for week, value in enumerate(values)
    ]
    return made


@pytest.mark.parametrize(
    ("values", "direction", "kind"),
    [
        (HIGH + LOW, Direction.LOWER, Kind.LESS_BAD),
        (HIGH + LOW, Direction.HIGHER, Kind.WORSE),
        (HIGH + HIGH, Direction.LOWER, Kind.NO_CLEAR_CHANGE),
        ([*HIGH, 9, 8], Direction.LOWER, Kind.TOO_FEW),
    ],
)
def test_the_readings_since_are_judged_beside_those_before(values, direction, kind):
    finding = findings.of(measure(values, direction=direction))
    assert finding.kind is kind
    assert finding.words and not finding.trouble


def test_nothing_is_judged_while_the_change_has_not_started():
    finding = findings.of(measure(HIGH, started=None))
    assert (finding.kind, finding.words) == (None, findings.NOT_STARTED)
    assert finding.analysis


def test_readings_that_cannot_be_drawn_say_why_and_break_nothing():
    finding = findings.of(measure([*HIGH, 1e308]))
    assert "too large to draw" in finding.trouble
    assert finding.analysis is None and finding.kind is None


def test_what_matters_to_people_stands_for_the_idea_and_worse_elsewhere_is_said():
    found = [
        findings.of(measure(LOW + HIGH, kind=MeasureKind.BALANCING, name="Calls at night")),
        findings.of(measure(HIGH + LOW, kind=MeasureKind.PROCESS, name="Written late")),
        findings.of(measure(HIGH + LOW)),
    ]
    assert findings.headline(found) is found[2]
    assert findings.mixed(found) == (
        "It is less bad in one thing and worse in another. Less bad: Written late; Wait. Worse: Calls at night."
    )
    assert findings.mixed(found[1:]) == ""
    assert findings.headline(found[:1]) is None


def test_a_spark_has_the_newest_readings_as_heights_with_a_bar_at_the_change():
    assert findings.spark(measure(HIGH + LOW)) == "18 15 20 18 15 18 20 18|2 5 0 2 5 2 0 2"
    assert findings.spark(measure([3.0, 3, 3], started=None)) == "10 10 10|"
    assert findings.spark(measure([1e300, -1e300], started=0)) == "|20 0"
    assert findings.spark(measure([4.0])) == ""
    assert len(findings.spark(measure([float(week * 7 % 20) for week in range(60)]))) <= 120


def test_what_is_kept_with_the_idea_follows_every_act_that_a_verdict_hangs_on(cast):
    with clock.at(dt.date(2026, 9, 1)):
        idea = factories.in_trying(cast)
    stamp = idea.stamp
    main, other = (
        measures.add(idea, name=name, unit="hours", direction=Direction.LOWER, kind=kind, by=cast.amara)
        for name, kind in (("Wait", MeasureKind.OUTCOME), ("Calls", MeasureKind.BALANCING))
    )
    for place, value in enumerate(HIGH + LOW):
        day = dt.date(2026, 9, 1) + dt.timedelta(days=place - 8)
        reading = readings.enter(main, taken_on=day, value=value, by=cast.amara)
        readings.enter(other, taken_on=day, value=12 - value, by=cast.amara)
    assert (idea.verdict, idea.has_worse, idea.spark.count("|")) == (Kind.LESS_BAD, True, 1)
    assert idea.verdict_words.startswith("The mean was 9.0 hours before the change, and is 3.0 since")
    assert idea.stamp != stamp
    measures.revise(main, {"direction": Direction.HIGHER}, by=cast.amara)
    assert idea.verdict is Kind.WORSE
    measures.change(main, changed_on=dt.date(2026, 8, 26), reason="It began then.", by=cast.amara)
    assert idea.verdict is Kind.TOO_FEW
    measures.change(main, changed_on=None, reason="It did not.", by=cast.amara)
    rebases.begin(main, starts_on=dt.date(2026, 8, 30), reason="Porters count too", by=cast.amara)
    assert idea.verdict is Kind.TOO_FEW
    readings.take_out(reading, by=cast.amara, version=reading.version)
    assert len(idea.spark.replace("|", " ").split()) == 15


def test_entering_trying_judges_what_was_counted_before(cast):
    request = factories.asked(cast)
    measure = measures.add(request.idea, name="Wait", unit="hours", direction=Direction.LOWER, by=cast.amara)
    readings.enter(measure, taken_on=clock.today(), value=4, by=cast.amara)
    assert request.idea.verdict is None
    factories.approve(request, cast)
    assert request.idea.verdict is Kind.TOO_FEW


def test_verdicts_by_older_rules_are_judged_anew_by_the_worker(cast):
    idea = factories.ready_to_adopt(cast)
    idea.verdict, idea.judged_by, stamp = None, 0, idea.stamp
    db.session.flush()
    assert findings.judge_anew() == 1
    assert (idea.verdict, idea.stamp == stamp) == (Kind.TOO_FEW, False)
    assert findings.judge_anew() == 0
