"""The power goes while files are added to a plan: no row is found without its whole file."""

from __future__ import annotations

import dataclasses
import hashlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import PurePath
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

SENT = 12
CUTS = 300
CALLS = f"{power.CALLS},openat,mkdir,rename"

_OPENED = re.compile(r"^openat\(.*O_CREAT.* = \d+<([^>]*)>")
_MADE = re.compile(r'^mkdir\("([^"]*)",.* = 0')
_RENAMED = re.compile(r'^rename\("([^"]*)", "([^"]*)"\) = 0')
_WRITTEN = re.compile(r'^write\(\d+<([^>]*)>, "([^"]*)", \d+\) = \d+')
_FORCED = re.compile(r"^fsync\(\d+<([^>]*)>\) = 0")


@dataclasses.dataclass
class File:
    """What was written, and how much of it the disk has for certain."""

    written: bytes = b""
    safe: int = 0


class Folders:
    """A tree of folders on a disk that may lose its power. A name is safe when its folder was forced."""

    def __init__(self, *, forgets_to_force: bool) -> None:
        self._forgets = forgets_to_force
        self._files: dict[str, File] = {}
        self._folders: set[str] = set()
        self._safe: set[str] = set()

    def do(self, line: str) -> None:
        """Go one call on."""
        if found := _OPENED.match(line):
            self._files.setdefault(plain(found[1]), File())
        elif found := _MADE.match(line):
            self._folders.add(plain(found[1]))
        elif found := _RENAMED.match(line):
            self._files[plain(found[2])] = self._files.pop(plain(found[1]), File())
        elif (found := _WRITTEN.match(line)) and (file := self._files.get(plain(found[1]))):
            file.written += bytes.fromhex(found[2].replace("\\x", ""))
        elif (found := _FORCED.match(line)) and not self._forgets:
            path = plain(found[1])
            if path in self._files:
                self._files[path].safe = len(self._files[path].written)
            self._safe |= {name for name in (*self._files, *self._folders) if str(PurePath(name).parent) == path}

    def after_a_cut(self, dice: random.Random) -> dict[str, bytes]:
        """What is found: what was forced, and of the rest what luck left, names and beginnings of files."""
        there = self._safe | {name for name in (*self._files, *self._folders) if dice.random() < 0.5}
        return {
            PurePath(name).name: file.written[: max(file.safe, dice.choice([0, len(file.written) // 2]))]
            for name, file in self._files.items()
            if name in there and all(str(up) in there for up in PurePath(name).parents if str(up) in self._folders)
        }


def plain(hidden: str) -> str:
    return bytes.fromhex(hidden.replace("\\x", "")).decode()


def test_after_a_power_cut_no_row_is_without_its_file(
    database: Database, tmp_path: Path, report: Report, longer: int
) -> None:
    account, without = after_cuts(database, tmp_path, CUTS * longer, forgets_to_force=False)

    report.add("power cut (simulated), files on plans", CUTS * longer, account, f"{without} rows without their file")
    assert account.holds
    assert without == 0


def test_the_same_test_sees_rows_without_files_when_nothing_is_forced(
    database: Database, tmp_path: Path, report: Report
) -> None:
    account, without = after_cuts(database, tmp_path, CUTS, forgets_to_force=True)

    report.add_control("power cut, files not forced", CUTS, account, f"{without} rows without their file")
    assert without > CUTS / 10, "the control finds too little, so the test shows little"


def after_cuts(database: Database, tmp_path: Path, times: int, *, forgets_to_force: bool) -> tuple[Account, int]:
    """What is found after so many power cuts, and how many rows there are in all of them without a whole file."""
    lines, before = traced(database, tmp_path)
    dice = random.Random(1)
    disk, folders = power.Disk(before), Folders(forgets_to_force=forgets_to_force)
    promised: set[str] = set()
    moments = iter(sorted(dice.randint(1, len(lines)) for _ in range(times)))
    moment, owed, lost, without = next(moments), 0, 0, 0
    for number, line in enumerate(lines, 1):
        step = power._step(line, database.data_dir)
        if isinstance(step, power.Promise):
            promised |= set(step.words.split())
        elif step and "headroom.db" in step.file and not step.file.endswith("-shm"):
            disk.do(step)
        folders.do(line)
        while moment == number:
            rows = named(disk.after_a_cut(dice), tmp_path / "found")
            files = folders.after_a_cut(dice)
            owed, lost = owed + len(promised), lost + len(promised - rows)
            without += sum(hashlib.sha256(files.get(row, b"")).hexdigest() != row for row in rows)
            moment = next(moments, 0)
    return Account(acknowledged=owed, lost=lost, doubled=0, unasked=0, unknown=0), without


def traced(database: Database, tmp_path: Path) -> tuple[list[str], dict[str, bytes]]:
    """The calls of a process that added files, and the database with which it began."""
    people(database)
    file, trace = database.data_dir / "headroom.db", tmp_path / "trace"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = {file.name: file.read_bytes()}
    strace = ["strace", "-o", str(trace), "-y", "-xx", "-s", "70000", "-e", f"trace={CALLS}"]
    sender = [sys.executable, "-m", "tests.reliability.sender", str(database.data_dir), str(SENT)]
    subprocess.run([*strace, *sender], cwd=ROOT, check=True, capture_output=True, timeout=120)
    lines = [line for line in trace.read_text().splitlines() if power_may_matter(line, database.data_dir)]
    assert sum(line.startswith("write(1<") for line in lines) == SENT
    return lines, before


def power_may_matter(line: str, folder: Path) -> bool:
    """Whether the call is about our files, or a promise."""
    return line.startswith("write(1<") or str(folder).encode().hex() in line.replace("\\x", "")


def named(found: dict[str, bytes], folder: Path) -> set[str]:
    """The files that the rows of a database name. Raises DatabaseError for one that is not whole."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in found.items():
        (folder / name).write_bytes(content)
    connection = sqlite3.connect(folder / "headroom.db")
    try:
        return {sha256 for (sha256,) in connection.execute("SELECT sha256 FROM attachments")}
    finally:
        connection.close()
