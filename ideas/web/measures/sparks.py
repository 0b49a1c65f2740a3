"""Sparks: the newest readings as a line beside a verdict, drawn from the heights that are kept with the idea."""

from __future__ import annotations

import dataclasses

_LEFT, _RIGHT, _TOP = 3, 83, 4


@dataclasses.dataclass(frozen=True, slots=True)
class Spark:
    """Two lines that meet where the change started, and the newest reading. Paper: 88 by 28."""

    before: str
    since: str
    #: where the change started, from the left; none when no reading came before it, or none since
    cut: int | None
    end: tuple[int, int]


def spark(kept: str) -> Spark:
    """The drawing of what `Idea.spark` holds: "9 10|4 3"."""
    before, since = ([int(height) for height in side.split()] for side in kept.split("|"))
    heights = [*before, *since]
    step = (_RIGHT - _LEFT) / max(len(heights) - 1, 1)
    places = [(round(_LEFT + step * place), _TOP + 20 - height) for place, height in enumerate(heights)]
    cut = places[len(before)][0] if before and since else None
    # The line before goes on to the first reading since, so that there is no gap.
    return Spark(_line(places[: len(before) + 1] if before else []), _line(places[len(before) :]), cut, places[-1])


def _line(places: list[tuple[int, int]]) -> str:
    if not places:
        return ""
    path, (x, y) = f"M{places[0][0]} {places[0][1]}", places[0]
    for to_x, to_y in places[1:]:
        path += f"l{to_x - x} {to_y - y}"
        x, y = to_x, to_y
    return path
