"""Readings for the example: made up, the same every time, and shown as made up."""

from __future__ import annotations

import random


def around(value: float, count: int, *, spread: float, decimals: int, seed: int) -> list[float]:
    """So many readings whose mean is the value, as near as rounding lets it."""
    strays = _strays(count, seed)
    middle = sum(strays) / count if count else 0
    return [_rounded(value * (1 + spread * (stray - middle)), decimals) for stray in strays]


def towards(start: float, end: float, count: int, *, spread: float, decimals: int, seed: int) -> list[float]:
    """So many readings that leave the start quickly at first, then stay around the end."""
    scale = spread * max(abs(end), abs(start) / 4)
    return [
        _rounded(end + (start - end) * 0.45 ** (place + 1) + scale * stray, decimals)
        for place, stray in enumerate(_strays(count, seed))
    ]


def _strays(count: int, seed: int) -> list[float]:
    dice = random.Random(4821 + seed)  # noqa: S311 - nothing is kept secret with these
    return [dice.uniform(-1, 1) for _ in range(count)]


def _rounded(value: float, decimals: int) -> float:
    """As it would be written down; never below nothing."""
    return max(round(value, decimals), 0.0) if decimals else float(max(round(value), 0))
