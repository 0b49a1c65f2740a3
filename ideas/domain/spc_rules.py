"""Limits of an XmR chart and its four rules, as the NHS's "Making Data Count" has them: is it real, or just noise?"""

from __future__ import annotations

import dataclasses
import enum
import itertools
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Times the mean moving range: as far as the limits lie from the mean (3 / 1.128).
_TO_LIMIT = 2.66
#: The same, to where a reading is close to a limit (2 sigma).
_TO_CLOSE = 2 * (_TO_LIMIT / 3)
#: Times the mean moving range: a jump of this and more is screened out of it (Shewhart's D4).
_SCREEN = 3.267
#: So many in a row on one side, or in one direction, are no luck.
RUN = 7


class SpecialCause(enum.StrEnum):
    """The rule that a reading breaks, with the labels of NHSRplotthedots."""

    #: breaks none: usual ups and downs
    COMMON = "Common Cause"
    #: outside the upper limit
    ABOVE_LIMIT = "Above UCL"
    #: outside the lower limit
    BELOW_LIMIT = "Below LCL"
    #: one of 7 or more, each higher than the last
    INCREASING = "7 Point Trend (Increasing)"
    #: one of 7 or more, each lower than the last
    DECREASING = "7 Point Trend (Decreasing)"
    #: one of 2 in 3 close to the upper limit
    CLOSE_ABOVE = "2 in 3 Above CL"
    #: one of 2 in 3 close to the lower limit
    CLOSE_BELOW = "2 in 3 Below CL"
    #: one of 7 or more above the mean
    RUN_ABOVE = "7 Points Above CL"
    #: one of 7 or more below the mean
    RUN_BELOW = "7 Points Below CL"

    @property
    def side(self) -> int:
        """1 when it is high, -1 when it is low, 0 for usual ups and downs."""
        if self is SpecialCause.COMMON:
            return 0
        return 1 if "Above" in self.value or "Increasing" in self.value else -1


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """How far readings go when nothing has changed."""

    mean: float
    mean_moving_range: float

    @property
    def lower(self) -> float:
        """The lower process limit; it may lie below zero."""
        return self.mean - _TO_LIMIT * self.mean_moving_range

    @property
    def upper(self) -> float:
        """The upper process limit."""
        return self.mean + _TO_LIMIT * self.mean_moving_range


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where a reading lies: the side of the mean (-1, 0, 1), and whether outside the limits, or in and close to one."""

    side: int
    is_outside: bool
    is_close: bool


def limits_of(values: Sequence[float], *, screen_outliers: bool = True) -> Limits:
    """The limits that these readings give, in date order. One reading, or the same again and again, gives flat ones.

    Large jumps are screened out of the mean moving range once; the readings themselves stay in the mean.
    """
    ranges = [abs(value - last) for last, value in itertools.pairwise(values)]
    mean_range = mean_of(ranges)
    if screen_outliers:
        mean_range = mean_of([jump for jump in ranges if jump < _SCREEN * mean_range])
    return Limits(mean_of(values), mean_range)


def mean_of(values: Sequence[float]) -> float:
    """The mean, without rounding on the way, so that a reading on it is on it; 0 of nothing."""
    if not values:
        return 0.0
    near = math.fsum(values) / len(values)
    return near + math.fsum(value - near for value in values) / len(values)


def places(values: Sequence[float], limits: Limits) -> list[Place]:
    """Where each reading lies."""
    lower, upper = limits.lower, limits.upper
    near = _TO_CLOSE * limits.mean_moving_range
    low, high = limits.mean - near, limits.mean + near
    found = []
    for value in values:
        outside = value > upper or value < lower
        side = (value > limits.mean) - (value < limits.mean)
        found.append(Place(side, outside, not outside and (value > high or value < low)))
    return found


def special_causes(values: Sequence[float], where: Sequence[Place]) -> list[SpecialCause]:
    """What each reading of one stretch breaks, in date order. Where several rules fit, the first of these wins."""
    found = [SpecialCause.COMMON] * len(values)
    for spotted in (_outside(where), _trends(values), _close(where), _runs(where)):
        for place, cause in spotted:
            if found[place] is SpecialCause.COMMON:
                found[place] = cause
    return found


def _outside(where: Sequence[Place]) -> Iterator[tuple[int, SpecialCause]]:
    for place, there in enumerate(where):
        if there.is_outside:
            yield place, SpecialCause.ABOVE_LIMIT if there.side > 0 else SpecialCause.BELOW_LIMIT


def _trends(values: Sequence[float]) -> Iterator[tuple[int, SpecialCause]]:
    """7 or more that go the same way. The reading at a peak or trough goes with the step after it."""
    steps = [(value > last) - (value < last) for last, value in itertools.pairwise(values)]
    # From the last to the first: what is said first stands.
    for start, end, way in reversed(list(_alike(steps))):
        if way and end - start >= RUN - 1:
            for place in range(start, end + 1):
                yield place, SpecialCause.INCREASING if way > 0 else SpecialCause.DECREASING


def _close(where: Sequence[Place]) -> Iterator[tuple[int, SpecialCause]]:
    """In 3 on one side of the mean, 2 or more close to the limit: the close ones."""
    for first in range(len(where) - 2):
        three = where[first : first + 3]
        if three[0].side and three[0].side == three[1].side == three[2].side and sum(t.is_close for t in three) > 1:
            for place, there in enumerate(three, first):
                if there.is_close:
                    yield place, SpecialCause.CLOSE_ABOVE if there.side > 0 else SpecialCause.CLOSE_BELOW


def _runs(where: Sequence[Place]) -> Iterator[tuple[int, SpecialCause]]:
    for start, end, side in _alike([there.side for there in where]):
        if side and end - start >= RUN:
            for place in range(start, end):
                yield place, SpecialCause.RUN_ABOVE if side > 0 else SpecialCause.RUN_BELOW


def _alike(signs: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Each stretch of equal signs: where it starts, where it has ended, and its sign."""
    start = 0
    for place in range(1, len(signs) + 1):
        if place == len(signs) or signs[place] != signs[start]:
            yield start, place, signs[start]
            start = place
