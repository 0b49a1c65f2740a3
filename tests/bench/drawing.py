"""A picture of bars, in plain SVG."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, LEFT, RIGHT, BAR, GAP = 720, 70, 60, 12, 14
COLOURS = ("#a8c5b8", "#5f9480", "#1f5c48")


def bars(groups: Sequence[tuple[str, Sequence[float]]], series: Sequence[str]) -> str:
    """Lying bars: for each group one bar of each series, with its number; a line at every fourth."""
    largest = max(value for _, values in groups for value in values)
    top = max(8, math.ceil(largest / 4) * 4)
    each = len(series) * BAR + GAP
    height = 60 + len(groups) * each
    scale = (WIDTH - LEFT - RIGHT) / top
    drawn = [*_key(series), *_lines(top, scale, height)]
    for number, (name, values) in enumerate(groups):
        y = 44 + number * each
        drawn.append(_text(LEFT - 8, y + len(values) * BAR / 2 + 4, name, "end"))
        for place, value in enumerate(values):
            drawn.append(
                f'<rect x="{LEFT}" y="{y + place * BAR}" width="{value * scale:.1f}" height="{BAR - 2}" '
                f'fill="{COLOURS[place % len(COLOURS)]}"/>'
            )
            drawn.append(_text(LEFT + value * scale + 5, y + place * BAR + 9, f"{value:.1f}", "start"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'font-family="sans-serif" font-size="12">\n<title>Times the floor</title>\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fffdf9"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _key(series: Sequence[str]) -> list[str]:
    drawn = []
    for place, name in enumerate(series):
        x = LEFT + place * 130
        drawn.append(f'<rect x="{x}" y="10" width="12" height="12" fill="{COLOURS[place % len(COLOURS)]}"/>')
        drawn.append(_text(x + 18, 20, name, "start"))
    return drawn


def _lines(top: int, scale: float, height: int) -> list[str]:
    step = max(1, top // 32) * 4
    drawn = []
    for value in range(0, top + 1, step):
        x = LEFT + value * scale
        drawn.append(f'<path d="M{x:.1f} 36V{height - 18}" stroke="#ddd6c9"/>')
        drawn.append(_text(x, height - 4, str(value), "middle"))
    return drawn


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#2b2b28">{escape(words)}</text>'
