"""Slips of the finger: which number is asked about, and which is not."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ideas import clock
from ideas.domain import measures, readings, slips
from ideas.models import Direction
from tests import factories

if TYPE_CHECKING:
    from tests.cast import Cast


def last_of(cast: Cast, unit: str, *values: float) -> str:
    idea = factories.in_planning(cast)
    measure = measures.add(idea, name="Ready by noon", unit=unit, direction=Direction.HIGHER, by=cast.amara)
    days = [clock.today() - dt.timedelta(days=days) for days in range(len(values), 0, -1)]
    entered = [readings.enter(measure, taken_on=d, value=v, by=cast.amara) for d, v in zip(days, values, strict=True)]
    return slips.question(entered[-1])


@pytest.mark.parametrize(
    ("unit", "values", "asked"),
    [
        ("minutes", (40, 64, 50, 640), "640 minutes is far from the others, 40 to 64."),
        ("minutes", (40, 64, 50, 6.4), "6.4 minutes is far from the others, 40 to 64."),
        ("%", (64, 640), "640% is more than all of it."),
        ("%", (101,), "101% is more than all of it."),
    ],
)
def test_a_number_far_from_all_others_is_asked_about(cast: Cast, unit: str, values: tuple, asked: str) -> None:
    assert last_of(cast, unit, *values) == f"{asked} If that is a slip, put it right."


@pytest.mark.parametrize(
    ("unit", "values"),
    [
        ("minutes", (40, 64, 50, 300)),
        ("minutes", (40, 64, 640)),
        ("falls", (2, 1, 3, 0)),
        ("falls", (0, 0, 0, 4)),
        ("%", (120, 640)),
        ("points", (-40, -64, -50, -640)),
        ("points", (-4, 0, -5, 40)),
    ],
)
def test_others_are_not(cast: Cast, unit: str, values: tuple) -> None:
    assert not last_of(cast, unit, *values)
