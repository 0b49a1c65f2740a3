"""The verdict: is it less bad than it was? The chart's rules must see a signal, and the ranks must agree. Pure.

The rules alone call plain noise "less bad" too often; docs/evidence.md has the rates of both.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

from ideas.models import VerdictKind as Kind
from ideas.text import numbers

from . import ranks, series, spc, spc_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Fewer readings before the change than this are too few.
BEFORE_AT_LEAST = spc.BASELINE
#: Fewer readings since the change than this are too few, unless it is clear already.
SINCE_AT_LEAST = spc_rules.RUN
#: So many standard errors apart, the ranks of the readings are no luck.
RANKS_APART = 1.96


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict, and the numbers that its sentence is made from."""

    kind: Kind
    improvement: Literal["increase", "decrease"]
    #: the readings before the change and since, in date order
    before: tuple[float, ...]
    since: tuple[float, ...]
    #: how far readings went before the change; none while there are too few before
    limits: spc_rules.Limits | None
    #: whether the readings since hold a signal for less bad, and one for worse
    has_better_signal: bool
    has_worse_signal: bool
    #: how many standard errors the readings since rank to the less bad side, and to the worse side
    z_better: float
    z_worse: float

    @property
    def mean_before(self) -> float:
        """The mean before the change; 0 while there is none."""
        return spc_rules.mean_of(self.before)

    @property
    def mean_since(self) -> float:
        """The mean since the change; 0 while there is none."""
        return spc_rules.mean_of(self.since)

    @property
    def places(self) -> int:
        """How many places its figures need to show what they differ by."""
        if not self.before or not self.since:
            return 0
        both = (*self.before, *self.since)
        spread = self.limits.upper - self.limits.lower if self.limits else max(both) - min(both)
        return numbers.places_for(spread or abs(self.mean_since - self.mean_before))


def judge(before: Sequence[float], since: Sequence[float], *, improvement: Literal["increase", "decrease"]) -> Verdict:
    """Say what the readings since a change are beside those before it, both in date order. Raises BadReadings."""
    was = [series.number(value) for value in before]
    now = [series.number(value) for value in since]
    if len(was) < BEFORE_AT_LEAST or not now:
        return Verdict(Kind.TOO_FEW, improvement, tuple(was), tuple(now), None, False, False, 0.0, 0.0)
    limits = spc_rules.limits_of(was)
    better = 1 if improvement == "increase" else -1
    sides = {cause.side for cause in spc_rules.special_causes(now, spc_rules.places(now, limits))}
    higher, lower = ranks.z_higher(now, was), ranks.z_higher(was, now)
    z_better, z_worse = (higher, lower) if improvement == "increase" else (lower, higher)
    if better in sides and z_better > RANKS_APART:
        kind = Kind.LESS_BAD
    elif -better in sides and z_worse > RANKS_APART:
        kind = Kind.WORSE
    elif len(now) < SINCE_AT_LEAST:
        kind = Kind.TOO_FEW
    else:
        kind = Kind.NO_CLEAR_CHANGE
    return Verdict(
        kind, improvement, tuple(was), tuple(now), limits, better in sides, -better in sides, z_better, z_worse
    )
