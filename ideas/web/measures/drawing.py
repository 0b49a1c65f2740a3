"""A chart on paper of one width: where its lines, marks and words lie. The template only writes them down."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from typing import TYPE_CHECKING

from . import scales, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ideas.domain.analysis import Point, Segment

_LETTER, _LINE = 7.2, 17
_BAR, _BAR_HEIGHT = 124, 26.0


@dataclasses.dataclass(frozen=True, slots=True)
class Paper:
    """A size to draw on: how many dates fit under it, and whether words fit beside the lines."""

    name: str
    width: int
    height: int
    between_dates: int
    has_words_beside: bool


WIDE = Paper("wide", 880, 370, 92, True)
NARROW = Paper("narrow", 360, 320, 64, False)


@dataclasses.dataclass(frozen=True, slots=True)
class Content:
    """What is drawn: points with their segments, earliest first, and what else happened on which day."""

    points: Sequence[Point]
    segments: Sequence[Segment]
    unit: str
    #: the words beside "upper", "mean", "lower" and "target", where they are to stand
    figures: dict[str, str]
    target: float | None = None
    changed_on: dt.date | None = None
    happenings: Sequence[dt.date] = ()
    #: whether each reading has its time, so that one can be missing; rare things come when they come
    is_regular: bool = True

    @property
    def days(self) -> list[dt.date]:
        """The days of the readings."""
        return [point.date for point in self.points if point.date]


@dataclasses.dataclass(frozen=True, slots=True)
class Drawing:
    """Where everything lies."""

    paper: Paper
    left: float
    right: float
    top: float
    bottom: float
    #: at which height the unit stands, and its words
    unit: tuple[float, str]
    #: lines across: where, and the figure beside it
    grid: list[tuple[float, str]]
    #: between the limits, for each segment: x, y, width, height
    bands: list[tuple[float, float, float, float]]
    #: what (mean, lim, target), from x to x, at y
    lines: list[tuple[str, float, float, float]]
    #: words beside the lines: at y
    beside: list[tuple[float, str]]
    #: the line through the readings, broken where one is missing
    line: str
    #: what, and all marks of it as one path
    marks: list[tuple[str, str]]
    #: under the axis: x, day and month, and the year where it is new
    dates: list[tuple[float, str, str]]
    #: where new limits begin
    breaks: list[float]
    #: the change: where its line is, and where its words begin
    change: tuple[float, float] | None
    #: what happened: x, y, and its number in the list below
    happenings: list[tuple[float, float, int]]


def draw(content: Content, paper: Paper) -> Drawing:
    """Lay a chart out: along first, because what has to stand above it decides where it begins."""
    days, bottom = content.days, paper.height - 46.0
    y_axis = scales.values(*_reach(content), top=_BAR_HEIGHT + 18, bottom=bottom)
    left = round(16 + _LETTER * max(len(words) for _, words in y_axis.grid()), 1)
    beside = 18 + _LETTER * max(map(len, content.figures.values())) if paper.has_words_beside else 12
    right = round(paper.width - beside, 1)
    ends = [*days, *([content.changed_on] if content.changed_on else [])]
    x_axis = scales.Days(min(ends), max(ends), left + 14, right - 14)
    spans = list(_spans(content, x_axis, left, right))
    change = _change(content, x_axis, left, right)
    unit = _unit(content.unit, change, paper)
    happenings = _happenings(content, x_axis, above=unit[0] + 6)
    top = max([_BAR_HEIGHT + 18, unit[0] + 22, *(y + 16 for _, y, _ in happenings)])
    y_axis = dataclasses.replace(y_axis, top=top)
    return Drawing(
        paper=paper,
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        unit=unit,
        grid=list(y_axis.grid()),
        bands=[_band(segment, span, y_axis) for segment, span in zip(content.segments, spans, strict=True)],
        lines=list(_lines(content, spans, y_axis)),
        beside=_beside(content, y_axis) if paper.has_words_beside else [],
        line=_line(content, x_axis, y_axis),
        marks=_marks(content, x_axis, y_axis),
        dates=list(_dates(days, x_axis, paper)),
        breaks=[start for start, _ in spans[1:]],
        change=change,
        happenings=happenings,
    )


def _unit(unit: str, change: tuple[float, float] | None, paper: Paper) -> tuple[float, str]:
    """At which height the unit stands: beside the words of the change, or under them; left out where it has no room."""
    end = 4 + _LETTER * len(unit) + 8
    if end > paper.width:
        return 20, ""
    return (20 if change is None or end <= change[1] else _BAR_HEIGHT + 16), unit


def _reach(content: Content) -> tuple[float, float]:
    values = [point.value for point in content.points]
    for segment in content.segments:
        values += (segment.lower_process_limit, segment.upper_process_limit)
    if content.target is not None:
        values.append(content.target)
    return min(values), max(values)


def _spans(content: Content, x_axis: scales.Days, left: float, right: float) -> Iterator[tuple[float, float]]:
    """From where to where each segment's lines go: to half-way between its last reading and the next one's first."""
    groups = [[point.date for point in group] for _, group in itertools.groupby(content.points, _group)]
    cuts = [x_axis.between(was[-1], then[0]) for was, then in itertools.pairwise(groups) if was[-1] and then[0]]
    return itertools.pairwise([round(left, 1), *cuts, round(right, 1)])


def _group(point: Point) -> int:
    return point.rebase_group


def _band(segment: Segment, span: tuple[float, float], y_axis: scales.Values) -> tuple[float, float, float, float]:
    upper, lower = y_axis.y(segment.upper_process_limit), y_axis.y(segment.lower_process_limit)
    return span[0], upper, round(span[1] - span[0], 1), round(lower - upper, 1)


def _lines(
    content: Content, spans: Sequence[tuple[float, float]], y_axis: scales.Values
) -> Iterator[tuple[str, float, float, float]]:
    for segment, (start, end) in zip(content.segments, spans, strict=True):
        yield "lim", start, end, y_axis.y(segment.upper_process_limit)
        yield "lim", start, end, y_axis.y(segment.lower_process_limit)
        yield "mean", start, end, y_axis.y(segment.mean)
    if content.target is not None:
        yield "target", spans[0][0], spans[-1][1], y_axis.y(content.target)


def _beside(content: Content, y_axis: scales.Values) -> list[tuple[float, str]]:
    """The words beside the last segment's lines, moved apart where they would lie on each other."""
    last = content.segments[-1]
    at = {"upper": last.upper_process_limit, "mean": last.mean, "lower": last.lower_process_limit}
    if content.target is not None:
        at["target"] = content.target
    words = sorted((y_axis.y(at[name]), figure) for name, figure in content.figures.items())
    placed: list[float] = []
    for y, _ in words:
        placed.append(max(y, placed[-1] + _LINE) if placed else y)
    lowest = y_axis.bottom + 4
    for place in reversed(range(len(placed))):
        placed[place] = min(placed[place], lowest)
        lowest = placed[place] - _LINE
    return [(round(y + 4.5, 1), text) for y, (_, text) in zip(placed, words, strict=True)]


