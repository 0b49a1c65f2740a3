"""A new version is put in place under load: whoever asked is answered by the old one or by the new one."""

from __future__ import annotations

import contextlib
import shlex
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.server import Server

from .browser import Browser, NoAnswer, NotThere
from .ledger import Ledger
from .load import writing
from .service import WRITERS, Service
from .waiting import wait_for_more

if TYPE_CHECKING:
    from tests.helpers.databases import Database

    from .report import Report

RESTARTS = 2


class Activated(Server):
    """Started as systemd starts it: with a socket that somebody else holds, as descriptor 3."""

    def __init__(self, database: Database, held: socket.socket) -> None:
        take = f"exec 3<&{held.fileno()}; LISTEN_FDS=1 LISTEN_PID=$$ exec {shlex.join(Server.command)}"
        self.command = ["bash", "-c", take]
        super().__init__(database, inherits=(held.fileno(),))


def test_no_request_fails_while_it_is_ended_and_started_again(database: Database, report: Report, longer: int) -> None:
    ledger, restarts = Ledger(), RESTARTS * longer
    with socket.create_server(("127.0.0.1", 0), backlog=128) as held:
        held.set_inheritable(True)
        service = Service(database, Activated, held=held)
        with contextlib.ExitStack() as everybody:
            everybody.callback(service.end)
            callers = [everybody.enter_context(Caller(service.url)) for _ in range(4)]
            everybody.enter_context(writing(lambda: service.url, WRITERS[:2], ledger))
            for _ in range(restarts):
                wait_for_more(ledger, 30)
                assert service.server.end() == 0
                service.start()
            wait_for_more(ledger, 30)
    account = ledger.compare(service.titles())
    asked, failed = sum(c.asked for c in callers), [f for c in callers for f in c.failed]

    report.add(
        "SIGTERM under load, and started again on the same socket",
        restarts,
        account,
        f"{asked + account.acknowledged} requests, {len(failed) + account.unknown} of them failed",
    )
    assert not failed
    assert not any(caller.was_refused for caller in callers)
    assert account.unknown == 0
    assert asked > 100


def test_whoever_has_called_when_it_is_ended_is_answered(
    database: Database, report: Report, longer: int, request: pytest.FixtureRequest
) -> None:
    ledger, ends = Ledger(), RESTARTS * longer
    service, asked, failed = Service(database), 0, []
    request.addfinalizer(service.end)
    for _ in range(ends):
        callers = [Caller(service.url) for _ in range(8)]
        with contextlib.ExitStack() as everybody:
            for caller in callers:
                everybody.enter_context(caller)
            time.sleep(2)
            assert service.server.end() == 0
        asked, failed = asked + sum(c.asked for c in callers), failed + [f for c in callers for f in c.failed]
        assert all(caller.was_refused for caller in callers)
        service.start()

    report.add(
        "SIGTERM under load, and not started again",
        ends,
        ledger.compare([]),
        f"{asked} requests answered, {len(failed)} failed; who came later was refused",
    )
    assert not failed
    assert asked > 8 * ends


class Caller:
    """Somebody who reads, each time over a new connection, until nobody listens; every answer but 200 has failed."""

    def __init__(self, url: str) -> None:
        self._browser = Browser(url)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._call, daemon=True)
        self.asked = 0
        self.failed: list[str] = []
        self.was_refused = False

    def __enter__(self) -> Caller:
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._ending.set()
        self._thread.join()

    def _call(self) -> None:
        while not self._ending.is_set():
            try:
                answer = self._browser.get("/sign-in")
                if answer.status != 200:
                    self.failed.append(f"{answer.status}")
            except NotThere:
                self.was_refused = True
                return
            except NoAnswer as error:
                self.failed.append(repr(error))
            self._browser.hang_up()
            self.asked += 1
            time.sleep(0.02)
