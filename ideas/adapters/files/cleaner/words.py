"""Plain words: text and tables, kept as UTF-8, with nothing that a browser or a sheet would run."""

from __future__ import annotations

import csv
import io
import re
from typing import BinaryIO

from ideas.adapters.files.kinds import LARGEST, FileKind
from ideas.adapters.files.unfit import Unfit

#: What is in no text that somebody typed.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: What pages, pictures and scripts begin with.
_MARK_UP = re.compile(r"<\s*(!doctype|\?xml|\?php|html|head|body|script|svg|iframe|img|math|style)\b", re.IGNORECASE)
#: What a sheet takes for a formula; a number or a telephone number with its sign is none.
_FORMULA = re.compile(r"\s*(=|@|[+-](?![\d.,\s()-]*$))")
_NUMBER_OR_DASH = re.compile(r"\s*[+-]?[\d.,\s()%£-]*$")


def clean(kind: FileKind, dirty: BinaryIO, cleaned: BinaryIO) -> None:
    """Keep the words. Raises Unfit for what is no text, or would run somewhere."""
    text = _decoded(dirty.read(LARGEST + 1))
    if not text.strip():
        raise Unfit("This file is empty. Choose another.")
    if _NOT_TEXT.search(text):
        raise Unfit("This is not a text, whatever its name says. Choose the file that you mean.")
    if _MARK_UP.search(text):
        raise Unfit("This is a web page or a drawing in code. Save it as a PDF, and add that.")
    if kind is FileKind.CSV:
        _refuse_formulas(text)
    cleaned.write(text.encode())


def _decoded(raw: bytes) -> str:
    # The last is what Excel saves on an English machine, when it is not UTF-8.
    for encoding in ["utf-16"] if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unfit("This is not a text, whatever its name says. Choose the file that you mean.")


def _refuse_formulas(text: str) -> None:
    csv.field_size_limit(LARGEST)
    try:
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                if _FORMULA.match(cell) and not _NUMBER_OR_DASH.match(cell):
                    raise Unfit("This table has a formula in it. Save it with its values, and add that.")
    except csv.Error:
        raise Unfit("This is not a table. Save it as CSV again, or add it as text.") from None
