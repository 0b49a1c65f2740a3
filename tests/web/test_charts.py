"""Charts: everything in its place, in words and as a table too, on a page and as a file. No request, no database."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import re
from xml.etree import ElementTree

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from ideas import clock
from ideas.config import ROOT
from ideas.domain import spc
from ideas.domain.analysis import Assurance
from ideas.web import templating
from ideas.web.measures import chart, chart_file, scales, shapes
from tests.web import charts
from tests.web.strict_undefined import StrictForOurs

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _in_the_year_of_the_readings():
    """A day of another year is written with its year."""
    with clock.at(dt.date(2026, 11, 20)):
        yield


@pytest.mark.parametrize("name", charts.ALL)
def test_a_chart_is_drawn_for_both_widths_with_a_name_a_finding_and_a_table(app, name):
    drawn = chart.chart(charts.ALL[name](), "measure-7")
    html = render(app, drawn)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for width in ("wide", "narrow"):
        assert f'aria-labelledby="measure-7-{width}-name measure-7-{width}-finding"' in html
        assert {f"measure-7-{width}-name", f"measure-7-{width}-finding"} <= set(ids)
    assert len(re.findall(r"<tr[^>]*><th scope", html)) == len(drawn.rows) + 1
    assert not re.search(r"style=|<script| on\w+=", html)


def test_its_name_and_finding_say_what_it_shows():
    drawn = chart.chart(charts.less_bad(), "measure-7")
    assert drawn.name == "Less bad: Hours from “ready to go” until leaving, Ward 9, in hours"
    assert drawn.finding.startswith(
        "24 readings. The mean was 6.2 hours before the change, and is 3.4 since: 2.8 less."
    )


def test_the_table_has_the_numbers_of_the_chart_and_what_each_says():
    subject = charts.everything()
    rows = chart.chart(subject, "measure-7").rows
    assert [row.figure for row in rows] == [f"{point.value:g}" for point in subject.analysis.points]
    assert (rows[0].day_words, rows[0].says) == ("18 May", "Usual ups and downs")
    assert rows[14].says == "A signal, less bad: below the lower limit"
    assert rows[31].says == "A signal, worse: above the upper limit"


@pytest.mark.parametrize("name", charts.ALL)
def test_each_reading_has_a_mark_of_the_shape_that_it_says(name):
    subject = charts.ALL[name]()
    said = [shapes.NAMES[point.point_type] for point in subject.analysis.points]
    for there in chart.chart(subject, "measure-7").drawings:
        assert {kind: path.count("z") for kind, path in there.marks} == {kind: said.count(kind) for kind in said}


def test_a_missing_week_leaves_a_gap_of_its_width_and_no_line():
    values, days = [5, 6, 5, 6, 5], charts.weeks(5, missing=(2, 3, 4))
    there = chart.chart(charts.subject(values, days), "measure-7").drawings[0]
    xs = [float(x) for x in re.findall(r"[ML]([\d.]+) ", there.line)]
    week = xs[1] - xs[0]
    assert [round((x - last) / week, 1) for last, x in itertools.pairwise(xs)] == [1, 4, 1, 1]
    assert re.findall("[ML]", there.line) == ["M", "L", "M", "L", "L"]


def test_what_is_rare_comes_when_it_comes_and_its_line_has_no_gap():
    subject = charts.subject([5, 6, 5, 6, 5], charts.weeks(5, missing=(2, 3, 4)))
    there = chart.chart(dataclasses.replace(subject, is_regular=False), "measure-7").drawings[0]
    assert re.findall("[ML]", there.line) == ["M", "L", "L", "L", "L"]


def test_months_of_different_lengths_are_no_gaps():
    assert chart.chart(charts.neutral(), "measure-7").drawings[0].line.count("M") == 1


def test_the_change_is_drawn_between_the_last_reading_before_and_the_first_since():
    there = chart.chart(charts.less_bad(), "measure-7").drawings[0]
    xs = [float(x) for x in re.findall(r"[ML]([\d.]+) ", there.line)]
    assert there.change[0] == pytest.approx((xs[11] + xs[12]) / 2, abs=0.1)


def test_new_limits_break_the_lines_where_they_begin():
    drawn = chart.chart(charts.everything(), "measure-7")
    there = drawn.drawings[0]
    (start,) = there.breaks
    means = [(x1, x2) for kind, x1, x2, _ in there.lines if kind == "mean"]
    assert means == [(there.left, start), (start, there.right)]
    assert ("break", "New limits begin") in drawn.lines
    assert "New limits begin on 12 Oct. Each side is judged on its own." in drawn.notes


def test_what_happened_is_numbered_on_the_chart_and_told_below():
    drawn = chart.chart(charts.everything(), "measure-7")
    assert drawn.happenings == [(1, "10 Aug", "Norovirus, two bays shut"), (2, "28 Dec", "New rota for the doctors")]
    assert [number for _, _, number in drawn.drawings[1].happenings] == [1, 2]


def test_numbers_of_what_happened_and_words_beside_lines_do_not_lie_on_each_other():
    for make in charts.ALL.values():
        for there in chart.chart(make(), "measure-7").drawings:
            for (x, y, _), (x2, y2, _) in itertools.combinations(there.happenings, 2):
                assert abs(x - x2) >= 20 or abs(y - y2) >= 20
            assert all(y2 - y >= 16.9 for (y, _), (y2, _) in itertools.pairwise(there.beside))
            assert all(y > 26 for _, y, _ in there.happenings)
            assert all(there.top - y >= 16 for _, y, _ in there.happenings)


def test_few_readings_are_called_trial_limits():
    (note,) = chart.chart(charts.less_bad(), "x").notes
    assert note == "Trial limits: they rest on 12 readings, and could move with more."
    assert chart.chart(charts.neutral(), "x").notes == []
    assert chart.chart(charts.one(), "x").notes == ["There are no limits yet: they need 2 readings."]
    assert (
        "There are under 6 readings before the change, so the limits rest on all."
        in chart.chart(charts.too_few(), "x").notes
    )


def test_whether_the_target_is_met_goes_by_the_readings_since_the_change():
    assert charts.less_bad().analysis.assurance_type is Assurance.SOMETIMES
    assert chart.chart(charts.less_bad(), "x").assurance.kind == "sometimes"
    assert chart.chart(charts.one(), "x").assurance is None


def test_of_very_many_readings_the_newest_are_drawn_and_that_is_said():
    days = [charts.MONDAY + dt.timedelta(days=day) for day in range(10_000)]
    drawn = chart.chart(charts.subject([day % 7 for day in range(10_000)], days), "x")
    assert len(drawn.rows) == 400
    assert "The newest 400 of 10,000 readings are drawn. The sums are of all." in drawn.notes


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=30), st.floats(-1e12, 1e12), st.integers(-5, 40))
def test_whatever_was_counted_stays_on_the_paper(values, target, changed):
    days = charts.weeks(len(values))
    subject = charts.subject(
        values, days, target=target, changed_on=charts.MONDAY + dt.timedelta(weeks=changed), unit="crowns " * 6
    )
    for there in chart.chart(subject, "x").drawings:
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", there.line)]
        assert all(there.left <= x <= there.right for x in [*numbers[::2], there.change[0]])
        assert all(there.top - 0.1 <= y <= there.bottom + 0.1 for y in numbers[1::2])
        assert all(there.top - 0.1 <= y <= there.bottom + 0.1 for _, _, _, y in there.lines)
        assert 0 <= there.change[1] <= there.paper.width - 124


@pytest.mark.parametrize(
    ("least", "most", "figures"),
    [
        (2.6, 8.8, ["0", "2", "4", "6", "8", "10"]),
        (88, 99.2, ["86", "88", "90", "92", "94", "96", "98", "100"]),
        (-1.3, 12, ["-2.5", "0", "2.5", "5", "7.5", "10", "12.5"]),
        (0.012, 0.043, ["0", "0.01", "0.02", "0.03", "0.04", "0.05"]),
        (1_800_100, 2_400_000, ["1.6m", "1.8m", "2m", "2.2m", "2.4m"]),
        (5, 5, ["4.4", "4.6", "4.8", "5", "5.2", "5.4", "5.6"]),
        (0, 0, ["-1.5", "-1", "-0.5", "0", "0.5", "1"]),
        (0, 5e-324, ["-1.5", "-1", "-0.5", "0", "0.5", "1"]),
    ],
)
def test_a_scale_has_round_figures(least, most, figures):
    assert [words for _, words in scales.values(least, most, top=0, bottom=100).grid()] == figures


@pytest.mark.parametrize("name", charts.ALL)
def test_the_file_stands_alone(app, name):
    subject = charts.ALL[name]()
    with app.app_context():
        text = chart_file.svg(chart.chart(subject, "measure-7"))
    picture = ElementTree.fromstring(text)  # noqa: S314 - our own text
    assert picture.find(f"{SVG}title").text.endswith(f"in {subject.unit}")
    assert picture.find(f"{SVG}style").text
    assert not re.search(r"var\(|url\(|href|http(?!://www.w3.org/2000/svg)", text)


def test_the_file_keeps_what_was_typed_as_words(app):
    subject = charts.subject([1, 2], charts.weeks(2), name="<script>&\"'", unit="</svg>")
    with app.app_context():
        text = chart_file.svg(chart.chart(subject, "x"))
    assert ElementTree.fromstring(text).find(f"{SVG}title").text == "<script>&\"', in </svg>"  # noqa: S314
    assert "<script" not in text


def test_the_file_has_the_light_colours_of_the_page():
    tokens = (ROOT / "static/src/css/tokens.css").read_text()
    colours = re.findall(r"#\w+", chart_file._STYLES)
    assert colours
    assert all(f"{colour};" in tokens for colour in colours)


def test_words_are_there_for_everything_that_a_chart_can_say():
    assert set(chart.SAYS) == set(shapes.NAMES)
    assert set(chart.WHY) == set(spc.spc_rules.SpecialCause)
    assert set(chart.TARGET) == set(Assurance)
    assert set(shapes.NAMES.values()) == set(shapes.DRAWN)


def render(app, drawn):
    with app.app_context():
        return str(app.jinja_env.get_template("components/chart.html").module.chart(drawn))


@pytest.fixture
def app():
    """Only what a template needs."""
    app = Flask("charts", template_folder=str(ROOT / "templates"))
    templating.init_app(app)
    app.jinja_env.undefined = StrictForOurs
    return app