def _line(content: Content, x_axis: scales.Days, y_axis: scales.Values) -> str:
    usual, path = scales.usual_step(content.days), ""
    before: dt.date | None = None
    for point in content.points:
        if point.date:
            joined = before and not (content.is_regular and scales.has_gap(before, point.date, usual))
            path += f"{'L' if joined else 'M'}{x_axis.x(point.date)} {y_axis.y(point.value)}"
            before = point.date
    return path


def _marks(content: Content, x_axis: scales.Days, y_axis: scales.Values) -> list[tuple[str, str]]:
    room = (x_axis.right - x_axis.left) / max(len(content.points) - 1, 1)
    size = min(1.0, max(room / 12, 0.3))
    paths: dict[str, str] = dict.fromkeys(shapes.DRAWN, "")
    for point in content.points:
        if point.date:
            kind = shapes.NAMES[point.point_type]
            paths[kind] += shapes.DRAWN[kind](x_axis.x(point.date), y_axis.y(point.value), size)
    return [(kind, path) for kind, path in paths.items() if path]


def _dates(days: Sequence[dt.date], x_axis: scales.Days, paper: Paper) -> Iterator[tuple[float, str, str]]:
    """Days of readings, as many as have room."""
    free, year = 0.0, 0
    for day in days:
        x = x_axis.x(day)
        if x >= free and (x <= paper.width - 24):
            yield x, f"{day.day} {day:%b}", f"{day.year}" if day.year != year else ""
            free, year = x + paper.between_dates, day.year


def _change(content: Content, x_axis: scales.Days, left: float, right: float) -> tuple[float, float] | None:
    """Just before the first day from which the change counts, and after the reading before it."""
    if content.changed_on is None:
        return None
    before = [day for day in content.days if day < content.changed_on]
    near = content.changed_on - dt.timedelta(days=scales.usual_step(content.days))
    x = x_axis.between(max([near, *before[-1:]]), content.changed_on) if before else x_axis.x(content.changed_on)
    return x, round(min(max(x - _BAR / 2, left), right - _BAR), 1)


def _happenings(content: Content, x_axis: scales.Days, above: float) -> list[tuple[float, float, int]]:
    """A number above each day on which something happened, if it is on the paper; lower where two are close."""
    ends: list[float] = []
    found = []
    for number, day in enumerate(content.happenings, 1):
        if x_axis.first <= day <= x_axis.last:
            x = x_axis.x(day)
            row = next((row for row, end in enumerate(ends) if end <= x), len(ends))
            ends[row : row + 1] = [x + 20]
            found.append((x, above + 22 + 20 * row, number))
    return found
