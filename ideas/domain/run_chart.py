"""Run charts: readings about their median, for a first look at few of them. Pure."""

from __future__ import annotations

import dataclasses
import math
import statistics
from typing import TYPE_CHECKING

from . import series

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclasses.dataclass(frozen=True, slots=True)
class RunChart:
    """A run chart's centre, and what Anhøj's two rules find in it."""

    median: float
    n_obs: int
    #: the readings that are not on the median: only these count
    n_useful: int
    longest_run: int
    #: a run longer than this is a signal
    longest_run_max: int
    n_crossings: int
    #: fewer crossings of the median than this are a signal
    n_crossings_min: int

    @property
    def runs_signal(self) -> bool:
        """Whether the readings are more than noise about the median. Many crossings are no signal."""
        return self.longest_run > self.longest_run_max or self.n_crossings < self.n_crossings_min


def run_chart(values: Sequence[float], freeze_after: int | None = None) -> RunChart:
    """Judge readings, in date order, about the median of the first `freeze_after` of them, or of all.

    The rules are those of qicharts2, method "anhoej". Raises BadReadings.
    """
    real = series.numbers(values)
    if freeze_after is not None and freeze_after < 1:
        raise series.BadReadings("A median needs at least 1 reading.")
    median = statistics.median(real[:freeze_after])
    sides = [value > median for value in real if value != median]
    runs = _lengths(sides)
    return RunChart(
        median=median,
        n_obs=len(real),
        n_useful=len(sides),
        longest_run=max(runs, default=0),
        longest_run_max=round(math.log2(len(sides) or 1)) + 3,
        n_crossings=max(len(runs) - 1, 0),
        n_crossings_min=_fewest_crossings(len(sides)),
    )


def _lengths(sides: Sequence[bool]) -> list[int]:
    lengths: list[int] = []
    for place, side in enumerate(sides):
        if place and side == sides[place - 1]:
            lengths[-1] += 1
        else:
            lengths.append(1)
    return lengths


def _fewest_crossings(useful: int) -> int:
    """The smallest count that is not among the 5% rarest low ones, when each step crosses with the chance of a coin."""
    steps = max(useful - 1, 0)
    ways, seen, count = 1, 1, 0
    while seen * 20 < 2**steps:
        ways = ways * (steps - count) // (count + 1)
        seen += ways
        count += 1
    return count
