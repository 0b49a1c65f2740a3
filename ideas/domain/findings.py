"""Findings: what the readings of a measure say, and those of an idea together."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from ideas.db import db
from ideas.models import Direction, Idea, Measure, MeasureKind
from ideas.models import VerdictKind as Kind
from ideas.models.verdict import RULES

from . import spc, verdict, verdict_words, versions
from .series import BadReadings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from .analysis import Analysis
    from .verdict import Verdict

    _Series = Sequence[tuple[dt.date, float]]

_IMPROVEMENT: dict[Direction, Literal["increase", "decrease"]] = {
    Direction.LOWER: "decrease",
    Direction.HIGHER: "increase",
}
NOT_STARTED = "The change has not started yet. From the day on which the trial starts, readings are judged."
#: How many readings a card shows, and how high it draws them.
_SPARK, _HIGH = 24, 20
#: How many ideas are judged anew in one sweep.
_AT_ONCE = 50


@dataclasses.dataclass(frozen=True)
class Finding:
    """What the readings of one measure say."""

    measure: Measure
    #: the chart in numbers; none where there is nothing to draw, or nobody asked for it
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
    """Judge a measure's readings, and draw them in numbers."""
    series = measure.series
    finding = _judged(measure, series)
    if finding.trouble or not series:
        return finding
    try:
        return dataclasses.replace(finding, analysis=_drawn(measure, series))
    except BadReadings as bad:
        return Finding(measure, trouble=bad.words)


def judged(measure: Measure) -> Finding:
    """Judge a measure's readings: those since the change beside those before it."""
    return _judged(measure, measure.series)


def _judged(measure: Measure, series: _Series) -> Finding:
    changed_on = measure.changed_on
    if not series:
        return Finding(measure, words=_nothing_yet(measure))
    if changed_on is None:
        return Finding(measure, words=NOT_STARTED)
    # What counted before new limits began is no baseline. New limits since take nothing out: they hide no harm.
    begins = max((start for start in _starts(measure, series) if start < changed_on), default=series[0][0])
    try:
        found = verdict.judge(
            [value for day, value in series if begins <= day < changed_on],
            [value for day, value in series if day >= changed_on],
            improvement=_IMPROVEMENT[measure.direction],
        )
    except BadReadings as bad:
        return Finding(measure, trouble=bad.words)
    return Finding(measure, None, found, verdict_words.sentence(found, measure.unit_of_a_reading))


def _drawn(measure: Measure, series: _Series) -> Analysis:
    days, values = [day for day, _ in series], [value for _, value in series]
    improvement, target, starts = _IMPROVEMENT[measure.direction], measure.target, _starts(measure, series)
    if measure.changed_on is None:
        return spc.analyse(values, dates=days, improvement=improvement, target=target, rebase_dates=starts)
    return spc.analyse_change(
        values,
        dates=days,
        changed_on=measure.changed_on,
        improvement=improvement,
        target=target,
        rebase_dates=starts,
    )


def _starts(measure: Measure, series: _Series) -> list[dt.date]:
    """The readings at which new limits begin: where one was taken out since, the next one."""
    there = (next((day for day, _ in series[1:] if day >= rebase.starts_on), None) for rebase in measure.rebases)
    return sorted({day for day in there if day})


def _nothing_yet(measure: Measure) -> str:
    if measure.counts_days_between:
        return "It needs to have happened twice before there are days between."
    return "No readings yet."


def headline(findings: Sequence[Finding]) -> Finding | None:
    """The finding that stands for the idea: of what matters to people, else of whether it is done. Never balancing."""
    found = [finding for finding in findings if finding.verdict]
    kinds = (MeasureKind.OUTCOME, MeasureKind.PROCESS)
    return next((finding for kind in kinds for finding in found if finding.measure.kind is kind), None)


def mixed(findings: Sequence[Finding]) -> str:
    """What to say when it is less bad in one thing and worse in another; empty when it is not."""
    better, worse = (
        [finding.measure.name for finding in findings if finding.kind is kind] for kind in (Kind.LESS_BAD, Kind.WORSE)
    )
    if not better or not worse:
        return ""
    return (
        f"It is less bad in one thing and worse in another. Less bad: {'; '.join(better)}. Worse: {'; '.join(worse)}."
    )


def keep(idea: Idea) -> None:
    """Keep on the idea what its card says of its readings. Call it after all that a verdict hangs on has changed."""
    db.session.flush()
    found = [judged(measure) for measure in idea.measures]
    head = headline(found)
    for measure in idea.measures:
        measure.reading_count = len(measure.readings)
        measure.last_taken_on = max((reading.taken_on for reading in measure.readings), default=None)
    idea.verdict = head.kind if head else None
    idea.verdict_words = head.words if head else ""
    idea.spark = spark(head.measure) if head else ""
    idea.has_worse = any(finding.kind is Kind.WORSE for finding in found if finding is not head)
    idea.judged_by = RULES


def spark(measure: Measure) -> str:
    """The newest readings as heights from 0 to 20, with a bar before the first one since the change."""
    newest, changed_on = measure.series[-_SPARK:], measure.changed_on
    values = [value for _, value in newest]
    if len(values) < 2:
        return ""
    # Halved, so that the widest spread that a number can hold has an end.
    least, half_spread = min(values) / 2, max(values) / 2 - min(values) / 2
    heights = [f"{round((value / 2 - least) / half_spread * _HIGH) if half_spread else _HIGH // 2}" for value in values]
    since = sum(changed_on is None or day < changed_on for day, _ in newest)
    return " ".join(heights[:since]) + "|" + " ".join(heights[since:])


def judge_anew() -> int:
    """Judge ideas whose verdict was kept by older rules, some at a time. Returns how many."""
    wanted = sa.select(Idea).where(Idea.judged_by < RULES).order_by(Idea.id).limit(_AT_ONCE)
    measures = selectinload(Idea.measures)
    options = (measures.selectinload(Measure.readings), measures.selectinload(Measure.rebases))
    found = versions.hold_free(wanted.options(*options))
    for idea in found:
        keep(idea)
        idea.draw_stamp()
    db.session.flush()
    return len(found)
