"""Excel sheets: the first two filled columns of the first sheet, days and numbers as somebody sees them there."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from typing import TYPE_CHECKING, Any, BinaryIO

import openpyxl

from ideas.adapters.files.unfit import Unfit

from . import columns, office
from .packages import Package, read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ideas.adapters.files.kinds import FileKind

_MERGED = "mergeCell"


def clean(kind: FileKind, dirty: BinaryIO, cleaned: BinaryIO) -> None:
    """Write the columns, a line for each row. Raises Unfit.

    The book is written anew first, as one that is kept: what runs, fetches, hides or unpacks to too much is refused.
    """
    with tempfile.TemporaryFile() as anew:
        office.clean(kind, dirty, anew)
        anew.seek(0)
        # Row by row; of a formula the value that was kept with it.
        book = openpyxl.load_workbook(anew, read_only=True, data_only=True, keep_links=False)
        sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), None)
        if sheet is None:
            raise Unfit("There is no sheet with cells in this book. Choose another.")
        _refuse_merged(anew, sheet)
        # What a book says of its size may be wrong.
        sheet.reset_dimensions()
        columns.write(_rows(sheet), cleaned)


def _refuse_merged(book: BinaryIO, sheet: Any) -> None:
    book.seek(0)
    package = Package(book, "an Excel sheet")

    def look(name: str, said: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == _MERGED:
            where = said.get("ref", "")[:40].replace(":", " to ")
            raise Unfit(f"Cells are merged on the first sheet: {where}. Unmerge them, save it, and choose it again.")

    for _ in read_xml(package.pieces(sheet._worksheet_path.lstrip("/")), look):
        pass


def _rows(sheet: Any) -> Iterator[Iterator[str]]:
    for row in sheet.iter_rows(max_row=columns.MOST_ROWS, max_col=columns.MOST_COLUMNS):
        yield (_words(cell) for cell in row)


def _is_percent(number_format: str) -> bool:
    """Whether Excel shows a hundred times the value: one in quotation marks or after a backslash only stands there."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", number_format)


def _words(cell: Any) -> str:
    """What the cell shows."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return f"{value.day:02}/{value.month:02}/{value.year}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value * 100:.12g}%" if _is_percent(cell.number_format or "") else f"{value:.15g}"
    return str(value)
