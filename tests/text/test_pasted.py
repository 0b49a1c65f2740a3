"""Two columns from a spreadsheet: what is understood, and why not where it is not."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas.text import pasted

TODAY = dt.date(2026, 11, 25)
MARCH = dt.date(2026, 3, 12)


def read(text: str) -> pasted.Pasted:
    return pasted.days_and_numbers(text, today=TODAY)


@pytest.mark.parametrize(
    "day",
    [
        *("12/03/2026", "12/3/26", "12.03.2026", "12-03-2026", "2026-03-12", "2026/03/12", "12/03", "12 March"),
        *(
            "12 Mar 26",
            "12-Mar-26",
            "12 mar. 2026",
            "12th March 2026",
            "Thu 12 March",
            "thursday 12/03/2026",
        ),
        *(
            "Thurs, 12 March 2026",
            "March 12 2026",
            "12/03/2026 00:00",
            "2026-03-12T10:30:00Z",
            "12 Mar '26",
            "12\u00a0March",
        ),
    ],
)
@pytest.mark.parametrize("between", ["\t", ";", "  ", " ; "])
def test_a_day_is_read_as_it_is_written_in_britain(day: str, between: str) -> None:
    (line,) = read(f"{day}{between}7").understood
    assert (line.taken_on, line.value) == (MARCH, 7)


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("1,234.5", 1234.5), ("95%", 95), ("95 %", 95), ("£1,250", 1250), ("-3", -3), ("\u22123", -3), (".5", 0.5),
        ("1e308", 1e308), ('"1,234"', 1234), ("007", 7), ("+4", 4),
    ],
)  # fmt: skip
def test_a_number_is_read_with_its_commas_and_signs(number: str, value: float) -> None:
    assert [line.value for line in read(f"12/03/2026\t{number}").understood] == [value]


@pytest.mark.parametrize(
    "line",
    [
        "12/03/2026,7",
        "12/03/2026 7",
        "12 Mar 2026, 7",
        '"12/03/2026","7"',
        "12/03/2026,7,,",
        "Thursday, 12 March 2026,7",
    ],
)
def test_columns_are_parted_in_many_ways(line: str) -> None:
    assert [(row.taken_on, row.value) for row in read(line).understood] == [(MARCH, 7)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("03/26/2026\t5", "no month 26"),
        ("31/02/2026\t5", "no such day"),
        ("Mon 12 March\t5", "12 March 2026 is a Thursday"),
        ("46093\t5", "own number for a day"),
        ("Week 1\t5", "not a day"),
        ("5\t12/03/2026", "day in the first column"),
        ("12/03/2026\t", "no number on this line"),
        ("12/03/2026\t=B2/C2", "a formula"),
        ("12/03/2026\t1,5", "with a point"),
        ("12/03/2026,1,234", "commas may part"),
        ("12/03/2026\t5\tnorovirus", "two columns only"),
        ("12/03/2026\tnan", "“nan” is not a number"),
        ("12/03/2026\t943 476 5919", "not a number"),
        ("12/03/2026\t9434765919", "NHS number"),
        ('12/03/2026\t"5', "5"),
        ("12/03/2026\t" + "5" * 400, "too long"),
    ],
)
def test_what_is_not_understood_is_said_with_why_and_what_to_do(line: str, why: str) -> None:
    found = read(f"1 Mar 2026\t1\n{line}")
    if found.unclear:
        assert [(each.line, each.typed) for each in found.unclear] == [(2, line.strip()[:300])]
        assert why in found.unclear[0].why
    else:
        assert why == "5", "an open quotation mark does no harm"


def test_a_heading_and_empty_lines_are_left_out_and_lines_keep_their_numbers() -> None:
    found = read("Week beginning\tMinutes\r\n\r\n12/03/2026\t5\r\n \t \r\n13/03/2026\tmany\r\n14/03/2026\t6")
    assert found.heading == "Week beginning\tMinutes"
    assert [line.line for line in found.understood] == [3, 6]
    assert [line.line for line in found.unclear] == [5]


def test_of_what_is_rare_the_days_are_enough() -> None:
    found = pasted.days("Falls\n12/03/2026\n13 Mar 26,\nfell", today=TODAY)
    assert [line.taken_on.day for line in found.understood] == [12, 13]
    assert [line.typed for line in found.unclear] == ["fell"]


def test_no_more_lines_are_looked_at_than_a_measure_could_take() -> None:
    found = read("12/03/2026\t5\n" * (pasted.MOST_LINES + 1))
    assert (len(found.understood), found.is_cut) == (pasted.MOST_LINES, True)


@given(st.text(max_size=400) | st.text(alphabet="0123456789/-.,; \t\n\r\"'£%=eJanMrT:stu", max_size=200))
def test_no_text_is_too_odd_to_read(text: str) -> None:
    for read_columns in (pasted.days_and_numbers, pasted.days):
        found = read_columns(text, today=TODAY)
        lines = [line.line for line in found.understood] + [line.line for line in found.unclear]
        assert len(lines) == len(set(lines))
        assert all(line.why for line in found.unclear)


@given(
    st.dates(dt.date(2000, 1, 1), TODAY),
    st.floats(-1e9, 1e9).map(lambda value: round(value, 3)),
    st.sampled_from(["%d/%m/%Y", "%d %b %Y", "%a %d %B %Y", "%Y-%m-%d", "%d-%b-%y"]),
    st.sampled_from(["\t", ";", ",", "   "]),
)
def test_what_a_spreadsheet_wrote_is_read_back(day: dt.date, value: float, shape: str, between: str) -> None:
    (line,) = read(f"{day.strftime(shape)}{between}{value:.3f}").understood
    assert (line.taken_on, line.value) == (day, value)
