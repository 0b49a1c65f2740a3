"""A backup is taken while people write, and what it gives back is compared with what they had been promised."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from ideas.config import ROOT
from ideas.models import Idea
from tests.helpers.databases import KINDS, client_programs
from tests.helpers.server import serving

from .browser import Browser
from .ledger import Ledger
from .load import writing
from .service import WRITERS, Service
from .test_kill import wait_for_more

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from tests.helpers.databases import Database

    from .report import Report

#: How often the naive copy is tried: one may come at a quiet moment.
COPIES = 3
#: With fewer written meanwhile the backup was taken in peace, and the test would show nothing.
ACKNOWLEDGED_MEANWHILE = 10


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_under_load_has_all_that_was_acknowledged_before_it_began(
    kind: str, databases: Callable[[str], Any], tmp_path: Path, report: Report, longer: int
) -> None:
    service, ledger = Service(databases(kind).fresh()), Ledger()
    promised: list[frozenset[str]] = []
    meanwhile, seconds = 0, []
    try:
        with writing(lambda: service.url, WRITERS, ledger):
            for number in range(longer):
                wait_for_more(ledger, 100)
                promised.append(ledger.acknowledged)
                began = time.monotonic()
                run(service.database, "backup", str(tmp_path / str(number)))
                seconds.append(time.monotonic() - began)
                meanwhile += len(ledger.acknowledged - promised[-1])
    finally:
        service.end()

    for number, owed in enumerate(promised):
        place = databases(kind).bare()
        began = time.monotonic()
        run(place, "restore", str(tmp_path / str(number)))
        took = time.monotonic() - began
        account = ledger.compare(titles(place), until=owed)
        report.add(
            f"backup under load, {kind}",
            1,
            account,
            f"taken in {seconds[number]:.1f} s, restored in {took:.1f} s",
        )
        assert account.holds
    with serving(place) as server:
        browser = Browser(server.url)
        browser.sign_in(WRITERS[0])
        browser.hang_up()
    assert meanwhile >= ACKNOWLEDGED_MEANWHILE


def test_a_copy_of_the_file_alone_loses_what_was_acknowledged(databases: Callable[[str], Any], tmp_path: Path) -> None:
    """The control: what people do who do not know the command. It shows that the load was heavy enough to lose."""
    service, ledger = Service(databases("sqlite").fresh()), Ledger()
    lost = 0
    try:
        with writing(lambda: service.url, WRITERS, ledger):
            for number in range(COPIES):
                wait_for_more(ledger, 30)
                owed, copy = ledger.acknowledged, tmp_path / f"{number}.db"
                shutil.copyfile(service.database.data_dir / "headroom.db", copy)
                lost = max(lost, ledger.compare(titles_in(copy), until=owed).lost)
    finally:
        service.end()
    assert lost > 0, "the load was too light: a naive copy lost nothing"


def run(database: Database, *words: str) -> None:
    """A command of the operator's, in a process of its own."""
    programs = client_programs() if database.kind == "postgresql" else None
    path = f"{programs}{os.pathsep}{os.environ['PATH']}" if programs else os.environ["PATH"]
    environment = {**os.environ, **database.environment, "PATH": path}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def titles(database: Database) -> list[str]:
    """The titles of all ideas in a database."""
    engine = sa.create_engine(database.url)
    with engine.connect() as connection:
        found = list(connection.scalars(sa.select(Idea.title)))
    engine.dispose()
    return found


def titles_in(copy: Path) -> list[str]:
    """The titles in a naive copy, as far as SQLite can read it at all."""
    connection = sqlite3.connect(copy)
    try:
        return [title for (title,) in connection.execute("SELECT title FROM ideas")]
    except sqlite3.DatabaseError:
        return []
    finally:
        connection.close()
