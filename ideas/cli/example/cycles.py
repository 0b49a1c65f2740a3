"""Cycles in the example: one team goes round by plan, do, study and act."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ideas import clock
from ideas.domain import cycles
from ideas.models import CycleEnd, Foresight

if TYPE_CHECKING:
    from .diary import Page
    from .story import CycleTold
    from .told import Told


def write(told: Told, page: Page) -> None:
    """Write down each cycle as far as it went."""
    for cycle in told.story.cycles:
        page.on(cycle.planned, partial(_plan, told, cycle))
        if cycle.begun is not None:
            page.on(cycle.begun, partial(_start, told))
        if cycle.ended:
            page.on(cycle.ended, partial(_end, told, cycle))


def _plan(told: Told, cycle: CycleTold) -> None:
    cycles.plan(told.idea, attempt=cycle.attempt, prediction=cycle.prediction, by=told.carrier)


def _start(told: Told) -> None:
    cycles.start(told.idea.cycles[-1], started_on=clock.today(), by=told.carrier)


def _end(told: Told, said: CycleTold) -> None:
    cycle, by = told.idea.cycles[-1], told.carrier
    cycles.report(cycle, happened=said.happened, by=by)
    cycles.study(cycle, foresight=Foresight(said.foresight), learned=said.learned, by=by)
    cycles.act(cycle, ended_as=CycleEnd(said.ended_as), because=said.because, by=by)
