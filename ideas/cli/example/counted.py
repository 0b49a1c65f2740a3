"""What was counted in the example: the same numbers every time, made up, and shown as made up."""

from __future__ import annotations

import datetime as dt
import itertools
from functools import partial
from typing import TYPE_CHECKING

from ideas import clock
from ideas.domain import batches, happenings, measures, readings, rebases
from ideas.models import Direction, MeasureKind, Rhythm

from . import diary, weeks

if TYPE_CHECKING:
    from .diary import Page
    from .story import Series
    from .told import Told

#: So many readings since the change are entered at once; of days, a week.
_AT_ONCE = 4
_DIRECTIONS = {"decrease": Direction.LOWER, "increase": Direction.HIGHER}


def write(told: Told, page: Page) -> None:
    """Write down each measure, what was counted before and since, and what else happened."""
    for series in told.story.series:
        name = series.name or _sentence(told.story.measured["measure"])
        day = _day_of_measure(told)
        page.on(day, partial(_add, told, series, name))
        if Rhythm(series.every) is Rhythm.EVENT:
            _each_time(told, page, series, name, day)
        else:
            _before(told, page, series, name, day)
            if told.started is not None:
                _since(told, page, series, name)


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _day_of_measure(told: Told) -> float:
    """How many days ago they said what they count: when the plan stood, or while they still worked on it."""
    story, stood = told.story, told.plan_stood
    if story.stop and not story.rounds:
        return ((story.planned or story.said) + story.stop.day) / 2
    return stood + 1 if story.planned is None or stood + 1 < story.planned else stood + 0.2


def _add(told: Told, series: Series, name: str) -> None:
    measured = told.story.measured
    told.measures[name] = measures.add(
        told.idea,
        name=name,
        unit=series.unit or measured["unit"],
        direction=Direction(series.direction or _DIRECTIONS[measured["improvement_direction"]]),
        kind=MeasureKind(series.kind),
        rhythm=Rhythm(series.every),
        place=series.place,
        definition=series.definition,
        target=series.target,
        by=told.carrier,
        is_illustrative=True,
    )


def _before(told: Told, page: Page, series: Series, name: str, day: float) -> None:
    """What was counted until the trial began: some of it found in old lists when the measure was said."""
    said_on = diary.worked(told.today, int(day))
    ends = said_on if told.started is None else diary.worked(told.today, int(told.started))
    count, step = len(series.before), _step(series)
    if step == 1:
        # Whole weeks, so that the weekends are weekends.
        monday = ends - dt.timedelta(ends.weekday())
        days = [monday - dt.timedelta(count - place) for place in range(count)]
    else:
        days = [diary.worked(ends, 1 + step * (count - 1 - place)) for place in range(count)]
    values = dict(zip(days, series.before, strict=True))
    found = {taken_on: value for taken_on, value in values.items() if taken_on < said_on}
    later = {taken_on: value for taken_on, value in values.items() if taken_on >= said_on}
    if found:
        page.on(day - 0.001, partial(_enter, told, name, found))
    if later and told.started is not None:
        page.on(told.started + 0.01, partial(_enter, told, name, later))


def _since(told: Told, page: Page, series: Series, name: str) -> None:
    days = list(_days_since(told, series))
    left = {}
    for place, (ago, taken_on) in enumerate(days):
        value = series.since[place]
        if not weeks.give(told, ago, name, value):
            left[taken_on] = value
        if left and (len(left) == _at_once(series) or place == len(days) - 1):
            page.on(ago, partial(_enter, told, name, left))
            left = {}
    if limits := series.new_limits:
        ago, _ = days[-1]
        page.on(ago - 0.02, partial(_begin_limits, told, name, days[limits["at"]][1], limits["why"]))
    for happening in series.happenings:
        ago, taken_on = days[happening["at"]]
        page.on(ago - 0.02, partial(_note, told, taken_on, happening["words"]))


def _days_since(told: Told, series: Series) -> list[tuple[int, dt.date]]:
    """How many days ago each reading since the change is entered, and its day; only what has been by now."""
    started, step = int(told.started or 0), _step(series)
    if step > 1:
        found = [(started - step * (place + 1)) for place in range(len(series.since))]
        days = [(ago, diary.worked(told.today, ago)) for ago in found if ago >= 1]
    else:
        begins = diary.worked(told.today, started)
        monday = begins + dt.timedelta(7 - begins.weekday())
        every = (monday + dt.timedelta(place) for place in range(len(series.since)))
        days = [(ago, day) for day in every if (ago := _ago_to_enter(told.today, day)) >= 1]
    stop = told.story.stop
    return [each for each in days if stop is None or each[0] > stop.day]


def _ago_to_enter(today: dt.date, day: dt.date) -> int:
    """How many days ago the first working day was on which this day could be entered."""
    while not clock.is_working_day(day, diary.NATION):
        day += dt.timedelta(days=1)
    return (today - day).days


def _each_time(told: Told, page: Page, series: Series, name: str, day: float) -> None:
    """Write down each time that a rare thing happened; what the series holds are the days between.

    The last time before the trial was two days before it. What was before the measure was said is found in old lists.
    """
    last = int(told.started or day) + 2
    before = list(itertools.accumulate(reversed(series.before), initial=last))
    since = [last - days for days in itertools.accumulate(series.since)]
    days = {ago: told.today - dt.timedelta(ago) for ago in map(int, [*reversed(before), *since])}
    page.on(day - 0.001, partial(_enter, told, name, {on: 1 for ago, on in days.items() if ago > day + 1}))
    for on in (on for ago, on in days.items() if 1 <= ago <= day + 1):
        page.on(_ago_to_enter(told.today, on), partial(_happened, told, name, on))


def _step(series: Series) -> int:
    return Rhythm(series.every).days or 1


def _at_once(series: Series) -> int:
    return 7 if Rhythm(series.every) is Rhythm.DAY else _AT_ONCE


def _enter(told: Told, name: str, values: dict[dt.date, float]) -> None:
    measure, by = told.measures[name], told.carrier
    text = "\n".join(str(day) if measure.counts_days_between else f"{day}\t{value}" for day, value in values.items())
    batches.add(measure, text, seal=batches.read(measure, text).seal, doubles=None, by=by)


def _happened(told: Told, name: str, on: dt.date) -> None:
    readings.enter(told.measures[name], taken_on=on, value=1, by=told.carrier)


def _begin_limits(told: Told, name: str, starts_on: dt.date, why: str) -> None:
    rebases.begin(told.measures[name], starts_on=starts_on, reason=why, by=told.carrier)


def _note(told: Told, happened_on: dt.date, words: str) -> None:
    happenings.note(told.idea, happened_on=happened_on, words=words, by=told.carrier)
