"""Where files are kept: named after the SHA-256 of what is in them, whole or not at all."""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import hashlib
import os
import re
import secrets
from typing import IO, TYPE_CHECKING

from .disk import force, made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 64 * 1024
_NAME = re.compile(r"[0-9a-f]{64}")


class Busy(Exception):
    """Somebody holds the store: a backup, mostly. Try again later."""


@dataclasses.dataclass(frozen=True)
class Store:
    """A folder of files. `ab/abcd…` is named after its content, so that the same file is kept once."""

    folder: Path

    def keep(self, stream: IO[bytes]) -> tuple[str, int]:
        """Keep what is in the stream, and return its SHA-256 and size in bytes.

        Written beside, forced to the disk, then named, and the name forced too: after a power cut it is here
        whole or not at all, and a row that names it was written later.
        """
        beside = self.arriving / secrets.token_hex(16)
        try:
            sha256, size = _write(beside, stream)
            with self._held(fcntl.LOCK_SH):
                there = self.path(sha256)
                if there.exists():
                    # Kept before. It is new again, so that no sweep takes it before its row is written.
                    os.utime(there)
                else:
                    made(there.parent)
                    beside.rename(there)
                    force(there.parent)
        finally:
            beside.unlink(missing_ok=True)
        return sha256, size

    def path(self, sha256: str) -> Path:
        """Where the file of this SHA-256 is, or would be. Raises ValueError for what is none."""
        if not _NAME.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        return self.folder / sha256[:2] / sha256

    @property
    def arriving(self) -> Path:
        """The folder for what is not whole yet."""
        return made(self.folder / "arriving")

    def remove_unused(self, shelf: str, used: set[str], *, before: float) -> int:
        """Delete from `ab/` what no row uses and nobody wrote since `before` (seconds); returns how many.

        Raises Busy while a backup reads the store.
        """
        with self._held(fcntl.LOCK_EX | fcntl.LOCK_NB):
            unused = [file for file in self._files(self.folder / shelf) if file.name not in used]
            return _remove_old(unused, before)

    def remove_halves(self, *, before: float) -> int:
        """Delete what was begun before that moment (seconds) and never became whole; returns how many."""
        return _remove_old(self._files(self.arriving), before)

    def is_empty(self) -> bool:
        """Whether nothing was ever kept here."""
        return not any(len(file.name) == 64 for file in self.folder.glob("??/*"))

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """While this block runs nothing is deleted; files may come."""
        with self._held(fcntl.LOCK_SH):
            yield

    @contextlib.contextmanager
    def _held(self, how: int) -> Iterator[None]:
        made(self.folder)
        with (self.folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, how)
            except BlockingIOError:
                raise Busy from None
            yield

    def _files(self, folder: Path) -> list[Path]:
        return [file for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []


def _write(file: Path, stream: IO[bytes]) -> tuple[str, int]:
    found, size = hashlib.sha256(), 0
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while chunk := stream.read(CHUNK):
            found.update(chunk)
            size += out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return found.hexdigest(), size


def _remove_old(files: list[Path], before: float) -> int:
    removed = 0
    for file in files:
        with contextlib.suppress(FileNotFoundError):
            if file.stat().st_mtime < before:
                file.unlink()
                removed += 1
    return removed
