"""Tests that share what takes seconds to make run on one worker of the test run."""

from __future__ import annotations

from typing import Any

import pytest


def example(kind: str) -> str:
    """The group of the tests that use the example on this kind of database."""
    return f"the example on {kind}"


def sharing(kind: str) -> Any:
    """A kind as a fixture's parameter, for tests that use the example on it."""
    return pytest.param(kind, marks=pytest.mark.xdist_group(example(kind)))
