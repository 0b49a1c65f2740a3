"""Due: how the time left until a day is shown, in words and as the state of a dial."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ideas import clock

if TYPE_CHECKING:
    import datetime as dt

    from flask import Flask

#: From this many days on it is time to hurry.
_SOON = 3


@dataclasses.dataclass(frozen=True)
class Due:
    """A day by which something is owed: in words, how urgent, and how much of the time is used (0 to 1)."""

    words: str
    state: str
    fraction: float


def init_app(app: Flask) -> None:
    """Let templates show what is due: `clock(due(request.due_on, request.asked_at))`."""
    app.add_template_global(due)


def due(on: dt.date, since: dt.datetime | None = None) -> Due:
    """What is owed by the end of the day `on`, and was asked for at `since`."""
    today = clock.today()
    left = (on - today).days
    if left < 0:
        return Due(f"Overdue by {-left} {'day' if left == -1 else 'days'}", "late", 1.0)
    start = clock.day(since) if since else today
    fraction = (today - start).days / max((on - start).days, 1)
    words = "Due today" if left == 0 else f"Due in {left} {'day' if left == 1 else 'days'}"
    return Due(words, "soon" if left <= _SOON else "calm", fraction)
