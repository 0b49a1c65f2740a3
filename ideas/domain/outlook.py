"""Said beforehand: will the readings of a plan be enough to tell whether it is less bad? Pure."""

from __future__ import annotations

import dataclasses
import math

from ideas.text.numbers import plural

from .verdict import BEFORE_AT_LEAST, SINCE_AT_LEAST

#: So many readings since the change find a real difference nine times in ten; see docs/evidence.md.
_ADVISED = 8
_WEEK = 7


@dataclasses.dataclass(frozen=True, slots=True)
class Outlook:
    """How many readings there will be, and whether that is enough."""

    before: int
    since: int
    #: what to say of it, with what would be enough
    words: str

    @property
    def is_enough(self) -> bool:
        """Whether the chart will be able to tell."""
        return self.before >= BEFORE_AT_LEAST and self.since >= SINCE_AT_LEAST


def outlook(*, before: int, days: int, every: int) -> Outlook:
    """Look ahead: with so many readings before it starts, it runs for so many days, and counts every so many days."""
    since = max(days, 0) // every
    words = []
    if before < BEFORE_AT_LEAST:
        words.append(f"{_from_before(before)} Count {BEFORE_AT_LEAST - before} more before it starts.")
    ends = f"Counting {_how_often(every)}, this ends with {plural(since, 'reading')}"
    if since < SINCE_AT_LEAST:
        longer = f"try for {_length(_ADVISED * every)}"
        oftener = _oftener(days, every)
        words.append(f"{ends}: too few. {f'Count {oftener}, or {longer}' if oftener else longer.capitalize()}.")
    else:
        words.append(f"{ends}: enough to tell." if not words else f"{ends}.")
    return Outlook(before, since, " ".join(words))


def _from_before(count: int) -> str:
    if count == 0:
        return "There is no reading from before the change: nobody could tell."
    return f"There {'is' if count == 1 else 'are'} {plural(count, 'reading')} from before the change: too few."


def _oftener(days: int, every: int) -> str:
    """The least that has to be done more often to have enough; empty where it runs for too short a time."""
    enough = {"once a week": _WEEK, "daily": 1}
    return next((words for words, each in enough.items() if each < every and days // each >= _ADVISED), "")


def _how_often(every: int) -> str:
    if every == 1:
        return "every day"
    if every == _WEEK:
        return "once a week"
    if 28 <= every <= 31:
        return "once a month"
    return f"every {every // _WEEK} weeks" if every % _WEEK == 0 else f"every {every} days"


def _length(days: int) -> str:
    return f"{days} days" if days < 2 * _WEEK else f"{math.ceil(days / _WEEK)} weeks"
