"""The `flask worker` command."""

from __future__ import annotations

import signal
import threading

import click
from flask import current_app
from flask.cli import with_appcontext

from . import loop


@click.command()
@click.option("--once", is_flag=True, help="Run every sweep once, then end.")
@with_appcontext
def worker(once: bool) -> None:
    """Do what has fallen due, every few seconds, until told to end."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if once:
        raise SystemExit(0 if loop.run_once(app) else 1)
    ending = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ending.set())
    loop.run(app, ending)
