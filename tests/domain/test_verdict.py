"""The verdict: what it says of readings, in which words, and how often it is wrong."""

from __future__ import annotations

import datetime as dt
import functools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas.domain import outlook, ranks, series, spc, verdict, verdict_words
from ideas.domain.analysis import PointType
from ideas.models import VerdictKind as Kind

from . import simulation

#: Hours from ready to go until leaving, before and since.
BEFORE = [6.1, 5.4, 6.8, 5.9, 6.3, 7.1, 5.2, 6.6, 5.8, 6.4, 6.9, 5.6]
SINCE = [4.4, 4.1, 3.2, 3.9, 3.0, 3.6, 2.9, 3.4, 2.6, 3.1, 3.3, 2.8]

counted = st.integers(-500, 500).map(lambda tenths: tenths / 10)
sides = st.lists(counted, max_size=25)
ways = st.sampled_from(["increase", "decrease"])
OTHER = {"increase": "decrease", "decrease": "increase", Kind.LESS_BAD: Kind.WORSE, Kind.WORSE: Kind.LESS_BAD}


def said(before, since, improvement="decrease", unit="hours"):
    judged = verdict.judge(before, since, improvement=improvement)
    return judged.kind, verdict_words.sentence(judged, unit)


def test_readings_far_below_are_less_bad_where_lower_is():
    assert said(BEFORE, SINCE) == (
        Kind.LESS_BAD,
        "The mean was 6.2 hours before the change, and is 3.4 since: 2.8 less. "
        "All 12 readings since the change are below the old mean. "
        "If nothing had changed, noise would be called “less bad” about 2 times in 100.",
    )


def test_and_worse_where_higher_is_less_bad():
    assert said([95, 94, 96, 95, 93, 96, 94], [90, 91, 89, 96, 90, 88, 91, 90], "increase", "%") == (
        Kind.WORSE,
        "The mean was 94.7% before the change, and is 90.6% since: 4.1 less. "
        "7 of the 8 readings since the change are below the old mean. "
        "If nothing had changed, noise would be called “worse” about 2 times in 100.",
    )


def test_readings_as_before_are_no_clear_change():
    assert said(BEFORE, [6.4, 5.9, 6.1, 6.6, 5.5, 6.0, 6.7], unit="hours") == (
        Kind.NO_CLEAR_CHANGE,
        "The mean was 6.2 hours before the change, and is the same since. "
        "There is no signal since the change. Readings go up and down like this by luck alone.",
    )


def test_one_lucky_week_is_not_less_bad():
    kind, words = said(BEFORE, [6.4, 5.9, 2.1, 6.6, 5.5, 6.0, 6.7, 6.3])
    assert kind is Kind.NO_CLEAR_CHANGE
    assert words.endswith(
        "There is a signal on the chart, but all readings together do not bear it out. This may be luck."
    )


def test_readings_that_lean_one_way_without_a_signal_are_not_less_bad():
    kind, words = said([5, 9, 5, 9, 5, 9, 5, 9, 5, 9], [4.9, 5.1, 4.8, 7.1, 4.7, 4.6, 4.9, 5.0])
    assert kind is Kind.NO_CLEAR_CHANGE
    assert "lean one way" in words


def test_few_readings_since_that_are_clear_already_are_less_bad():
    assert said(BEFORE, SINCE[:4])[0] is Kind.LESS_BAD


@pytest.mark.parametrize(
    ("before", "since", "words"),
    [
        (BEFORE[:5], SINCE, "There are 5 readings from before the change, and 6 are needed."),
        ([], SINCE, "There is no reading from before the change, and 6 are needed."),
        (BEFORE, [], "There is no reading since the change. From 7 on, the chart can tell."),
        (BEFORE, [6.2], "There is 1 reading since the change. From 7 on, the chart can tell."),
        (BEFORE, BEFORE[:6], "There are 6 readings since the change. From 7 on, the chart can tell."),
        (
            [],
            [],
            "There is no reading from before the change, and 6 are needed. "
            "There is no reading since the change. From 7 on, the chart can tell.",
        ),
    ],
)
def test_too_few_readings_say_how_many_are_missing(before, since, words):
    kind, sentence = said(before, since)
    assert kind is Kind.TOO_FEW
    assert sentence.endswith(words)


def test_seven_readings_on_each_side_are_not_too_few():
    assert said(BEFORE[:6], BEFORE[5:12])[0] is Kind.NO_CLEAR_CHANGE


def test_what_pulls_the_mean_the_other_way_is_said():
    kind, words = said([6.2, *BEFORE], [*SINCE, 80])
    assert kind is Kind.LESS_BAD
    assert "12 of the 13 readings since the change are below the old mean. A few readings pull the mean" in words


def test_a_reader_who_subtracts_finds_the_same():
    judged = verdict.judge([1.04] * 3 + [1.06] * 4, [0.96] * 9, improvement="decrease")
    assert "1.051 hours before the change, and is 0.960 since: 0.091 less" in verdict_words.sentence(judged, "hours")


@given(sides, sides, ways)
def test_flipped_readings_with_the_other_way_have_the_same_verdict(before, since, way):
    flipped = verdict.judge([-x for x in before], [-x for x in since], improvement=OTHER[way])
    assert flipped.kind is verdict.judge(before, since, improvement=way).kind


@given(sides, sides, ways)
def test_the_other_way_alone_turns_less_bad_into_worse(before, since, way):
    kind = verdict.judge(before, since, improvement=way).kind
    assert verdict.judge(before, since, improvement=OTHER[way]).kind is OTHER.get(kind, kind)


@given(sides, sides, ways, st.integers(-6, 6))
def test_another_scale_has_the_same_verdict(before, since, way, power):
    scaled = [[x * 2.0**power for x in side] for side in (before, since)]
    assert verdict.judge(*scaled, improvement=way).kind is verdict.judge(before, since, improvement=way).kind


