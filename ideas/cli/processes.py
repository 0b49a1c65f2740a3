"""Two processes under one parent: the web server and the worker live and end together."""

from __future__ import annotations

import contextlib
import logging
import signal
import subprocess
import threading
import time
from typing import TYPE_CHECKING

from ideas.config import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How often the parent looks whether both are alive.
LOOK_SECONDS = 0.2
#: A worker that dies at once is not started more often than this.
RESTART_SECONDS = 1.0
#: What a child may take to finish what it is doing, before it is killed.
PATIENCE_SECONDS = 15.0

log = logging.getLogger(__name__)


def run(web: list[str], worker: list[str], listening_on: int) -> int:
    """Run both until this process is told to end, or the web server ends. Returns the exit code.

    `listening_on` is the file descriptor of the socket that the web server inherits.
    """
    with _told_to_end() as ending:
        server, helper = _start(web, listening_on), _start(worker)
        started = time.monotonic()
        try:
            while not ending.wait(LOOK_SECONDS):
                if server.poll() is not None:
                    log.error("the web server ended by itself, with exit code %s", server.returncode)
                    return server.returncode or 1
                if helper.poll() is not None and time.monotonic() - started > RESTART_SECONDS:
                    log.error("the worker ended with exit code %s: starting another", helper.returncode)
                    helper, started = _start(worker), time.monotonic()
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


def _start(command: list[str], *inherits: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=ROOT, pass_fds=inherits)


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
