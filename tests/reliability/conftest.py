"""Fixtures of the reliability tests, and the table that they print."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.databases import Database

from .report import Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_REPORT = pytest.StashKey[Report]()
_HERE = "tests/reliability"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--profile", choices=["short", "long"], default="short", help="How long reliability tests go on.")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_REPORT] = Report()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.nodeid:
            item.add_marker(pytest.mark.reliability)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    report = config.stash[_REPORT]
    if report.lines:
        terminalreporter.section("nothing acknowledged is lost")
        terminalreporter.write_line(str(report))


@pytest.fixture(scope="session")
def report(pytestconfig: pytest.Config) -> Report:
    """Where each test notes what became of what was acknowledged."""
    return pytestconfig.stash[_REPORT]


@pytest.fixture(scope="session")
def longer(pytestconfig: pytest.Config) -> int:
    """How many times as long as in the short profile: 1, or 10."""
    return 10 if pytestconfig.getoption("--profile", "short") == "long" else 1


@pytest.fixture
def database(databases: Callable[[str], Any], tmp_path: Path) -> Database:
    """An SQLite database that nobody else uses, on a disk: other tests keep theirs in memory."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copyfile(databases("sqlite").fresh().data_dir / "headroom.db", folder / "headroom.db")
    return Database("sqlite", f"sqlite:///{folder / 'headroom.db'}", folder)


@pytest.fixture(autouse=True)
def _quick_passwords() -> None:
    """Not the fixture of the other tests, which is for one process: here passwords are hashed once."""
