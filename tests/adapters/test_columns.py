"""Tables from outside: two columns come out of the good ones, a clear word of the bad ones, and no memory is lost."""

from __future__ import annotations

import datetime as dt
import io
import resource
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from ideas.adapters.files.store import Store
from ideas.config import ROOT
from ideas.domain import batches
from ideas.domain.errors import Invalid
from tests.helpers import files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: What the process that reads may grow to, with Python and its libraries in it. The server does not grow at all.
READER_MB = 150


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "files")


def columns(name: str, content: bytes, store: Store) -> str:
    with (store.arriving / "dirty").open("w+b") as file:
        file.write(content)
        file.flush()
        return batches.columns(name, file, store=store)


def book(change: Callable[[Any], None] = lambda sheet: None, rows: Any = None) -> bytes:
    """An Excel book whose second and fourth columns are filled, with days as Excel keeps them."""
    made = openpyxl.Workbook()
    sheet = made.active
    for row in rows or [
        (None, None, None, None),
        (None, "Week", None, "Seen in time"),
        (None, dt.datetime(2026, 11, 2), None, 0.955),
        (None, dt.date(2026, 11, 9), None, 1048.25),
        (None, "16 Nov 2026", None, "1,040"),
    ]:
        sheet.append(row)
    sheet["D3"].number_format = "0.0%"
    made.create_sheet("Another").append(("not", "read"))
    change(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def merged(sheet: Any) -> None:
    sheet.merge_cells("B2:D2")


def empty(sheet: Any) -> None:
    sheet.delete_rows(1, 10)


def formula(sheet: Any) -> None:
    sheet["D4"] = "=D3*2"


@pytest.mark.parametrize("shows", ['0"%"', "0\\%"])
def test_a_sign_of_percent_that_only_stands_there_is_no_hundredth(store: Store, shows: str) -> None:
    def as_written(sheet: Any) -> None:
        sheet["D3"], sheet["D3"].number_format = 95, shows

    assert "95" in columns("waits.xlsx", book(as_written), store).splitlines()[2].split("\t")


def test_the_first_two_filled_columns_of_the_first_sheet_are_read_as_they_are_seen(store: Store) -> None:
    assert columns("waits.xlsx", book(), store).splitlines() == [
        "\t",
        "Week\tSeen in time",
        "02/11/2026\t95.5%",
        "09/11/2026\t1048.25",
        "16 Nov 2026\t1,040",
    ]


def test_a_formula_that_excel_never_worked_out_leaves_its_number_empty(store: Store) -> None:
    assert columns("waits.xlsx", book(formula), store).splitlines()[3] == "09/11/2026\t"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_csv_is_read_in_every_encoding_that_excel_writes(store: Store, encoding: str, between: str) -> None:
    rows = [["Day", "", "£"], ["02/11/2026", "", '"1,048.50"'], ["09/11/2026", "", "£40"]]
    text = "\r\n".join(between.join(row) for row in rows)
    read = columns("waits.csv", text.encode(encoding), store)
    assert read.splitlines() == ["Day\t£", "02/11/2026\t1,048.50", "09/11/2026\t£40"]


def bomb() -> bytes:
    return files.office(files.SHEET, "xl/workbook.xml", xl__worksheets__sheet1_xml=b" " * 50_000_000)


def macros() -> bytes:
    return files.office(files.SHEET, "xl/workbook.xml", xl__vbaProject_bin=b"x")


BAD = {
    "merged cells": ("waits.xlsx", lambda: book(merged), "Cells are merged on the first sheet: B2 to D2"),
    "a password": ("waits.xlsx", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "locked with a password"),
    "macros": ("waits.xlsx", macros, "has macros"),
    "a book of the kind with macros": ("waits.xlsm", book, "neither CSV nor an Excel file"),
    "an old book": ("waits.xls", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "neither CSV nor an Excel file"),
    "a ZIP bomb": ("waits.xlsx", bomb, "unpacks to far more"),
    "a ZIP bomb whose parts overlap": ("waits.xlsx", files.overlapping_zip_bomb, "unpacks to far more"),
    "an empty sheet": ("waits.xlsx", lambda: book(empty), "The first sheet is empty"),
    "a photo": ("waits.xlsx", files.picture, "not an Excel sheet"),
    "noise": ("waits.csv", lambda: bytes(range(256)) * 4, "not a text"),
    "a formula in CSV": ("waits.csv", lambda: b"02/11/2026,=1+1\n", "has a formula"),
    "columns of words": ("waits.csv", lambda: (b"<>" * 99 + b",x\n") * 20_000, "far more than days and numbers"),
    "nothing": ("waits.csv", bytes, "is empty"),
    "more than 10 MB": ("waits.csv", lambda: b"1" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_table_is_refused_with_a_clear_word(store: Store, case: str) -> None:
    name, make, words = BAD[case]
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Invalid) as refusal:
        columns(name, make(), store)
    assert words in refusal.value.words
    assert "PDF" not in refusal.value.words
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own) / 1024 < 120


def test_a_book_of_far_too_many_rows_is_read_as_far_as_a_measure_goes(store: Store) -> None:
    day = dt.datetime(2000, 1, 1)
    rows = [(day + dt.timedelta(days=number), number) for number in range(12_000)]
    assert len(columns("waits.xlsx", book(lambda sheet: None, rows), store).splitlines()) == 12_000


#: Started small, so that what it measures is the reader, and not the tests that it came from.
MEASURE = """
import resource, subprocess, sys
for what, file in zip(sys.argv[1::2], sys.argv[2::2]):
    with open(file, "rb") as dirty:
        reader = [sys.executable, "-m", "ideas.adapters.files.cleaner", what]
        subprocess.run(reader, stdin=dirty, stdout=open(file + ".clean", "w+b"), stderr=subprocess.DEVNULL)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def test_a_hostile_book_does_not_grow_the_process_that_reads_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def far(sheet: Any) -> None:
        sheet["XFD1048576"] = 1

    hostile = {"bomb": bomb(), "overlapping": files.overlapping_zip_bomb(), "far": book(far)}
    words = []
    for name, content in hostile.items():
        (tmp_path / name).write_bytes(content)
        words += ["columns.xlsx", str(tmp_path / name)]

    done = subprocess.run([sys.executable, "-c", MEASURE, *words], cwd=ROOT, capture_output=True, text=True, check=True)

    with capsys.disabled():
        print("\nlargest reading process, after each book:", dict(zip(hostile, done.stdout.split(), strict=True)), "MB")
    assert max(int(each) for each in done.stdout.split()) < READER_MB
