"""The processes that are measured: the product as it is served, and the floor under it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from ideas.config import ROOT
from tests.helpers.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.helpers.databases import Database

#: What runs.
PARTS = ("web", "worker", "their parent")
#: What the product calls its processes.
_NAMED = {"headroom-web": "web", "headroom-worker": "worker"}

#: Found by Python when it starts: hides what is installed here for tests alone.
_AS_INSTALLED = Path(__file__).parent / "as_installed"

_SECOND = 1_000_000_000
_MEGABYTE = 1_000_000


class Measured:
    """Some processes that serve together, and their address."""

    def __init__(self, url: str, parent: psutil.Process) -> None:
        self.host, _, port = url.rpartition("/")[2].partition(":")
        self.port = int(port)
        self._parent = parent

    def processes(self, part: str) -> list[psutil.Process]:
        """The processes of one of `PARTS`."""
        everyone = [self._parent, *self._parent.children(recursive=True)]
        return [process for process in everyone if _part(process) == part]

    def cpu_seconds(self) -> float:
        """What the web server's processes have worked so far, on any core."""
        return sum(_worked(process.pid) for process in self.processes("web"))

    def megabytes(self, part: str) -> float:
        """Memory; what processes share is parted among those that share it."""
        return sum(process.memory_full_info().pss for process in self.processes(part)) / _MEGABYTE


def _part(process: psutil.Process) -> str:
    """Which of `PARTS` it is; the floor is a web server alone."""
    return _NAMED.get(process.name(), "web" if "gunicorn" in process.cmdline() else "their parent")


def _worked(pid: int) -> float:
    """Seconds on a core, of all its threads. The kernel counts them in nanoseconds, where it is asked so."""
    threads = [file.read_text().split()[0] for file in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    return sum(map(int, threads)) / _SECOND


@contextlib.contextmanager
def product(database: Database) -> Iterator[Measured]:
    """Headroom, started as `make serve` starts it, with no library that `make serve` does not install."""
    with serving(database, PYTHONPATH=str(_AS_INSTALLED)) as server:
        yield Measured(server.url, psutil.Process(server.process.pid))


@contextlib.contextmanager
def floor(database: Database) -> Iterator[Measured]:
    """The bare page, on the same server with as many processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = f"gunicorn --bind 127.0.0.1:{port} --workers 2 --threads 4 --worker-class gthread --preload"
    command = [sys.executable, "-m", *words.split(), "--no-control-socket", "tests.bench.floor:app"]
    environment = {**os.environ, "FLOOR": str(database.data_dir / "headroom.db"), "PYTHONPATH": str(ROOT)}
    # Beside the database: in the checkout gunicorn would find the product's configuration.
    with (database.data_dir / "floor.log").open("w") as log:
        process = subprocess.Popen(command, cwd=database.data_dir, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(port)
        yield Measured(f"http://127.0.0.1:{port}", psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise RuntimeError("the floor did not start")
