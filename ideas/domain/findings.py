"""Findings: what the readings of a measure say, and those of an idea together."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

from ideas.models import Direction, MeasureKind

from . import spc, verdict, verdict_words
from .series import BadReadings
from .verdict import Kind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ideas.models import Measure

    from .analysis import Analysis
    from .verdict import Verdict

_IMPROVEMENT: dict[Direction, Literal["increase", "decrease"]] = {
    Direction.LOWER: "decrease",
    Direction.HIGHER: "increase",
}


@dataclasses.dataclass(frozen=True)
class Finding:
    """What the readings of one measure say."""

    measure: Measure
    #: the chart in numbers; none while there is nothing to draw
    analysis: Analysis | None = None
    #: none while the change has not started, or there is nothing to judge
    verdict: Verdict | None = None
    #: the verdict's sentence, or why there is none
    words: str = ""
    #: why the readings can be neither drawn nor judged, and what to do
    trouble: str = ""

    @property
    def kind(self) -> Kind | None:
        """The verdict in one word; none while there is none."""
        return self.verdict.kind if self.verdict else None


def of(measure: Measure) -> Finding:
    """Draw and judge a measure's readings: those since the change beside those before it."""
    series = measure.series
    if not series:
        return Finding(measure, words=_nothing_yet(measure))
    days, values = [day for day, _ in series], [value for _, value in series]
    improvement, target = _IMPROVEMENT[measure.direction], measure.target
    changed_on, starts = measure.changed_on, _starts(measure, days)
    try:
        if changed_on is None:
            drawn = spc.analyse(values, dates=days, improvement=improvement, target=target, rebase_dates=starts)
            return Finding(measure, drawn, words=NOT_STARTED)
        drawn = spc.analyse_change(
            values, dates=days, changed_on=changed_on, improvement=improvement, target=target, rebase_dates=starts
        )
        # What counted before new limits began is no baseline. New limits since take nothing out: they hide no harm.
        begins = max((start for start in starts if start < changed_on), default=days[0])
        judged = verdict.judge(
            [value for day, value in series if begins <= day < changed_on],
            [value for day, value in series if day >= changed_on],
            improvement=improvement,
        )
    except BadReadings as bad:
        return Finding(measure, trouble=bad.words)
    return Finding(measure, drawn, judged, verdict_words.sentence(judged, measure.unit))


def _starts(measure: Measure, days: Sequence[dt.date]) -> list[dt.date]:
    """The readings at which new limits begin: where one was taken out since, the next one."""
    there = (next((day for day in days[1:] if day >= rebase.starts_on), None) for rebase in measure.rebases)
    return sorted({day for day in there if day})


NOT_STARTED = "The change has not started yet. From the day on which the trial starts, readings are judged."


def _nothing_yet(measure: Measure) -> str:
    if measure.counts_days_between:
        return "It needs to have happened twice before there are days between."
    return "No readings yet."


def headline(findings: Sequence[Finding]) -> Finding | None:
    """The finding that stands for the idea: of what matters to people, else of whether it is done. Never balancing."""
    judged = [finding for finding in findings if finding.verdict]
    kinds = (MeasureKind.OUTCOME, MeasureKind.PROCESS)
    return next((finding for kind in kinds for finding in judged if finding.measure.kind is kind), None)


def mixed(findings: Sequence[Finding]) -> str:
    """What to say when it is less bad in one thing and worse in another; empty when it is not."""
    better, worse = (
        [finding.measure.name for finding in findings if finding.kind is kind] for kind in (Kind.LESS_BAD, Kind.WORSE)
    )
    if not better or not worse:
        return ""
    return f"It is less bad in one thing and worse in another. Less bad: {_listed(better)}. Worse: {_listed(worse)}."


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names)
