"""What a first visit to a full board weighs, as it is sent, on a ward's wifi."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import brotli
import pytest
import sqlalchemy as sa

from ideas.app import HASHED_NAME
from ideas.models import Person
from tests.bench import filling
from tests.bench.first_visit import FETCHED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BROWSER = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_first_visit_to_a_full_board_is_light_and_fetched_once(signed_in, session: Session, kind: str) -> None:
    filling.fill(250)
    amara = session.scalars(sa.select(Person).where(Person.sign_in == "amara@example.org")).one()
    amaras = signed_in(amara)

    sent = amaras.get("/board", headers=BROWSER).data
    page = brotli.decompress(sent)
    assert len(re.findall(rb'<article class="card"', page)) >= 50
    assert len(page) <= 150_000
    assert len(sent) <= 30_000

    weight = len(sent)
    for path in dict.fromkeys(FETCHED.findall(page)):
        with amaras.get(path.decode(), headers=BROWSER) as answer:
            assert HASHED_NAME.search(path.decode())
            assert "immutable" in answer.headers["Cache-Control"]
            weight += len(answer.data)
    assert weight <= 150_000
