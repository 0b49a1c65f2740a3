"""Forecasts: said with the plan, whether what it counts will be enough to tell."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ideas import clock
from ideas.models import MeasureKind, Stage

from . import asking
from .outlook import outlook

if TYPE_CHECKING:
    from ideas.models import Idea, Measure

    from .outlook import Outlook


@dataclasses.dataclass(frozen=True)
class Forecast:
    """What is counted, and whether there will be enough of it."""

    measure: Measure
    outlook: Outlook


def forecast(idea: Idea) -> Forecast | None:
    """Look ahead, before it is tried, at what matters most of what it counts.

    None where it counts nothing, nobody knows how often, or it has been tried.
    """
    if idea.stage not in (Stage.NEW, Stage.PLANNING, Stage.SIGN_OFF):
        return None
    starts_on, ends_on = max(clock.today(), idea.plan.starts_on or clock.today()), asking.usual_end(idea)
    for kind in (MeasureKind.OUTCOME, MeasureKind.PROCESS):
        for measure in idea.measures:
            if measure.kind is kind and measure.rhythm.days:
                days, every = (ends_on - starts_on).days, measure.rhythm.days
                return Forecast(measure, outlook(before=measure.reading_count, days=days, every=every))
    return None
