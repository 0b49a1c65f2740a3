"""The power of the machine goes: what was acknowledged is on the disk, and what is on the disk is whole."""

from __future__ import annotations

import collections
import dataclasses
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ideas.config import ROOT

from . import power
from .ledger import Account
from .service import people

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.databases import Database

    from .report import Report

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="needs strace (on Debian: apt-get install strace)")

SAID = 100
CUTS = 300


def test_a_power_cut_loses_nothing_that_was_acknowledged(
    database: Database, tmp_path: Path, report: Report, longer: int
) -> None:
    found = after_cuts(database, "FULL", CUTS * longer, tmp_path)

    report.add("power cut (simulated), synchronous=FULL", CUTS * longer, found.account, f"{found.broken} files broken")
    assert not found.broken
    assert found.losing == 0


def test_the_same_test_sees_what_is_lost_without_a_sync_for_each_commit(
    database: Database, tmp_path: Path, report: Report, longer: int
) -> None:
    found = after_cuts(database, "NORMAL", CUTS * longer, tmp_path)

    report.add_control(
        "power cut, synchronous=NORMAL", CUTS * longer, found.account, f"{found.losing} of them lose, as they should"
    )
    assert not found.broken
    assert found.losing > CUTS * longer / 2, "the control loses too little, so the test shows little"


@dataclasses.dataclass(frozen=True)
class Found:
    """What was found after all cuts."""

    #: over all cuts together
    account: Account
    #: cuts after which something acknowledged was missing
    losing: int
    #: cuts after which the database was not whole
    broken: int


def after_cuts(database: Database, synchronous: str, times: int, tmp_path: Path) -> Found:
    """What is found after so many power cuts while a process says ideas."""
    done, files = traced(database, synchronous, tmp_path)
    owed = lost = doubled = losing = broken = 0
    folder = tmp_path / "found"
    for found, promised in power.cuts(done, files, times, seed=1):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, content in found.items():
            (folder / name).write_bytes(content)
        try:
            there = marks(folder / "headroom.db")
        except sqlite3.DatabaseError:
            broken += 1
            continue
        missing = promised - there.keys()
        owed, lost, losing = owed + len(promised), lost + len(missing), losing + bool(missing)
        doubled += sum(times > 1 for times in there.values())
    return Found(Account(acknowledged=owed, lost=lost, doubled=doubled, unasked=0, unknown=0), losing, broken)


def traced(database: Database, synchronous: str, tmp_path: Path) -> tuple[list[power.Step], dict[str, bytes]]:
    """What a process did that said ideas, and the files with which it began."""
    people(database)
    file, trace = database.data_dir / "headroom.db", tmp_path / "trace"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = {file.name: file.read_bytes()}
    strace = ["strace", "-o", str(trace), "-y", "-xx", "-s", "70000", "-e", f"trace={power.CALLS}"]
    speaker = [sys.executable, "-m", "tests.reliability.speaker", str(database.data_dir), synchronous, str(SAID)]
    subprocess.run([*strace, *speaker], cwd=ROOT, check=True, capture_output=True, timeout=120)
    # What only the memory of this machine held, SQLite makes again.
    kept = [step for step in power.steps(trace, database.data_dir) if not getattr(step, "file", "").endswith("-shm")]
    assert sum(isinstance(step, power.Promise) for step in kept) == SAID
    return kept, before


def marks(file: Path) -> collections.Counter[str]:
    """The marks of all ideas in a database that is whole. Raises DatabaseError for one that is not."""
    connection = sqlite3.connect(file)
    try:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise sqlite3.DatabaseError("not whole")
        return collections.Counter(
            title.rpartition(" ")[2] for (title,) in connection.execute("SELECT title FROM ideas")
        )
    finally:
        connection.close()
