"""Numbers in figures, as the screen and the history write them."""

from __future__ import annotations

import math


def plain(value: float) -> str:
    """8.2, 1,250 or -3: no more places than are needed, six at most, and never a power of ten."""
    figures = f"{value:,.6f}".rstrip("0").rstrip(".")
    return "0" if figures == "-0" else figures


def rounded(value: float, places: int) -> str:
    """8.2 for 8.16 to one place: always so many places, so that figures stand beside each other."""
    figures = f"{value:,.{places}f}"
    return figures[1:] if figures.startswith("-") and not figures.strip("-0.,") else figures


def places_for(spread: float) -> int:
    """How many places show a difference within a spread: two figures of it, six places at most."""
    if not 0 < spread < math.inf:
        return 0
    return min(max(0, 1 - math.floor(math.log10(spread))), 6)


def with_unit(figures: str, unit: str) -> str:
    """6.2 hours, and 95%."""
    return f"{figures}{unit}" if unit == "%" else f"{figures} {unit}"


def plural(count: int, noun: str, many: str | None = None) -> str:
    """As "1 idea" or "3 ideas"; "2 people" with plural(2, "person", "people")."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"
