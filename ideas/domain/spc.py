"""XmR charts the NHS's way: mean, limits and signals of a measure's readings. Pure: values in, values out.

The sums and rules are those of NHSRplotthedots 0.2.2, by the NHS-R Community; `tests/domain/spc_cases` holds what it
answers. What it gets wrong in silence is refused here.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Literal

from ideas.text import dates as words_of

from . import series, spc_rules
from .analysis import Analysis, Assurance, Point, PointType, Segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .spc_rules import Limits, SpecialCause

#: Which way is less bad; neutral: neither.
Improvement = Literal["increase", "decrease", "neutral"]
#: Under so many readings before the change there is no baseline to freeze.
BASELINE = 6

_Dated = tuple[dt.date | None, float]


def analyse(
    values: Sequence[float],
    *,
    dates: Sequence[dt.date] | None = None,
    improvement: Improvement = "increase",
    target: float | None = None,
    rebase_dates: Sequence[dt.date] = (),
    fix_after_n_points: int | None = None,
    screen_outliers: bool = True,
) -> Analysis:
    """Draw a chart in numbers. Readings come in any order with their dates, or without any, earliest first.

    `fix_after_n_points` freezes each segment's limits at its first readings. A rebase date is that of a segment's
    first reading. Raises BadReadings.
    """
    if fix_after_n_points is not None and fix_after_n_points < 2:
        raise series.BadReadings("Limits need at least 2 readings.")
    readings = series.in_order(values, dates)
    parts = [_Part(part, fix_after_n_points or len(part)) for part in _parts(readings, rebase_dates)]
    return _analysis(parts, improvement, target, screen_outliers)


def analyse_change(
    values: Sequence[float],
    *,
    dates: Sequence[dt.date],
    changed_on: dt.date,
    improvement: Improvement,
    target: float | None = None,
    rebase_dates: Sequence[dt.date] = (),
    screen_outliers: bool = True,
) -> Analysis:
    """Draw a chart in numbers, with limits frozen at the readings before the change and each side judged on its own.

    With fewer than 6 readings before the change its limits rest on all. Whether the target is met goes by the readings
    since, once there are 6. Raises BadReadings.
    """
    parts = []
    for part in _parts(series.in_order(values, dates), rebase_dates):
        before = sum(date is not None and date < changed_on for date, _ in part)
        frozen = BASELINE <= before < len(part)
        parts.append(_Part(part, before if frozen else len(part), before))
    drawn = _analysis(parts, improvement, target, screen_outliers)
    last = parts[-1]
    if last.n_base == len(last.readings):
        return drawn
    since = [value for _, value in last.readings[last.n_base :]]
    limits = spc_rules.limits_of(since, screen_outliers=screen_outliers) if len(since) >= BASELINE else None
    met = assurance(limits, target, improvement) if limits else None
    return dataclasses.replace(drawn, assurance_type=met)


def assurance(limits: Limits, target: float | None, improvement: Improvement) -> Assurance | None:
    """Whether a process with these limits meets the target; none without a target or a less bad way."""
    if target is None or improvement == "neutral":
        return None
    goal = series.number(target, "The target")
    if limits.lower <= goal <= limits.upper:
        return Assurance.SOMETIMES
    return Assurance.MISSED if (goal > limits.upper) == (improvement == "increase") else Assurance.MET


@dataclasses.dataclass(frozen=True, slots=True)
class _Part:
    """A segment's readings, how many its limits rest on, and after how many its rules begin anew."""

    readings: list[_Dated]
    n_base: int
    n_first: int = 0


def _parts(readings: list[_Dated], rebase_dates: Sequence[dt.date]) -> list[list[_Dated]]:
    known = {date: place for place, (date, _) in enumerate(readings) if date is not None}
    for date in rebase_dates:
        if date not in known:
            raise series.BadReadings(f"There is no reading on {words_of.full(date)}. New limits begin at a reading.")
    starts = sorted({0, *(known[date] for date in rebase_dates)})
    return [readings[start:end] for start, end in zip(starts, [*starts[1:], len(readings)], strict=True)]


def _analysis(
    parts: Sequence[_Part], improvement: Improvement, target: float | None, screen_outliers: bool
) -> Analysis:
    points: list[Point] = []
    segments: list[Segment] = []
    for group, part in enumerate(parts):
        values = [value for _, value in part.readings]
        limits = spc_rules.limits_of(values[: part.n_base], screen_outliers=screen_outliers)
        where = spc_rules.places(values, limits)
        causes = [
            cause
            for side in (slice(part.n_first), slice(part.n_first, None))
            for cause in spc_rules.special_causes(values[side], where[side])
        ]
        points += [
            Point(date, value, group, there.side, there.is_outside, there.is_close, cause, _type(cause, improvement))
            for (date, value), there, cause in zip(part.readings, where, causes, strict=True)
        ]
        segments.append(
            Segment(
                group,
                part.readings[0][0],
                len(values),
                min(part.n_base, len(values)),
                limits.mean,
                limits.lower,
                limits.upper,
                limits.mean_moving_range,
                points[-1].point_type,
            )
        )
    return Analysis(points, segments, assurance(limits, target, improvement))


def _type(cause: SpecialCause, improvement: Improvement) -> PointType:
    if not cause.side:
        return PointType.COMMON_CAUSE
    if improvement == "neutral":
        return PointType.NEUTRAL_HIGH if cause.side > 0 else PointType.NEUTRAL_LOW
    return PointType.IMPROVEMENT if (cause.side > 0) == (improvement == "increase") else PointType.CONCERN
