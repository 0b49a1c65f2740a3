"""QR codes, as the path of a drawing."""

from __future__ import annotations

import dataclasses

import segno

#: The quiet edge that a reader needs around the squares, in squares.
_EDGE = 4


@dataclasses.dataclass(frozen=True)
class Drawing:
    """The squares to fill, in a view box of `size` by `size`."""

    size: int
    path: str


def drawn(text: str) -> Drawing:
    """The QR code of a text. A quarter of it may be torn or stained, and it is still read."""
    rows = [list(row) for row in segno.make(text, error="q", micro=False).matrix]
    runs = [f"M{x + _EDGE} {y + _EDGE}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    return Drawing(size=len(rows) + 2 * _EDGE, path="".join(runs))
