"""Waiting for load."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .ledger import Ledger


def wait_for_more(ledger: Ledger, count: int, seconds: float = 60) -> None:
    """Wait until so many more were acknowledged. Fails when there is too little load to show anything."""
    enough, patience = len(ledger.acknowledged) + count, time.monotonic() + seconds
    while len(ledger.acknowledged) < enough:
        assert time.monotonic() < patience, f"{count} more acknowledged took longer than {seconds} s"
        time.sleep(0.01)
