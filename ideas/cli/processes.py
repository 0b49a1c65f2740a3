"""Two processes under one parent: the web server and the worker live and end together."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ideas import counts, logs
from ideas.cli import child
from ideas.cli.listener import let_nobody_in

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator
    from multiprocessing.context import ForkProcess

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


def run(
    web: Callable[[], object], worker: Callable[[], object], listener: socket.socket, look: Callable[[], None]
) -> int:
    """Run both until this process is told to end, or the web server ends. Returns the exit code.

    `look` is called at each look at them.
    """

    def away_from_the_door() -> None:
        listener.close()
        worker()

    with _told_to_end() as ending, _folder_for_counts() as folder:
        counts.share(folder)
        server = child.start("headroom-web", web)
        helper = child.start("headroom-worker", away_from_the_door)
        started = time.monotonic()
        try:
            while not ending.wait(LOOK_SECONDS):
                if server.exitcode is not None:
                    log.error("the web server ended by itself", exit_code=server.exitcode)
                    return server.exitcode or 1
                if helper.exitcode is not None and time.monotonic() - started > RESTART_SECONDS:
                    log.error("the worker ended: starting another", exit_code=helper.exitcode)
                    helper, started = child.start("headroom-worker", away_from_the_door), time.monotonic()
                look()
            return 0
        finally:
            let_nobody_in(listener)
            # From here on the web server alone has it: when that closes it, it is closed.
            listener.close()
            _end(server, helper)


@contextlib.contextmanager
def _told_to_end() -> Iterator[threading.Event]:
    ending = threading.Event()
    before = {name: signal.signal(name, lambda *_: ending.set()) for name in child.ENDS}
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


def _end(*children: ForkProcess) -> None:
    """Ask all to end, then wait for each; one that does not listen is killed."""
    for one in children:
        one.terminate()
    for one in children:
        one.join(PATIENCE_SECONDS)
        if one.exitcode is None:
            one.kill()
            one.join()
