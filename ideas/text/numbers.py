"""Numbers in figures, as the screen and the history write them."""

from __future__ import annotations


def plain(value: float) -> str:
    """8.2, 1,250 or -3: no more places than are needed, six at most, and never a power of ten."""
    figures = f"{value:,.6f}".rstrip("0").rstrip(".")
    return "0" if figures == "-0" else figures
