"""The process itself: small limits first, then one file in and one file out."""

from __future__ import annotations

import importlib
import resource
import sys

from ideas.adapters.files.kinds import FileKind
from ideas.adapters.files.unfit import REFUSED, Unfit

#: Which module reads a kind, or its columns, and how much memory it may have, in MB: pictures need room for their dots.
READERS: dict[str, tuple[str, int]] = {
    FileKind.PDF: ("pdf", 150),
    FileKind.DOCX: ("office", 150),
    FileKind.XLSX: ("office", 150),
    FileKind.PPTX: ("office", 150),
    FileKind.ODT: ("opendocument", 150),
    FileKind.PNG: ("pictures", 320),
    FileKind.JPG: ("pictures", 320),
    FileKind.WEBP: ("pictures", 320),
    FileKind.TXT: ("words", 100),
    FileKind.CSV: ("words", 100),
    # Not the whole, written anew, but its columns.
    "columns.xlsx": ("sheet", 150),
    "columns.csv": ("table", 150),
    "columns.txt": ("table", 150),
}
WORKING_SECONDS = 10
WRITTEN_BYTES = 32 * 1024 * 1024


def main(what: str) -> int:
    """Clean one file. The exit code says whether it was taken."""
    reader, megabytes = READERS[what]
    _limit(megabytes * 1024 * 1024)
    kind = next(kind for kind in FileKind if kind.value == what.rpartition(".")[2])
    module = importlib.import_module(f"ideas.adapters.files.cleaner.{reader}")
    with open(0, "rb", closefd=False) as dirty, open(1, "w+b", closefd=False) as cleaned:
        try:
            module.clean(kind, dirty, cleaned)
        except Unfit as refusal:
            sys.stderr.write(refusal.words)
            return REFUSED
    return 0


def _limit(memory: int) -> None:
    for what, most in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_CPU, WORKING_SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
