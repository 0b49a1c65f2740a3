"""Slips of the finger: a number so far from all others that somebody should look again. None is refused for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas.text import numbers

if TYPE_CHECKING:
    from ideas.models import Reading

#: Fewer others say nothing about what is usual.
FEWEST = 3
#: So many times the highest, or so small a part of the lowest: a figure too many is ten times what is usual.
FAR = 5


def question(reading: Reading) -> str:
    """What to look at again, in a sentence; nothing for a number like the others."""
    measure = reading.measure
    others = [other.value for other in measure.readings if other is not reading]
    said = numbers.with_unit(numbers.plain(reading.value), measure.unit)
    if measure.unit == "%" and reading.value > 100 >= max(others, default=0):
        return f"{said} is more than all of it. If that is a slip, put it right."
    if len(others) < FEWEST or not _is_far(reading.value, min(others), max(others)):
        return ""
    lowest, highest = (numbers.plain(value) for value in (min(others), max(others)))
    return f"{said} is far from the others, {lowest} to {highest}. If that is a slip, put it right."


def _is_far(value: float, lowest: float, highest: float) -> bool:
    return value > highest * FAR > 0 or 0 < value * FAR < lowest
