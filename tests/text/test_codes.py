"""Codes on posters: drawn at random, and read however they were typed."""

import pytest

from ideas.text import codes


def test_a_code_has_eight_signs_that_are_not_mixed_up():
    drawn = {codes.draw() for _ in range(500)}
    assert len(drawn) == 500
    assert {len(code) for code in drawn} == {8}
    assert not set("".join(drawn)) & set("aeiou01lsz25")


@pytest.mark.parametrize("typed", ["bcdf-ghjk", "BCDF-GHJK", "bcdfghjk", " bcdf ghjk ", "b-c-d-f-g-h-j-k"])
def test_it_is_read_however_it_was_typed(typed):
    assert codes.read(typed) == "bcdfghjk"
    assert codes.written("bcdfghjk") == "bcdf-ghjk"


@pytest.mark.parametrize("typed", ["", "bcdf", "bcdf-ghj0", "bcdf-ghjk-m", "aaaa-aaaa", "bcdf_ghjk"])
def test_what_is_no_code_is_none(typed):
    assert codes.read(typed) is None
