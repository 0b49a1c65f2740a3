"""The first two filled columns of a table, as lines of text with a tab between."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, BinaryIO

from ideas.adapters.files.unfit import Unfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: More rows are not read, and nobody takes as many.
MOST_ROWS = 20_001
#: More columns are not looked at.
MOST_COLUMNS = 200
_LONGEST_CELL = 200
#: As much as a page takes back: twice as much as ten thousand days and numbers.
MOST_BYTES = 500_000
FAR_TOO_MUCH = (
    "The first two filled columns hold far more than days and numbers. Keep a day and a number on each row, "
    "save it, and choose it again."
)


def write(rows: Iterable[Iterable[str]], out: BinaryIO) -> None:
    """Write a line for each row, an empty one for an empty row, so that lines and rows have the same numbers.

    Raises Unfit where it is far too much.
    """
    # Of each row its first two cells are enough: no column before the first two is filled in any row.
    kept = [list(itertools.islice(_filled(row), 2)) for row in itertools.islice(rows, MOST_ROWS)]
    columns = sorted({place for cells in kept for place, _ in cells})[:2]
    while kept and not kept[-1]:
        kept.pop()
    written = 0
    for cells in kept:
        there = dict(cells)
        written += out.write("\t".join(there.get(place, "") for place in columns).encode(errors="replace") + b"\n")
        if written > MOST_BYTES:
            raise Unfit(FAR_TOO_MUCH)


def _filled(row: Iterable[str]) -> Iterator[tuple[int, str]]:
    for place, cell in enumerate(itertools.islice(row, MOST_COLUMNS)):
        if words := " ".join(cell[: 2 * _LONGEST_CELL].split())[:_LONGEST_CELL]:
            yield place, words
