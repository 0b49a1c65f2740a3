"""Fixtures for journeys: the product with the example, and with the cast, one server each."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from tests.helpers.server import serving

from .ward import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.helpers.server import Server

    from .ward import Ward


@pytest.fixture(scope="session")
def servers(databases: Callable, examples: Callable) -> Iterator[Callable[[str], Server]]:
    """The product with the example: `servers("sqlite")`, started when first asked for.

    On SQLite it is started as `make run` does, which loads the example. Tests that may meet each other's ideas share
    it, and a worker of the test run.
    """
    started: dict[str, Server] = {}
    with contextlib.ExitStack() as stack:

        def of(kind: str) -> Server:
            if kind not in started:
                place = databases(kind).fresh() if kind == "sqlite" else examples(kind)[0]
                started[kind] = stack.enter_context(serving(place, "--example"))
            return started[kind]

        yield of


@pytest.fixture(scope="session")
def ward(databases: Callable) -> Iterator[Ward]:
    """The product with the cast. Journeys that share it bring their own ideas, and share a worker of the test run."""
    with opened(databases("sqlite").fresh()) as ward:
        yield ward
