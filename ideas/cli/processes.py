"""Two processes under one parent: the web server and the worker live and end together."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ideas import config, logs
from ideas.config import ROOT

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

#: How often the parent looks whether both are alive.
LOOK_SECONDS = 0.2
#: A worker that dies at once is not started more often than this.
RESTART_SECONDS = 1.0
#: What a child may take to finish what it is doing, before it is killed.
PATIENCE_SECONDS = 15.0

#: Where the children put their counts together, one folder for each start, named after its parent's process.
_IN_MEMORY = Path("/dev/shm")  # noqa: S108
_COUNTS = "headroom-counts-"

log = logs.of(__name__)


def run(web: list[str], worker: list[str], listener: socket.socket) -> int:
    """Run both until this process is told to end, or the web server ends. Returns the exit code.

    The web server inherits the socket, and is the only one to hold it: when it closes it, it is closed.
    """
    with _told_to_end() as ending, _folder_for_counts() as folder:
        start = functools.partial(_start, config.with_shared_counts(folder))
        server, helper = start(web, listener.fileno()), start(worker)
        listener.close()
        started = time.monotonic()
        try:
            while not ending.wait(LOOK_SECONDS):
                if server.poll() is not None:
                    log.error("the web server ended by itself", exit_code=server.returncode)
                    return server.returncode or 1
                if helper.poll() is not None and time.monotonic() - started > RESTART_SECONDS:
                    log.error("the worker ended: starting another", exit_code=helper.returncode)
                    helper, started = start(worker), time.monotonic()
            return 0
        finally:
            _end(server, helper)


@contextlib.contextmanager
def _told_to_end() -> Iterator[threading.Event]:
    ending = threading.Event()
    names = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {name: signal.signal(name, lambda *_: ending.set()) for name in names}
    try:
        yield ending
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


@contextlib.contextmanager
def _folder_for_counts() -> Iterator[str]:
    """A folder of this start alone, in memory where there is such a place: a full disk must not end a process."""
    in_memory = str(_IN_MEMORY) if os.access(_IN_MEMORY, os.W_OK) else None
    for folder in Path(in_memory or tempfile.gettempdir()).glob(f"{_COUNTS}*"):
        # Who was killed could not tidy up.
        if not _is_alive(int(folder.name.split("-")[2])):
            shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{_COUNTS}{os.getpid()}-", dir=in_memory) as made:
        yield made


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's
    return True


def _start(environment: dict[str, str], command: list[str], *inherits: int) -> subprocess.Popen[bytes]:
    """Start a child that ends with this process, even if this is killed."""
    bound = [sys.executable, "-I", "-S", str(Path(__file__).with_name("bound.py")), str(os.getpid())]
    return subprocess.Popen([*bound, *command], cwd=ROOT, pass_fds=inherits, env=environment)


def _end(*children: subprocess.Popen[bytes]) -> None:
    """Ask all to end, then wait for each; one that does not listen is killed."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
