"""The axes of a chart: values and days to places on paper, and what is written beside them."""

from __future__ import annotations

import dataclasses
import itertools
import math
from typing import TYPE_CHECKING

from ideas.text import numbers

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

_MILLION = 1_000_000
_TOO_LONG = 1e15
#: What lies closer together is drawn as the same: six places can be typed, but a spreadsheet may have had more.
_FINEST = 1e-9


@dataclasses.dataclass(frozen=True, slots=True)
class Values:
    """Upwards: from the lowest line of the grid to the highest, between two places on paper."""

    lowest: float
    step: float
    steps: int
    top: float
    bottom: float

    def y(self, value: float) -> float:
        """Where a value lies, from above."""
        share = (value - self.lowest) / (self.step * self.steps)
        return round(self.bottom - share * (self.bottom - self.top), 1)

    def grid(self) -> Iterator[tuple[float, str]]:
        """The lines across, and the figure beside each."""
        for count in range(self.steps + 1):
            value = self.lowest + count * self.step
            yield self.y(value), figure(0.0 if abs(value) < self.step / 2 else value, self.step)


def values(least: float, most: float, *, top: float, bottom: float) -> Values:
    """A scale of round figures that holds both; from 0 where that leaves the readings at least half of it."""
    if 0 <= least <= most / 2:
        least = 0.0
    if most - least <= max(abs(most), abs(least), 1.0) * _FINEST:
        around = abs(most) / 10 if abs(most) > _FINEST else 1.0
        least, most = least - around, most + around
    step = _round_step((most - least) / 5)
    lowest = math.floor(least / step) * step
    if lowest and least - lowest < step / 20:
        lowest -= step  # a mark on the axis is hard to see
    return Values(lowest, step, max(math.ceil((most - lowest) / step - 1e-9), 1), top, bottom)


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * round_one for round_one in (1, 2, 2.5, 5, 10) if power * round_one >= rough * 0.85)


def figure(value: float, step: float) -> str:
    """A value beside the grid, with the places that the step needs: 0.5, 1,250, 2.5m."""
    if abs(value) >= _TOO_LONG or step >= _TOO_LONG:
        return f"{value:.3g}"
    if step >= _MILLION / 10 and abs(value) >= _MILLION:
        return numbers.plain(round(value / _MILLION, 3)) + "m"
    return numbers.plain(round(value, max(0, 2 - math.floor(math.log10(step)))))


@dataclasses.dataclass(frozen=True, slots=True)
class Days:
    """Along: each day in its place, so that weeks without a reading are as wide as they were long."""

    first: dt.date
    last: dt.date
    left: float
    right: float

    def x(self, day: dt.date) -> float:
        """Where a day lies, from the left; in the middle when there is only one."""
        return self.between(day, day)

    def between(self, one: dt.date, other: dt.date) -> float:
        """Half-way between two days."""
        span = (self.last - self.first).days
        share = ((one - self.first).days + (other - self.first).days) / 2 / span if span else 0.5
        return round(self.left + share * (self.right - self.left), 1)


def usual_step(days: Sequence[dt.date]) -> int:
    """How many days lie between two readings, usually (the middle); 1 when there are fewer than two."""
    steps = sorted((later - day).days for day, later in itertools.pairwise(days))
    return max(steps[len(steps) // 2], 1) if steps else 1


def has_gap(day: dt.date, later: dt.date, usual: int) -> bool:
    """Whether a reading is missing between two, going by how often there usually is one."""
    return (later - day).days > 1.5 * usual
