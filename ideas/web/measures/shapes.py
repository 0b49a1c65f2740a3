"""The marks of a chart as paths: one shape for each thing that a reading can say, told apart without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas.domain.analysis import PointType

if TYPE_CHECKING:
    from collections.abc import Callable

#: The name of each kind, in CSS and in the key.
NAMES = {
    PointType.COMMON_CAUSE: "common",
    PointType.IMPROVEMENT: "better",
    PointType.CONCERN: "worse",
    PointType.NEUTRAL_HIGH: "high",
    PointType.NEUTRAL_LOW: "low",
}


def circle(x: float, y: float, size: float) -> str:
    """Usual ups and downs."""
    r = _short(4.6 * size)
    return f"M{_short(x - 4.6 * size)} {y}a{r} {r} 0 1 0 {_short(9.2 * size)} 0a{r} {r} 0 1 0 -{_short(9.2 * size)} 0z"


def diamond(x: float, y: float, size: float) -> str:
    """Less bad."""
    w, h = _short(6.5 * size), _short(7.5 * size)
    return f"M{x} {_short(y - 7.5 * size)}l{w} {h}-{w} {h}-{w}-{h}z"


def square(x: float, y: float, size: float) -> str:
    """Worse."""
    side = _short(11 * size)
    return f"M{_short(x - 5.5 * size)} {_short(y - 5.5 * size)}h{side}v{side}h-{side}z"


def upwards(x: float, y: float, size: float) -> str:
    """Higher, where neither way is less bad."""
    w, h = _short(6.5 * size), _short(11 * size)
    return f"M{x} {_short(y - 6.5 * size)}l{w} {h}h-{_short(13 * size)}z"


def downwards(x: float, y: float, size: float) -> str:
    """Lower, where neither way is less bad."""
    w, h = _short(6.5 * size), _short(11 * size)
    return f"M{x} {_short(y + 6.5 * size)}l{w}-{h}h-{_short(13 * size)}z"


DRAWN: dict[str, Callable[[float, float, float], str]] = {
    "common": circle,
    "better": diamond,
    "worse": square,
    "high": upwards,
    "low": downwards,
}


def _short(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")
