"""Somebody else holds the database: who writes waits, or is told to try again; who reads notices nothing."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from typing import TYPE_CHECKING

import pytest

from .browser import Browser
from .ledger import Ledger
from .load import writing
from .service import WRITERS, Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.helpers.databases import Database

    from .report import Report


@pytest.fixture
def service(database: Database) -> Iterator[Service]:
    started = Service(database)
    yield started
    started.end()


def test_a_database_that_is_locked_for_three_seconds_makes_people_wait_and_no_more(
    service: Service, report: Report
) -> None:
    ledger = Ledger()
    with writing(lambda: service.url, WRITERS, ledger) as writers:
        time.sleep(1)
        with held(service.database):
            time.sleep(3)
        time.sleep(1)
    account, slowest = ledger.compare(service.titles()), ledger.seconds[-1]

    report.add("database locked for 3 s", 1, account, f"nobody was put off; the longest wait was {slowest:.1f} s")
    assert sum(writer.put_off for writer in writers) == 0
    assert 2 < slowest < 5


def test_a_database_that_is_locked_for_twenty_seconds_puts_people_off_and_still_shows_them_everything(
    service: Service, report: Report
) -> None:
    ledger, reader, gwen = Ledger(), Reader(service.url), Browser(service.url)
    gwen.sign_in("gwen@example.org")
    with writing(lambda: service.url, WRITERS, ledger) as writers:
        time.sleep(1)
        with held(service.database), reader:
            began = time.monotonic()
            busy = gwen.say(ledger.mark())
            time.sleep(20 - (time.monotonic() - began))
        gwen.hang_up()
    account = ledger.compare(service.titles())

    put_off = sum(writer.put_off for writer in writers)
    report.add(
        "database locked for 20 s",
        1,
        account,
        f"{put_off} times told to try again; {len(reader.seconds)} pages read meanwhile, "
        f"95 of 100 within {reader.p95 * 1000:.0f} ms",
    )
    assert busy.status == 503
    assert int(busy.headers["Retry-After"]) > 0
    assert "Nothing was changed" in busy.body
    assert put_off > 0
    assert reader.statuses == {200}
    assert reader.p95 < 1


@contextlib.contextmanager
def held(database: Database) -> Iterator[None]:
    """Another process, in the middle of a change that takes long."""
    connection = sqlite3.connect(database.data_dir / "headroom.db", isolation_level=None, timeout=30)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


class Reader:
    """Somebody who reads the board all the time while the block lasts."""

    def __init__(self, url: str) -> None:
        self._browser = Browser(url)
        self._browser.sign_in(WRITERS[0])
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self.seconds: list[float] = []
        self.statuses: set[int] = set()

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()
        self._browser.hang_up()

    @property
    def p95(self) -> float:
        """Seconds within which 95 of 100 pages came."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)]

    def _read(self) -> None:
        while not self._ending.is_set():
            began = time.monotonic()
            self.statuses.add(self._browser.get("/board").status)
            self.seconds.append(time.monotonic() - began)
            self._browser.hang_up()
            time.sleep(0.05)
