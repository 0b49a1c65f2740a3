"""A small disk that can be filled and freed: a real one where this machine lets us, else a limit on its files."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Enough for the database of a test, and soon full.
MEGABYTES = 64


class SmallDisk:
    """A file system of its own, in memory."""

    says = "a full file system"
    #: what is answered to who writes
    answer = 507

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, process: int) -> None:
        """Leave no byte."""
        with contextlib.suppress(OSError), self._filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))

    def free(self, process: int) -> None:
        """Make room again."""
        self._filler.unlink()


class SmallFiles:
    """Files of these processes may not grow; what they already hold stays."""

    says = "a limit on the size of files"
    #: for SQLite this is one of many errors of a disk
    answer = 503

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, process: int) -> None:
        """Let no file grow."""
        self._limit(process, (self.folder / "headroom.db").stat().st_size)

    def free(self, process: int) -> None:
        """Let files grow again."""
        self._limit(process, resource.RLIM_INFINITY)

    def _limit(self, process: int, size: int) -> None:
        parent = psutil.Process(process)
        for one in (parent, *parent.children(recursive=True)):
            resource.prlimit(one.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk | SmallFiles]:
    """Make a folder a small disk."""
    folder.mkdir()
    size = f"size={MEGABYTES}m"
    mount = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        yield SmallFiles(folder)
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
