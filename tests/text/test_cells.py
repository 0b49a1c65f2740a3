"""What leaves in a table is no formula where it is opened."""

from __future__ import annotations

import pytest

from ideas.text import cells


@pytest.mark.parametrize("sign", [*"=+-@\t\r\n", *"＝＋－＠"])
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\u3000 "])
def test_words_that_begin_as_a_formula_stay_words(before: str, sign: str) -> None:
    words = f"{before}{sign}HYPERLINK(1)"

    assert cells.defused(words) == f"'{words}"


def test_other_words_stay_as_they_are() -> None:
    assert cells.defused("Falls = bad") == "Falls = bad"
