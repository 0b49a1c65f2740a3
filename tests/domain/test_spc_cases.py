"""Every case that NHSRplotthedots and qicharts2 were run on gives here what it gave there."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from ideas.domain import run_chart, spc

CASES = [json.loads(file.read_text()) for file in sorted((Path(__file__).parent / "spc_cases").glob("*.json"))]
XMR = [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == "xmr"]
RUN_CHARTS = [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == "run_chart"]

LIMITS = ("mean", "lower_process_limit", "upper_process_limit")
OF_A_POINT = (
    "rebase_group",
    "relative_to_mean",
    "outside_limits",
    "close_to_limits",
    "special_cause_type",
    "special_cause",
    "point_type",
)


def test_there_are_25_control_charts_and_6_run_charts():
    assert (len(XMR), len(RUN_CHARTS)) == (25, 6)


@pytest.mark.parametrize("case", XMR)
def test_a_control_chart_is_that_of_the_nhs_r_community(case):
    asked, expected = case["input"], case["expected"]
    found = spc.analyse(
        asked["values"],
        dates=days(asked["dates"]),
        improvement=asked["improvement_direction"],
        target=asked["target"],
        rebase_dates=days(asked["rebase_dates"]),
        fix_after_n_points=asked["fix_after_n_points"],
        screen_outliers=asked["screen_outliers"],
    )
    assert limits(found) == near(limits_in(expected))
    assert found.variation_type == expected["variation_type"]
    assert found.assurance_type == expected["assurance_type"]
    assert found.short_group_warning == expected["short_group_warning"]
    for segment, wanted in zip(found.segments, expected["segments"], strict=True):
        assert (segment.rebase_group, segment.start.isoformat()) == (wanted["rebase_group"], wanted["start"])
        assert (segment.n, segment.short_group_warning) == (wanted["n"], wanted["short_group_warning"])
        assert limits(segment) == near(limits_in(wanted))
        assert segment.mean_moving_range == pytest.approx(wanted["mean_moving_range"], rel=1e-9, abs=1e-9)
        assert segment.variation_type == wanted["variation_type"]
    for point, wanted in zip(found.points, expected["points"], strict=True):
        assert (point.date.isoformat(), point.value) == (wanted["date"], wanted["value"])
        assert [getattr(point, word) for word in OF_A_POINT] == [wanted[word] for word in OF_A_POINT]


@pytest.mark.parametrize("case", RUN_CHARTS)
def test_a_run_chart_is_that_of_qicharts2(case):
    found, expected = run_chart.run_chart(**case["input"]), dict(case["expected"])
    assert found.median == pytest.approx(expected.pop("median"), rel=1e-9, abs=1e-9)
    assert {word: getattr(found, word) for word in expected} == expected


def days(texts):
    return [dt.date.fromisoformat(text) for text in texts]


def limits(found):
    return [getattr(found, word) for word in LIMITS]


def limits_in(expected):
    return [expected[word] for word in LIMITS]


def near(numbers):
    return pytest.approx(numbers, rel=1e-9, abs=1e-9)
