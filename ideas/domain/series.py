"""A series of readings, in the order of their dates: what a chart would get wrong in silence is refused in words."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from ideas.text import dates as words_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

#: Beyond this, sums of readings run out of what a number can hold.
LARGEST = 1e300


class BadReadings(ValueError):
    """The readings cannot be drawn or judged. Says why, in words that somebody can act on."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def numbers(values: Sequence[float]) -> list[float]:
    """The values as they are. Raises BadReadings when there is none, or one is no number."""
    if not len(values):
        raise BadReadings("There are no readings yet.")
    return [number(value) for value in values]


def number(value: float, called: str = "One of the readings") -> float:
    """The value as it is. Raises BadReadings when it is no number, has no end, or is too large to add up."""
    try:
        real = float(value)
    except OverflowError:
        real = math.inf
    except (TypeError, ValueError):
        real = math.nan
    if math.isnan(real):
        raise BadReadings(f"{called} is not a number. Put it right or take it out.")
    if abs(real) > LARGEST:
        raise BadReadings(f"{called} is too large to draw. Put it right or take it out.")
    return real


def in_order(values: Sequence[float], dates: Sequence[dt.date] | None) -> list[tuple[dt.date | None, float]]:
    """Each date with its value, earliest first; in the order given when there are no dates. Raises BadReadings."""
    real = numbers(values)
    if dates is None:
        return [(None, value) for value in real]
    if len(dates) != len(real):
        raise BadReadings(f"There are {len(real)} readings and {len(dates)} dates. Each reading needs its date.")
    order = sorted(range(len(real)), key=lambda place: dates[place])
    for one, other in itertools.pairwise(order):
        if dates[one] == dates[other]:
            raise BadReadings(f"There are two readings on {words_of.full(dates[one])}. Keep one of them.")
    return [(dates[place], real[place]) for place in order]
