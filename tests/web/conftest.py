"""Fixtures for pages of a sign-off: a day on which due dates are known, and a request that waits."""

from __future__ import annotations

import datetime as dt

import pytest

from ideas import clock
from ideas.db import db
from tests import factories

MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture
def on_a_monday():
    """It is Monday 23 November 2026, nine in the morning."""
    with clock.at(MONDAY):
        yield


@pytest.fixture
def request_(cast):
    """Femi has been asked whether they may try it."""
    made = factories.asked(cast)
    db.session.commit()
    return made
