"""The diary: what happens in the example, day by day, told in the order in which it happened."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ideas import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    Act = Callable[[], object]

#: Acts of one idea lie at least so far apart.
_APART = dt.timedelta(minutes=4)
#: Whose working days they keep.
NATION = "england"


class Page:
    """One idea's acts, each with its day as a number of days before today (a fraction keeps their order)."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._acts: list[tuple[float, Act]] = []

    def on(self, days_ago: float, act: Act) -> None:
        """This happens so many days ago; on the same day, what was written first happens first."""
        if days_ago < 1:
            raise ValueError(f"idea {self.number}: what happened is before today")
        self._acts.append((days_ago, act))

    def moments(self, today: dt.date) -> list[tuple[dt.datetime, Act]]:
        """The acts in order, each at a moment of a working day, none before the one above it."""
        told: list[tuple[dt.datetime, Act]] = []
        for place, (days_ago, act) in enumerate(sorted(self._acts, key=lambda pair: -pair[0])):
            moment = dt.datetime.combine(
                worked(today, int(days_ago)), self._time_of_day(place), tzinfo=clock.LONDON
            ).astimezone(dt.UTC)
            if told:
                moment = max(moment, told[-1][0] + _APART)
            told.append((moment, act))
        return told

    def _time_of_day(self, place: int) -> dt.time:
        """Between eight and five, another time for every act."""
        minutes = 8 * 60 + (self.number * 67 + place * 41) % 530
        return dt.time(minutes // 60, minutes % 60)


def worked(today: dt.date, days_ago: int) -> dt.date:
    """The day so many days ago, or the last working day before it."""
    day = today - dt.timedelta(days=days_ago)
    while not clock.is_working_day(day, NATION):
        day -= dt.timedelta(days=1)
    return day


def tell(pages: list[Page], today: dt.date) -> None:
    """Let everything happen, in the order of time, each act at its own moment."""
    acts = [(moment, page.number, act) for page in pages for moment, act in page.moments(today)]
    for moment, number, act in sorted(acts, key=lambda row: row[0]):
        with clock.at(moment):
            try:
                act()
            except Exception as error:
                error.add_note(f"in the story of idea {number}, {(today - clock.day(moment)).days} days ago")
                raise


def days_ago_to_be_due_in(days: int, today: dt.date, *, within: int, nation: str) -> int:
    """How many days ago a leader was asked whose answer, owed within so many working days, is due in `days` days.

    Where that falls on no working day: an answer that is late is later, one to come is due on the next.
    """
    due = today + dt.timedelta(days=days)
    while not clock.is_working_day(due, nation):
        due += dt.timedelta(days=-1 if days < 0 else 1)
    for days_ago in range(1, 90):
        asked = today - dt.timedelta(days=days_ago)
        if clock.is_working_day(asked, NATION) and clock.working_days_after(asked, within, nation) == due:
            return days_ago
    raise ValueError(f"no day on which to ask so that it is due on {due}")
