"""The sweeps: idempotent passes over the rows that are due, one line for each."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from flask import current_app

from ideas.domain import (
    attachments,
    audiences,
    felt_rounds,
    findings,
    hand_overs,
    homes,
    password_links,
    receipts,
    sessions,
    throttles,
    watches,
)


@dataclasses.dataclass(frozen=True)
class Sweep:
    """A pass over rows. It may run at any time, any number of times, and beside itself."""

    #: what the log calls it
    name: str
    #: does what is due, and flushes; returns how many rows it took
    act: Callable[[], int]


def sweep_files() -> int:
    """Delete files that nobody needs any more."""
    return attachments.sweep_unused(current_app.config["FILES"])


SWEEPS = (
    Sweep("overdue requests handed over", hand_overs.hand_over_overdue),
    Sweep("ideas that were here first opened", audiences.open_due),
    Sweep("requests put before a partner", hand_overs.let_partners_answer),
    Sweep("asked of us, once somebody leads there", homes.start_clocks),
    Sweep("verdicts by older rules judged anew", findings.judge_anew),
    Sweep("those whom a trial touched asked", felt_rounds.ask_due),
    Sweep("their answers counted", felt_rounds.close_due),
    Sweep("what was adopted asked about", watches.ask_due),
    Sweep("old sessions deleted", sessions.sweep_old),
    Sweep("links for a new password that are over deleted", password_links.sweep_old),
    Sweep("old receipts deleted", receipts.sweep_old),
    Sweep("old counts of tries deleted", throttles.sweep_old),
    Sweep("files without a plan deleted", sweep_files),
)
