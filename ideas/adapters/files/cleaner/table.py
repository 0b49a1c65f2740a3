"""Tables in plain words, CSV: their first two filled columns."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO

from ideas.adapters.files.kinds import LARGEST
from ideas.adapters.files.unfit import UNREADABLE, Unfit

from . import columns, words

if TYPE_CHECKING:
    from ideas.adapters.files.kinds import FileKind


def clean(kind: FileKind, dirty: BinaryIO, cleaned: BinaryIO) -> None:
    """Write the columns, a line for each row. Raises Unfit."""
    whole = io.BytesIO()
    words.clean(kind, dirty, whole)
    text = whole.getvalue().decode()
    csv.field_size_limit(LARGEST)
    try:
        columns.write(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), cleaned)
    except csv.Error:
        raise Unfit(UNREADABLE) from None


def _delimiter(text: str) -> str:
    """What parts the columns: what stands on most of the first lines."""
    lines = [line for line in text[:10_000].splitlines() if line.strip()][:40]
    return max("\t;,", key=lambda each: sum(each in line for line in lines))
