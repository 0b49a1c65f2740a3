"""The disk is full: who writes is told so in plain words, who reads notices nothing, and with room it goes on."""

from __future__ import annotations

import shutil
import sqlite3
import time
from typing import TYPE_CHECKING

from tests.helpers.databases import Database

from .browser import Browser
from .disk import small_disk
from .ledger import Ledger
from .load import writing
from .service import WRITERS, Service
from .waiting import wait_for_more

if TYPE_CHECKING:
    from pathlib import Path

    from .report import Report

PAGES = ("/board", "/ideas", "/", "/ideas/new")


def test_a_full_disk_refuses_what_is_new_and_shows_what_is_there(
    database: Database, tmp_path: Path, report: Report
) -> None:
    ledger, words = Ledger(), ""
    with small_disk(tmp_path / "disk") as disk:
        shutil.copyfile(database.data_dir / "headroom.db", disk.folder / "headroom.db")
        small = Database("sqlite", f"sqlite:///{disk.folder / 'headroom.db'}", disk.folder)
        service = Service(small)
        gwen = Browser(service.url)
        gwen.sign_in("gwen@example.org")
        try:
            with writing(lambda: service.url, WRITERS, ledger) as writers:
                wait_for_more(ledger, 50)
                disk.fill(service.server.process.pid)
                # The last pages that were there already may still be written into.
                refused = until_refused(gwen, ledger)
                words = refused.body
                read = [gwen.get(page).status for page in PAGES]
                before = len(ledger.acknowledged)
                time.sleep(2)
                meanwhile = len(ledger.acknowledged) - before
                disk.free(service.server.process.pid)
                wait_for_more(ledger, 50)
            gwen.hang_up()
            account = ledger.compare(service.titles())
        finally:
            service.end()
        with sqlite3.connect(disk.folder / "headroom.db") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        left = [file.name for file in disk.folder.iterdir() if "tmp" in file.name]

    put_off = sum(writer.put_off for writer in writers)
    report.add(f"full disk ({disk.says})", 1, account, f"{put_off} times refused in plain words; no restart was needed")
    assert refused.status == disk.answer
    assert "Nothing was changed" in words
    assert set(read) == {200}
    assert meanwhile == 0, "what is refused to one is refused to all"
    assert put_off > 0
    assert not left


def until_refused(browser: Browser, ledger: Ledger) -> object:
    """Say ideas until one is refused."""
    for _ in range(50):
        mark = ledger.mark()
        answer = browser.say(mark)
        if answer.status != 303:
            return answer
        ledger.acknowledge(mark)
    raise AssertionError("the disk is not full")
