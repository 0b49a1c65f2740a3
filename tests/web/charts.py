"""Charts to look at: believable readings, and what is hard to draw."""

from __future__ import annotations

import datetime as dt

from ideas.domain import spc, verdict, verdict_words
from ideas.web.measures.chart import Happening, Subject

MONDAY = dt.date(2026, 5, 18)
HOURS = [6.1, 5.4, 6.8, 5.9, 6.3, 7.1, 5.2, 6.6, 5.8, 6.4, 6.9, 5.6]
FEWER = [4.4, 4.1, 3.2, 3.9, 3.0, 3.6, 2.9, 3.4, 2.6, 3.1, 3.3, 2.8]


def weeks(count: int, *, missing: tuple[int, ...] = ()) -> list[dt.date]:
    """So many weeks, without those that are missing."""
    return [MONDAY + dt.timedelta(weeks=week) for week in range(count + len(missing)) if week not in missing]


def subject(
    values, days, *, changed_on=None, improvement="decrease", name="Hours from “ready to go” until leaving, Ward 9",
    unit="hours", target=None, rebase_dates=(), happenings=(),
):  # fmt: skip
    """A chart's subject, with the verdict that its readings give."""
    if changed_on:
        analysis = spc.analyse_change(
            values,
            dates=days,
            changed_on=changed_on,
            improvement=improvement,
            target=target,
            rebase_dates=rebase_dates,
        )
    else:
        analysis = spc.analyse(values, dates=days, improvement=improvement, target=target, rebase_dates=rebase_dates)
    said, finding = "", "Nobody has said yet from which day the change counts."
    if changed_on:
        before = [point.value for point in analysis.points if point.date < changed_on]
        judged = verdict.judge(before, [p.value for p in analysis.points[len(before) :]], improvement=improvement)
        said, finding = judged.kind.words, verdict_words.sentence(judged, unit)
    return Subject(
        name=name,
        unit=unit,
        analysis=analysis,
        verdict=said,
        finding=finding,
        target=target,
        changed_on=changed_on,
        happenings=happenings,
    )


def less_bad():
    """As on the mock-up: 12 weeks before and 12 since."""
    return subject(HOURS + FEWER, weeks(24), changed_on=weeks(24)[12], target=3)


def everything():
    """Missing weeks, what happened, new limits, and a signal for worse."""
    days = weeks(34, missing=(5, 6, 7, 20))
    values = HOURS + FEWER + [3.2, 2.9, 3.1, 3.4, 2.7, 3.0, 3.3, 5.9, 3.1, 2.8]
    return subject(
        values,
        days,
        changed_on=days[12],
        target=3.5,
        rebase_dates=[days[17]],
        happenings=[Happening(days[9], "Norovirus, two bays shut"), Happening(days[28], "New rota for the doctors")],
    )


def worse():
    """A percentage that should go up, and went down; over the turn of a year."""
    values = [95, 94, 96, 95, 93, 96, 94, 95, 96, 94, 90, 91, 89, 92, 90, 88, 91, 90]
    days = [dt.date(2025, 9, 1) + dt.timedelta(weeks=week) for week in range(18)]
    return subject(
        values, days, changed_on=days[10], improvement="increase", name="Seen within four hours", unit="%", target=95
    )


def neutral():
    """Many, monthly, with no less bad way: what happens anyway."""
    months = [dt.date(2016 + month // 12, month % 12 + 1, 1) for month in range(36)]
    values = [1_900_000 + (month * 37 % 11) * 21_000 + (month // 20) * 160_000 for month in range(36)]
    return subject(values, months, improvement="neutral", name="People who came", unit="people")


def too_few():
    """Three readings before the change, and four since."""
    days = weeks(7)
    return subject([4, 7, 5, 3, 4, 2, 3], days, changed_on=days[3], unit="calls a day", name="Calls about medicines")


def crowded():
    """A change at once, a long unit, several things in the same weeks, and a flat line."""
    days = weeks(20)
    happenings = [Happening(days[7] + dt.timedelta(days=day), f"Day {day} of the move") for day in (0, 2, 4, 60)]
    return subject(
        [3] * 20, days, changed_on=days[1], unit="calls about medicines a day", happenings=happenings, target=4
    )


def one():
    """A single reading."""
    return subject([0.42], weeks(1), unit="%", name="Left without being seen", target=0.1)


ALL = {f.__name__: f for f in (less_bad, everything, worse, neutral, too_few, crowded, one)}
