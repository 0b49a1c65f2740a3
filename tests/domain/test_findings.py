"""Findings: readings before and since, judged; of several measures, what stands for the idea."""

from __future__ import annotations

import datetime as dt

import pytest

from ideas.domain import findings
from ideas.domain.verdict import Kind
from ideas.models import Direction, Idea, Measure, MeasureKind, Reading, Rhythm

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
