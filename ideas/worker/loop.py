"""The loop that runs the sweeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas import counts, logs
from ideas.db import db

from .sweeps import SWEEPS

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence

    from flask import Flask

    from .sweeps import Sweep

#: How long it rests between two passes.
SECONDS = 5

log = logs.of(__name__)


def run(app: Flask, ending: threading.Event, sweeps: Sequence[Sweep] = SWEEPS) -> None:
    """Run all sweeps every few seconds. The pass that is under way when `ending` is set is finished."""
    log.info("worker started", sweeps=len(sweeps))
    while not ending.is_set():
        run_once(app, sweeps)
        ending.wait(SECONDS)
    log.info("worker ended")


def run_once(app: Flask, sweeps: Sequence[Sweep] = SWEEPS) -> bool:
    """Run every sweep once, each in a transaction of its own. False when one of them failed."""
    went_well = [_run(app, sweep) for sweep in sweeps]
    return all(went_well)


def _run(app: Flask, sweep: Sweep) -> bool:
    """One sweep. What goes wrong in it is logged, and is tried again with the next pass."""
    try:
        with app.app_context():
            done = sweep.act()
            db.session.commit()
    except Exception:
        log.exception("sweep failed", sweep=sweep.name)
        counts.sweep_failures.labels(sweep.name).inc()
        return False
    counts.swept.labels(sweep.name).inc(done)
    counts.sweep_done.labels(sweep.name).set_to_current_time()
    if done:
        log.info("swept", sweep=sweep.name, rows=done)
    return True
