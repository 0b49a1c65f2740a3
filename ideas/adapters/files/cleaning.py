"""Cleaning: a file from outside is read in a process of its own, with little memory and little time.

What comes back was written anew by us. A file made to break its reader breaks that process, and nothing else.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import threading
from typing import IO, TYPE_CHECKING

from ideas.config import ROOT

from .kinds import LARGEST
from .unfit import REFUSED, UNREADABLE, Unfit

if TYPE_CHECKING:
    from pathlib import Path

    from .kinds import FileKind

#: By the clock; its own limit of working time is shorter.
PATIENCE_SECONDS = 20

log = logging.getLogger(__name__)

#: One at a time in each web process: a ward that sends ten photos at once waits, and the server keeps its memory.
_turn = threading.Semaphore(1)
#: That one and those who wait for it. Each keeps a thread of the server; the others are for everybody else.
AT_ONCE = 3
_places = threading.BoundedSemaphore(AT_ONCE)
CROWDED = "Several other files are being read just now. Wait a minute, then choose it again."


def clean(kind: FileKind, dirty: IO[bytes], folder: Path) -> IO[bytes]:
    """The file as we wrote it anew, open at its start; it has no name, and is gone when it is closed.

    `folder` is where there is room for it. Raises Unfit.
    """
    cleaned = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 (who calls closes it)
    try:
        _run(kind.value, dirty, cleaned)
        if cleaned.seek(0, 2) > LARGEST:
            raise Unfit("This file is larger than 10 MB once it is checked. Make it smaller, or part it in two.")
    except BaseException:
        cleaned.close()
        raise
    cleaned.seek(0)
    return cleaned


def columns(kind: FileKind, dirty: IO[bytes], folder: Path) -> str:
    """The first two filled columns of a table, a line for each row and a tab between the two. Raises Unfit."""
    with tempfile.TemporaryFile(dir=folder) as lines:
        try:
            _run(f"columns.{kind.value}", dirty, lines)
        except Unfit as unfit:
            # A PDF has no columns.
            raise Unfit(unfit.words.replace("as a PDF", "as CSV").replace("document", "file")) from None
        lines.seek(0)
        return lines.read().decode()


def _run(what: str, dirty: IO[bytes], cleaned: IO[bytes]) -> None:
    if not _places.acquire(blocking=False):
        raise Unfit(CROWDED)
    try:
        _run_in_turn(what, dirty, cleaned)
    finally:
        _places.release()


def _run_in_turn(what: str, dirty: IO[bytes], cleaned: IO[bytes]) -> None:
    dirty.seek(0)
    with _turn, tempfile.TemporaryFile() as said:
        try:
            done = subprocess.run(  # noqa: S603 (our own module, and a word of ours)
                [sys.executable, "-m", "ideas.adapters.files.cleaner", what],
                stdin=dirty.fileno(),
                stdout=cleaned.fileno(),
                stderr=said.fileno(),
                cwd=ROOT,
                # Whoever breaks in there finds no key and no password.
                env={"PYTHONDONTWRITEBYTECODE": "1"},
                timeout=PATIENCE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unfit(UNREADABLE) from None
        said.seek(0)
        words = said.read(20_000).decode(errors="replace")
    if done.returncode == REFUSED:
        raise Unfit(words)
    if done.returncode:
        log.warning("a %s could not be read (%s): %s", what, done.returncode, words.splitlines()[-1:])
        raise Unfit(UNREADABLE)
