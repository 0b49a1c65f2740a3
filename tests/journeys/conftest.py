"""Fixtures for journeys: the product with the example, one server for each kind of database."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from tests.helpers.server import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.helpers.server import Server


@pytest.fixture(scope="session")
def examples(databases: Callable) -> Iterator[Callable[[str], Server]]:
    """The product as `make run` starts it: `examples("sqlite")`, started when first asked for.

    It takes seconds to fill, so tests that may meet each other's ideas share it, and a worker of the test run.
    """
    started: dict[str, Server] = {}
    with contextlib.ExitStack() as servers:

        def of(kind: str) -> Server:
            if kind not in started:
                started[kind] = servers.enter_context(serving(databases(kind).fresh(), "--example"))
            return started[kind]

        yield of
