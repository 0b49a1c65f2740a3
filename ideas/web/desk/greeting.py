"""The greeting: the one sentence that answers first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas import clock
from ideas.web.templating import number_word

if TYPE_CHECKING:
    from ideas.domain.desk import Desk
    from ideas.models import Person


def greeting(desk: Desk, person: Person) -> str:
    """All that waits, in a sentence: "Good morning, Femi. Three answers wait for you, one is late."."""
    noun = "answer" if len(desk.answers) == desk.waiting else "thing"
    return f"{time_of_day()}, {person.first_name}. {_waits(desk.waiting, desk.late, noun)}."


def time_of_day() -> str:
    """How one greets at this hour in London."""
    hour = clock.now().astimezone(clock.LONDON).hour
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 18 else "Good evening"


def _waits(count: int, late: int, noun: str) -> str:
    if not count:
        return "Nothing waits for you"
    if count == 1:
        return f"One {noun} waits for you{', and it is late' if late else ''}"
    words = f"{number_word(count).capitalize()} {noun}s wait for you"
    if not late:
        return words
    if late == count:
        return f"{words}, all late"
    return f"{words}, {number_word(late)} {'is' if late == 1 else 'are'} late"
