"""Control charts: what holds for all readings, and what is refused in words."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas.domain import run_chart, series, spc, spc_rules
from ideas.domain.analysis import PointType

MONDAY = dt.date(2026, 5, 18)
#: As they are counted: whole numbers, and tenths.
counted = st.integers(-10_000, 10_000).map(lambda tenths: tenths / 10)
readings = st.lists(counted, min_size=1, max_size=40)
anything = st.lists(st.floats() | st.integers(), max_size=30)
ways = st.sampled_from(["increase", "decrease", "neutral"])
OTHER_WAY = {"increase": "decrease", "decrease": "increase", "neutral": "neutral"}
OTHER_TYPE = {PointType.NEUTRAL_HIGH: PointType.NEUTRAL_LOW, PointType.NEUTRAL_LOW: PointType.NEUTRAL_HIGH}


def weeks(count: int) -> list[dt.date]:
    return [MONDAY + dt.timedelta(weeks=week) for week in range(count)]


@given(readings, counted)
def test_adding_a_constant_moves_mean_and_limits_by_it(values, more):
    moved, was = spc.analyse([value + more for value in values]), spc.analyse(values)
    assert limits(moved) == pytest.approx([limit + more for limit in limits(was)], rel=1e-9, abs=1e-6)


@given(readings, st.integers(-6, 6), ways)
def test_another_scale_scales_mean_and_limits_and_says_the_same(values, power, way):
    scaled = spc.analyse([value * 2.0**power for value in values], improvement=way)
    was = spc.analyse(values, improvement=way)
    assert limits(scaled) == [limit * 2.0**power for limit in limits(was)]
    assert types(scaled) == types(was)


@given(readings, ways, st.none() | counted)
def test_flipped_readings_with_the_other_way_say_the_same(values, way, target):
    flipped = spc.analyse([-value for value in values], improvement=OTHER_WAY[way], target=target and -target)
    was = spc.analyse(values, improvement=way, target=target)
    assert types(flipped) == [OTHER_TYPE.get(kind, kind) for kind in types(was)]
    assert flipped.assurance_type == was.assurance_type


@given(readings.flatmap(lambda values: st.permutations(list(zip(weeks(len(values)), values, strict=True)))), ways)
def test_the_order_in_which_readings_come_does_not_matter(shuffled, way):
    dates, values = zip(*shuffled, strict=True)
    in_order = sorted(shuffled)
    assert spc.analyse(values, dates=dates, improvement=way) == spc.analyse(
        [value for _, value in in_order], dates=[date for date, _ in in_order], improvement=way
    )


@given(anything, ways, st.none() | st.floats(), st.none() | st.integers(), st.booleans())
def test_no_readings_crash_it(values, way, target, fixed, screened):
    asked = {"improvement": way, "target": target, "fix_after_n_points": fixed, "screen_outliers": screened}
    for draw in (lambda: spc.analyse(values, **asked), lambda: run_chart.run_chart(values, fixed)):
        try:
            drawn = draw()
        except series.BadReadings as error:
            assert error.words.endswith(".")
        else:
            assert isinstance(drawn, run_chart.RunChart) or all(map(math.isfinite, limits(drawn)))


@given(readings, st.integers(0, 41), st.integers(0, 41))
def test_no_change_and_no_rebase_crash_it(values, changed, rebased):
    dates = weeks(len(values))
    found = spc.analyse_change(
        values,
        dates=dates,
        changed_on=MONDAY + dt.timedelta(weeks=changed),
        improvement="decrease",
        rebase_dates=dates[rebased : rebased + 1],
    )
    assert [point.value for point in found.points] == values


@given(st.floats(-1e12, 1e12), st.integers(1, 30), ways)
def test_the_same_reading_again_and_again_has_flat_limits_and_no_signal(value, times, way):
    found = spc.analyse([value] * times, improvement=way)
    assert limits(found) == [value] * 3
    assert set(types(found)) == {PointType.COMMON_CAUSE}


RUN = [5, 6, 4, 6, 5, 4, 6, 9, 9.5, 9, 9.5, 9, 9.5, 9]


def test_a_run_split_by_new_limits_is_no_run():
    whole = spc.analyse(RUN, dates=weeks(14), fix_after_n_points=7)
    assert whole.points[-1].special_cause
    split = spc.analyse(RUN, dates=weeks(14), rebase_dates=[weeks(14)[7]])
    assert not any(point.special_cause for point in split.points)
    assert [segment.n for segment in split.segments] == [7, 7]


def test_a_run_across_the_change_is_no_run():
    values = [5, 6, 4, 6, 5, 4, 6, 5, 4, 5.1, 5.2, 5.1, 5.2, 5.1, 5.2, 5.1]
    on_its_own = spc.analyse_change(values, dates=weeks(16), changed_on=weeks(16)[13], improvement="decrease")
    together = spc.analyse(values, dates=weeks(16), improvement="decrease", fix_after_n_points=13)
    assert [point.special_cause_type for point in together.points[-7:]] == ["7 Points Above CL"] * 7
    assert not any(point.special_cause for point in on_its_own.points)


def test_limits_are_frozen_at_the_readings_before_the_change():
    values = [6.1, 5.4, 6.8, 5.9, 6.3, 7.1, 5.2, 6.6, 5.8, 6.4, 6.9, 5.6, 4.4, 4.1, 3.2, 3.9, 3.0, 3.6, 2.9]
    found = spc.analyse_change(values, dates=weeks(19), changed_on=weeks(19)[12], improvement="decrease")
    assert [round(limit, 1) for limit in limits(found)] == [6.2, 3.6, 8.8]
    assert found.segments[0].n_base == 12
    assert found.segments[0].has_trial_limits
    assert types(found) == [PointType.COMMON_CAUSE] * 12 + [PointType.IMPROVEMENT] * 7


def test_without_a_baseline_limits_rest_on_all_readings():
    found = spc.analyse_change([5, 4, 3, 2, 3], dates=weeks(5), changed_on=weeks(5)[2], improvement="decrease")
    assert found.segments[0].n_base == 5


@pytest.mark.parametrize(
    ("values", "asked", "words"),
    [
        ([], {}, "There are no readings yet."),
        ([1, math.nan], {}, "is not a number"),
        ([1, None], {}, "is not a number"),
        ([1, math.inf], {}, "too large to draw"),
        ([1, -1e308], {}, "too large to draw"),
        ([1, 10**400], {}, "too large to draw"),
        ([1, 2], {"dates": weeks(1)}, "There are 2 readings and 1 dates. Each reading needs its date."),
        ([1, 2], {"dates": [MONDAY, MONDAY]}, "There are two readings on 18 May 2026. Keep one of them."),
        ([1, 2], {"dates": weeks(2), "rebase_dates": weeks(3)[2:]}, "There is no reading on 1 June 2026."),
        ([1, 2], {"rebase_dates": weeks(1)}, "There is no reading on 18 May 2026."),
        ([1, 2], {"fix_after_n_points": 1}, "Limits need at least 2 readings."),
        ([1, 2], {"target": math.nan}, "The target is not a number."),
    ],
)
def test_what_a_chart_would_get_wrong_in_silence_is_refused(values, asked, words):
    with pytest.raises(series.BadReadings) as refused:
        spc.analyse(values, **asked)
    assert words in refused.value.words


def test_a_run_chart_of_nothing_useful_has_no_signal():
    found = run_chart.run_chart([5, 5, 5])
    assert (found.n_useful, found.longest_run, found.n_crossings, found.runs_signal) == (0, 0, 0, False)


class Counted(float):
    """A reading that counts how often it is added, taken away or compared."""

    times = 0

    def _count(word):
        def act(self, other):
            Counted.times += 1
            found = getattr(float, word)(self, other)
            return Counted(found) if isinstance(found, float) else found

        return act

    __sub__, __rsub__, __gt__, __lt__ = map(_count, ("__sub__", "__rsub__", "__gt__", "__lt__"))


def test_twice_the_readings_are_twice_the_work(monkeypatch):
    monkeypatch.setattr(series, "number", lambda value, called="": value)
    assert work(2_000) == pytest.approx(2 * work(1_000), rel=0.01)


def work(count):
    Counted.times = 0
    spc.analyse([Counted(value % 17) for value in range(count)])
    assert Counted.times > count
    return Counted.times


def limits(found):
    return [found.mean, found.lower_process_limit, found.upper_process_limit]


def types(found):
    return [point.point_type for point in found.points]


def test_the_rules_know_no_other_labels_than_the_communitys():
    assert {cause.side for cause in spc_rules.SpecialCause} == {-1, 0, 1}
