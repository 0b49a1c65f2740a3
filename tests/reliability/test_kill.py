"""The power goes: every process of a server under load is killed at once, again and again."""

from __future__ import annotations

import random
import sqlite3
import time
from typing import TYPE_CHECKING

from .ledger import Ledger
from .load import writing
from .service import WRITERS, Service
from .waiting import wait_for_more

if TYPE_CHECKING:
    from tests.helpers.databases import Database

    from .report import Report

KILLS = 6
#: With fewer between two kills the server was mostly down, and the test would show nothing.
ACKNOWLEDGED_PER_KILL = 100


def test_nothing_acknowledged_is_lost_when_all_is_killed_under_load(
    database: Database, report: Report, longer: int
) -> None:
    kills, dice = KILLS * longer, random.Random(1)
    service, ledger = Service(database), Ledger()
    try:
        with writing(lambda: service.url, WRITERS, ledger):
            for _ in range(kills):
                wait_for_more(ledger, dice.randint(ACKNOWLEDGED_PER_KILL, ACKNOWLEDGED_PER_KILL + 30))
                time.sleep(dice.uniform(0, 0.05))
                service.kill()
                service.start()
        account = ledger.compare(service.titles())
    finally:
        service.end()
    file = service.database.data_dir / "headroom.db"
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []

    slowest = max(service.starts)
    report.add(
        "SIGKILL of all processes, SQLite",
        kills,
        account,
        f"{account.unknown} answers never came; up again in at most {slowest:.1f} s",
    )
    assert account.acknowledged >= ACKNOWLEDGED_PER_KILL * kills
    assert not account.unasked, "what was sent again until it was acknowledged is acknowledged"
