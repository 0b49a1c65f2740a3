"""A child: a process forked from this one, so that it shares the code that is loaded, and ends when this one ends."""

from __future__ import annotations

import contextlib
import contextvars
import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from typing import TYPE_CHECKING

from sqlalchemy import orm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.context import ForkProcess

    from flask import Flask

#: What tells this process to end, and what its children have to hear themselves.
ENDS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

#: What Linux calls it: send this process a signal when its parent is gone; name it, in 15 letters.
_PR_SET_PDEATHSIG, _PR_SET_NAME = 1, 15


def make_ready(app: Flask) -> None:
    """Last before a fork: make what all processes use, once, so that nobody waits for it after a start.

    It stays: to look through it for garbage would take time, and a copy of it for each process.
    """
    orm.configure_mappers()
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    gc.collect()
    gc.freeze()


def start(name: str, act: Callable[[], object]) -> ForkProcess:
    """Fork, and let the child act. No thread may run here: the child would wait for what it held, for ever."""
    child = multiprocessing.get_context("fork").Process(target=_live, args=(name, act, os.getpid()))
    with _no_signal_between():
        child.start()
    return child


@contextlib.contextmanager
def _no_signal_between() -> Iterator[None]:
    """What is sent to a child before it hears for itself waits; with the parent's ears it would be lost."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _live(name: str, act: Callable[[], object], parent: int) -> None:
    for end in ENDS:
        signal.signal(end, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)
    _bind(name, parent)
    # What the parent is in the middle of is not this child's.
    contextvars.Context().run(act)


def _bind(name: str, parent: int) -> None:
    """Ask to be ended with the parent. Only Linux can; elsewhere a parent that is killed leaves its children."""
    if sys.platform == "linux":
        kernel = ctypes.CDLL(None)
        kernel.prctl(_PR_SET_NAME, name.encode())
        kernel.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            raise SystemExit("who started this is gone already")
