"""Weeks: what a team said once a week while it tried, with the number that it counted that week."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from ideas import clock
from ideas.domain import weekly_minutes
from ideas.domain.weekly_minutes import Said
from ideas.models import Kept

if TYPE_CHECKING:
    from .diary import Page
    from .story import WeekTold
    from .told import Told


def write(told: Told, page: Page) -> None:
    """Write down each week that somebody of the team answered."""
    for week in told.story.weeks:
        page.on(week.day, functools.partial(_say, told, week))


def give(told: Told, day: int, name: str, value: float) -> bool:
    """Keep this number for the week that is told on that day. Returns whether there is one."""
    if all(week.day != day for week in told.story.weeks):
        return False
    told.weekly[day, name] = value
    return True


def _say(told: Told, week: WeekTold) -> None:
    idea, now = told.idea, weekly_minutes.this_week(told.idea)
    if weekly_minutes.of_week(idea, now):
        # Around Easter, two may fall into one week: on the last working day before each.
        return
    counted = {measure.id: told.weekly.get((week.day, measure.name)) for measure in weekly_minutes.counted(idea, now)}
    pledges = weekly_minutes.pledges_of_time(idea) if week.kept else []
    said = Said(
        numbers={id: value for id, value in counted.items() if value is not None},
        time={pledge.id: Kept(week.kept) for pledge in pledges},
        in_the_way=week.in_the_way,
        worse=week.worse,
    )
    monday = clock.monday(clock.today())
    weekly_minutes.answer(idea, said, week_starts_on=monday, by=told.person(week.by), version=0)
