"""Tests that share a server or a filled database run on one worker of the test run."""

from __future__ import annotations

import pytest
import xdist


@pytest.mark.xdist_group("one worker")
def test_a_group_has_one_worker(request: pytest.FixtureRequest) -> None:
    """Some pairs of pytest and pytest-xdist lose the groups and say nothing: everything is then set up twice."""
    assert request.node.nodeid.endswith("@one worker") or not xdist.is_xdist_worker(request)
