"""Charts stay quick: the sums grow with the readings, and a page of them is a few ordinary pages."""

from __future__ import annotations

import time

import pytest

from ideas.db import db
from tests import factories

from . import counted, sums


def test_the_sums_of_ten_thousand_readings_are_ten_times_those_of_a_thousand() -> None:
    # Noise of the machine, not of the sums, is what the room is for.
    assert sums.microseconds(10_000) <= 2 * sums.microseconds(1_000)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_six_charts_of_fifty_readings_are_at_most_five_pages_of_an_idea(cast, signed_in, kind) -> None:
    idea = factories.in_trying(cast)
    counted.count_much(idea)
    db.session.commit()
    femis = signed_in(cast.femi)

    def spent(path: str) -> float:
        tries = []
        for _ in range(5):
            begun = time.process_time()
            assert femis.get(path).status_code == 200
            tries.append(time.process_time() - begun)
        return min(tries)

    assert spent(f"/ideas/{idea.ref}/evidence") <= 5 * spent(f"/ideas/{idea.ref}")
