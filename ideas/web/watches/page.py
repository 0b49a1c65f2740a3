"""What pages show of the watches of an idea that was adopted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ideas import clock
from ideas.domain import watches
from ideas.models import Stage
from ideas.text import dates

if TYPE_CHECKING:
    from ideas.models import Idea


def of(idea: Idea) -> dict[str, Any]:
    """What was said of it since it was adopted, and on which days it is asked about again."""
    if idea.stage is not Stage.ADOPTED:
        return {}
    to_come = [dates.full(on) for on in watches.due_on(idea).values() if on > clock.today()]
    watched = watches.current(idea)
    is_open = bool(watched) and watches.takes_answers(watched[-1])
    return {"watched": watched, "watch_is_open": is_open, "asked_again_on": to_come}