@given(
    st.lists(counted, min_size=verdict.BEFORE_AT_LEAST, max_size=20), st.lists(counted, min_size=1, max_size=20), ways
)
def test_the_verdict_sees_the_signals_that_the_chart_shows(before, since, way):
    judged = verdict.judge(before, since, improvement=way)
    days = [dt.date(2026, 5, 18) + dt.timedelta(weeks=week) for week in range(len(before) + len(since))]
    drawn = spc.analyse_change([*before, *since], dates=days, changed_on=days[len(before)], improvement=way)
    shown = {point.point_type for point in drawn.points[len(before) :]}
    assert judged.has_better_signal == (PointType.IMPROVEMENT in shown)
    assert judged.has_worse_signal == (PointType.CONCERN in shown)


@given(sides, sides, ways)
def test_every_verdict_has_a_sentence_of_short_ones(before, since, way):
    words = said(before, since, way)[1]
    assert words.endswith(".")
    assert all(len(sentence.split()) <= 22 for sentence in words.split(". "))


@given(st.lists(st.floats(), max_size=20), st.lists(st.floats(), max_size=20))
def test_no_readings_crash_it(before, since):
    try:
        said(before, since)
    except series.BadReadings as error:
        assert error.words


@pytest.mark.parametrize("bad", [math.nan, math.inf, 1e308])
def test_what_is_no_reading_is_refused(bad):
    with pytest.raises(series.BadReadings):
        verdict.judge(BEFORE, [*SINCE, bad], improvement="decrease")


def test_ranks_are_those_of_the_textbook():
    # By hand: U is 8.5 of 9; variance 9/12 x (7 - (8-2)/30); 0.5 taken off.
    assert ranks.z_higher([3, 4, 5], [1, 2, 3]) == pytest.approx((8.5 - 4.5 - 0.5) / math.sqrt(9 / 12 * (7 - 6 / 30)))
    assert ranks.z_higher([2, 2], [2, 2, 2]) == 0


# How often it is wrong: nothing has changed, and how much of a change it finds. Of 100.

drawn = functools.cache(functools.partial(simulation.rates, trials=simulation.TRIALS // 4))


@pytest.mark.parametrize("name", ["normal", "counts, 4 a week"])
def test_noise_is_seldom_called_less_bad_or_worse(name):
    found = drawn(simulation.NOISES[name], 12, 12)
    assert found.of(Kind.LESS_BAD) <= 3
    assert found.of(Kind.WORSE) <= 3
    assert round(found.of(Kind.LESS_BAD)) == verdict_words.FALSE_ALARMS_IN_100


def test_days_between_are_seldom_called_less_bad_or_worse():
    found = drawn(simulation.days_between, 12, 12)
    assert found.of(Kind.LESS_BAD) <= 3
    assert found.of(Kind.WORSE) <= 3


def test_weeks_that_drag_on_are_seldom_called_less_bad_or_worse():
    found = drawn(simulation.dragging, 12, 12)
    assert found.of(Kind.LESS_BAD) <= 8
    assert found.of(Kind.WORSE) <= 8


@pytest.mark.parametrize(("readings", "at_least"), [(12, 95), (8, 88)])
def test_a_fall_of_two_sigma_is_found(readings, at_least):
    assert drawn(simulation.normal, readings, readings, shift=2).of(Kind.LESS_BAD) >= at_least


def test_the_document_has_the_rates_that_the_simulation_gives():
    nothing, one, two = (
        simulation.rates(simulation.normal, 8, 8, shift=shift, trials=simulation.TRIALS) for shift in (0, 1, 2)
    )
    text = simulation.FILE.read_text()
    assert simulation.row("normal", 8, 8, nothing, one, two) in text
    assert len(simulation.BETWEEN_MARKS.findall(text)) == 1


# Beforehand.

WEEKLY = "Count once a week, or try for {} weeks."


@pytest.mark.parametrize(
    ("before", "days", "every", "words"),
    [
        (12, 42, 7, "Counting once a week, this ends with 6 readings: too few. Count daily, or try for 8 weeks."),
        (6, 5, 1, "Counting every day, this ends with 5 readings: too few. Try for 8 days."),
        (6, 7, 7, "Counting once a week, this ends with 1 reading: too few. Try for 8 weeks."),
        (9, 56, 14, "Counting every 2 weeks, this ends with 4 readings: too few. " + WEEKLY.format(16)),
        (9, 60, 30, "Counting once a month, this ends with 2 readings: too few. " + WEEKLY.format(35)),
        (9, 9, 3, "Counting every 3 days, this ends with 3 readings: too few. Count daily, or try for 4 weeks."),
        (
            0,
            56,
            7,
            "There is no reading from before the change: nobody could tell. Count 6 more before it starts. "
            "Counting once a week, this ends with 8 readings.",
        ),
        (
            1,
            56,
            7,
            "There is 1 reading from before the change: too few. Count 5 more before it starts. "
            "Counting once a week, this ends with 8 readings.",
        ),
    ],
)
def test_a_plan_whose_readings_will_be_too_few_says_so_beforehand(before, days, every, words):
    seen = outlook.outlook(before=before, days=days, every=every)
    assert (seen.is_enough, seen.words) == (False, words)


@pytest.mark.parametrize(("before", "days", "every", "since"), [(12, 56, 7, 8), (6, 7, 1, 7)])
def test_a_plan_whose_readings_will_be_enough_says_so_beforehand(before, days, every, since):
    seen = outlook.outlook(before=before, days=days, every=every)
    assert seen.is_enough
    assert seen.words.endswith(f"this ends with {since} readings: enough to tell.")
