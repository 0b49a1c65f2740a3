"""A web process is killed in the middle of a request: what it had not committed never was, and others serve on."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, ClassVar

import pytest

from tests.helpers.server import Server

from .browser import Browser, NoAnswer, NotThere
from .faults import HEADER, POINTS
from .ledger import Ledger
from .service import WRITERS, Service

if TYPE_CHECKING:
    from tests.helpers.databases import Database

    from .report import Report

#: At each point.
TIMES = 2


class Faulty(Server):
    """The web server alone, as it is set up for the product, with faults in its app."""

    command: ClassVar = [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "tests.reliability.faulty:app"]
    greeting: ClassVar = r"Listening at: (http://[\d.:]+)"


def test_a_process_that_is_killed_at_any_point_of_a_request_loses_and_doubles_nothing(
    database: Database, report: Report, longer: int, request: pytest.FixtureRequest
) -> None:
    ledger, service = Ledger(), Service(database, Faulty)
    request.addfinalizer(service.end)
    amara = Browser(service.url)
    amara.sign_in(WRITERS[0])
    stored_before_the_retry = 0
    with looking_on(service.url) as onlooker:
        for point in POINTS * TIMES * longer:
            mark = ledger.mark()
            with pytest.raises(NoAnswer):
                amara.say(mark, {HEADER: point})
            ledger.no_answer()
            stored_before_the_retry += any(mark in title for title in service.titles())
            began = time.monotonic()
            answer = again(amara, mark)
            assert answer.status == 303, answer
            ledger.acknowledge(mark, time.monotonic() - began)
    amara.hang_up()
    account = ledger.compare(service.titles())

    report.add(
        "SIGKILL of a web process, at 6 points of a request",
        account.acknowledged,
        account,
        f"{stored_before_the_retry} were there before they were sent again; "
        f"nobody was served for at most {onlooker.longest * 1000:.0f} ms",
    )
    assert account.unknown == len(POINTS) * TIMES * longer
    assert stored_before_the_retry == account.unknown / 2, "killed after the commit, it is there; before, it is not"
    assert onlooker.longest < 10


def again(browser: Browser, mark: str) -> object:
    """Send it again, as a person does who saw no answer."""
    for _ in range(20):
        try:
            return browser.say(mark)
        except (NoAnswer, NotThere):
            # The connection waited with the process that was killed.
            time.sleep(0.1)
    raise AssertionError("nobody answers any more")


class looking_on:
    """Somebody who asks for a page all the time: `longest` is how many seconds nothing came."""

    def __init__(self, url: str) -> None:
        self._browser = Browser(url)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.longest = 0.0

    def __enter__(self) -> looking_on:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()
        self._browser.hang_up()

    def _look(self) -> None:
        last = time.monotonic()
        while not self._ending.is_set():
            try:
                ok = self._browser.get("/sign-in").status == 200
                self._browser.hang_up()
            except (NoAnswer, NotThere):
                ok = False
            now = time.monotonic()
            if ok:
                self.longest, last = max(self.longest, now - last), now
            time.sleep(0.02)
