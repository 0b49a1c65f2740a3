"""A measure's chart: two drawings of it, its name and finding in words, its key, notes, and the same as a table."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ideas import clock
from ideas.domain.analysis import ROBUST, Assurance, PointType
from ideas.domain.spc import BASELINE
from ideas.domain.spc_rules import SpecialCause
from ideas.text import dates, numbers

from . import drawing, shapes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ideas.domain.analysis import Analysis, Point, Segment

#: More readings than this are not told apart on a screen: the newest are drawn.
DRAWN = 400

SAYS = {
    PointType.COMMON_CAUSE: "Usual ups and downs",
    PointType.IMPROVEMENT: "A signal, less bad",
    PointType.CONCERN: "A signal, worse",
    PointType.NEUTRAL_HIGH: "A signal, higher",
    PointType.NEUTRAL_LOW: "A signal, lower",
}
WHY = {
    SpecialCause.COMMON: "",
    SpecialCause.ABOVE_LIMIT: "above the upper limit",
    SpecialCause.BELOW_LIMIT: "below the lower limit",
    SpecialCause.INCREASING: "7 or more going up",
    SpecialCause.DECREASING: "7 or more going down",
    SpecialCause.CLOSE_ABOVE: "2 of 3 close to the upper limit",
    SpecialCause.CLOSE_BELOW: "2 of 3 close to the lower limit",
    SpecialCause.RUN_ABOVE: "7 or more above the mean",
    SpecialCause.RUN_BELOW: "7 or more below the mean",
}
TARGET = {
    Assurance.MET: "As it is now, the target will always be met",
    Assurance.MISSED: "As it is now, the target will always be missed",
    Assurance.SOMETIMES: "As it is now, the target will sometimes be met, by chance",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, and may have moved the readings."""

    day: dt.date
    words: str


@dataclasses.dataclass(frozen=True, slots=True)
class Subject:
    """What the chart is of, and what its verdict says."""

    name: str
    unit: str
    analysis: Analysis
    #: "Less bad"; empty while there is no change to judge
    verdict: str
    #: the verdict's sentence, or why there is none
    finding: str
    target: float | None = None
    changed_on: dt.date | None = None
    happenings: Sequence[Happening] = ()
    #: whether each reading has its time; rare things come when they come
    is_regular: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """A reading in the table."""

    day: dt.date
    day_words: str
    figure: str
    says: str
    #: what begins with it; empty for most
    begins: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Icon:
    """A picture with its words: variation is "common", "better", "worse", "high" or "low"; assurance the target's."""

    kind: str
    #: 1 higher, -1 lower, 0 neither
    side: int
    words: str


@dataclasses.dataclass(frozen=True, slots=True)
class Chart:
    """All that a template needs. `id` starts the ids of its parts, so that there may be several on a page."""

    id: str
    name: str
    finding: str
    unit: str
    drawings: list[drawing.Drawing]
    #: the shapes that are there: kind and words
    key: list[tuple[str, str]]
    #: the lines: kind and words
    lines: list[tuple[str, str]]
    notes: list[str]
    #: number, day, words
    happenings: list[tuple[int, str, str]]
    rows: list[Row]
    #: what the newest reading says, and whether the target can be met; none while nobody can tell
    variation: Icon | None
    assurance: Icon | None


def chart(subject: Subject, id: str) -> Chart:
    """Draw a measure's chart, for a page or as a file."""
    analysis = subject.analysis
    points = analysis.points[-DRAWN:]
    segments = analysis.segments[points[0].rebase_group :]
    happenings = sorted(subject.happenings, key=lambda happening: happening.day)
    figures = _figures(subject)
    content = drawing.Content(
        points,
        segments,
        subject.unit,
        {name: f"{name.capitalize()} {figure}" for name, figure in figures.items()},
        subject.target,
        subject.changed_on,
        [happening.day for happening in happenings],
        subject.is_regular,
    )
    return Chart(
        id=id,
        name=": ".join(filter(None, (subject.verdict, f"{subject.name}, in {subject.unit}"))),
        finding=f"{numbers.plural(len(analysis.points), 'reading')}. {subject.finding}",
        unit=subject.unit,
        drawings=[drawing.draw(content, paper) for paper in (drawing.WIDE, drawing.NARROW)],
        key=_key(points),
        lines=list(_key_to_lines(subject, figures)),
        notes=list(_notes(subject, segments)),
        happenings=[(number, _day(happening.day), happening.words) for number, happening in enumerate(happenings, 1)],
        rows=list(_rows(points, subject)),
        variation=_variation(analysis),
        assurance=_assurance(analysis),
    )


