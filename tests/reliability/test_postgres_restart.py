"""PostgreSQL is restarted under load, as after a crash: people are told to try again, and nothing is lost."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from .cluster import cluster
from .ledger import Ledger
from .load import writing
from .service import WRITERS, Service
from .waiting import wait_for_more

if TYPE_CHECKING:
    from .report import Report

RESTARTS = 3
BETWEEN = 60


def test_nothing_acknowledged_is_lost_when_postgresql_is_restarted_under_load(report: Report, longer: int) -> None:
    ledger, dice, restarts, recovered = Ledger(), random.Random(1), RESTARTS * longer, []
    with cluster() as postgres:
        service = Service(postgres.database)
        try:
            with writing(lambda: service.url, WRITERS, ledger) as writers:
                for _ in range(restarts):
                    wait_for_more(ledger, BETWEEN)
                    time.sleep(dice.uniform(0, 0.1))
                    began = time.monotonic()
                    postgres.restart()
                    wait_for_more(ledger, 1)
                    recovered.append(time.monotonic() - began)
                wait_for_more(ledger, BETWEEN)
            account = ledger.compare(service.titles())
        finally:
            service.end()

    put_off = sum(writer.put_off for writer in writers)
    report.add(
        "PostgreSQL restarted (immediate) under load",
        restarts,
        account,
        f"{put_off} times told to try again; writing again after at most {max(recovered):.1f} s",
    )
    assert account.acknowledged >= BETWEEN * restarts
    assert not account.unasked