def _day(day: dt.date) -> str:
    return dates.short(day, today=clock.today())


def _figures(subject: Subject) -> dict[str, str]:
    """The figures of the last segment's lines, with as many places as tell them apart. Flat limits are the mean."""
    last = subject.analysis.segments[-1]
    apart = last.upper_process_limit - last.lower_process_limit
    places = numbers.places_for(apart)
    figures = {"mean": numbers.rounded(last.mean, places) if apart else numbers.plain(last.mean)}
    if apart:
        figures["upper"] = numbers.rounded(last.upper_process_limit, places)
        figures["lower"] = numbers.rounded(last.lower_process_limit, places)
    if subject.target is not None:
        figures["target"] = numbers.plain(subject.target)
    return figures


def _key(points: Sequence[Point]) -> list[tuple[str, str]]:
    there = {point.point_type for point in points}
    if there <= {PointType.COMMON_CAUSE, PointType.IMPROVEMENT, PointType.CONCERN}:
        there |= {PointType.COMMON_CAUSE, PointType.IMPROVEMENT, PointType.CONCERN}
    return [(shapes.NAMES[kind], words) for kind, words in SAYS.items() if kind in there]


def _key_to_lines(subject: Subject, figures: dict[str, str]) -> Iterator[tuple[str, str]]:
    last = subject.analysis.segments[-1]
    is_frozen = last.n_base < last.n
    yield "mean", f"Mean{' before' if is_frozen else ''}, {figures['mean']}"
    if "upper" in figures:
        yield "lim", f"Limits, {figures['lower']} to {figures['upper']}"
    if "target" in figures:
        yield "target", f"Target, {figures['target']}"
    if len(subject.analysis.segments) > 1:
        yield "break", "New limits begin"


def _notes(subject: Subject, segments: Sequence[Segment]) -> Iterator[str]:
    total, last = len(subject.analysis.points), segments[-1]
    if last.n_base == 1:
        yield "There are no limits yet: they need 2 readings."
    elif last.has_trial_limits:
        yield f"Trial limits: they rest on {last.n_base} readings, and could move with more."
    elif any(segment.has_trial_limits for segment in segments[:-1]):
        yield f"The earlier limits are trial limits: they rest on fewer than {ROBUST} readings."
    if subject.changed_on and 0 < _before(subject) < min(BASELINE, total):
        yield f"There are under {BASELINE} readings before the change, so the limits rest on all."
    starts = [_day(segment.start) for segment in segments[1:] if segment.start]
    if starts:
        yield f"New limits begin on {' and '.join(starts)}. Each side is judged on its own."
    if total > DRAWN:
        yield f"The newest {DRAWN} of {total:,} readings are drawn. The sums are of all."


def _before(subject: Subject) -> int:
    return sum(
        bool(point.date and point.date < subject.changed_on) for point in subject.analysis.points if subject.changed_on
    )


def _rows(points: Sequence[Point], subject: Subject) -> Iterator[Row]:
    begun = subject.changed_on is None
    group = points[0].rebase_group
    for point in points:
        if point.date is None:
            continue
        begins = []
        if not begun and subject.changed_on and point.date >= subject.changed_on:
            begins, begun = ["change started"], True
        if point.rebase_group != group:
            begins, group = [*begins, "new limits begin"], point.rebase_group
        yield Row(point.date, _day(point.date), numbers.plain(point.value), says(point), ", ".join(begins))


def says(point: Point) -> str:
    """What the chart says of a reading, and by which rule."""
    why = WHY[point.special_cause_type]
    return f"{SAYS[point.point_type]}: {why}" if why else SAYS[point.point_type]


def _variation(analysis: Analysis) -> Icon | None:
    if analysis.segments[-1].n_base < BASELINE:
        return None
    kind, side = analysis.variation_type, analysis.variation_side
    if kind is PointType.COMMON_CAUSE:
        return Icon("common", 0, "The newest reading is within the usual ups and downs")
    way = "higher" if side > 0 else "lower"
    words = {PointType.IMPROVEMENT: f"less bad, and {way}", PointType.CONCERN: f"worse, and {way}"}.get(kind, way)
    return Icon(shapes.NAMES[kind], side, f"The newest reading is a signal: {words}")


def _assurance(analysis: Analysis) -> Icon | None:
    if analysis.assurance_type is None or analysis.segments[-1].n_base < BASELINE:
        return None
    kind = {Assurance.MET: "met", Assurance.MISSED: "missed", Assurance.SOMETIMES: "sometimes"}
    return Icon(kind[analysis.assurance_type], 0, TARGET[analysis.assurance_type])
