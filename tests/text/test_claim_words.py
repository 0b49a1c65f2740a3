"""The six words: out of a list that is whole, and read however they were typed."""

import itertools
import math

from ideas.text import claim_words


def test_six_words_are_seventy_seven_bits():
    assert len(set(claim_words.listed())) == 7776
    assert 77 < claim_words.COUNT * math.log2(len(claim_words.listed())) < 78


def test_hardly_a_word_is_the_beginning_of_another_so_that_they_can_be_typed_without_blanks():
    plain = sorted(claim_words.plain(word) for word in claim_words.listed())
    assert [a for a, b in itertools.pairwise(plain) if b.startswith(a)] == ["yoyo"]  # and yo-yo


def test_no_word_is_one_that_hurts():
    assert {"coffin", "corpse", "cruelty", "epilepsy", "hatred", "hurt", "idiocy"}.isdisjoint(claim_words.listed())


def test_words_follow_from_what_was_drawn():
    assert claim_words.chosen(bytes(32)) == ["abacus"] * 6
    words = claim_words.chosen(bytes(range(32)))
    assert words == claim_words.chosen(bytes(range(32)))
    assert len(set(words)) == 6


def test_they_are_read_however_they_were_typed():
    for typed in ("kettle harbour t-shirt", "1. Kettle, 2. HARBOUR, 3. T shirt", "kettle-harbour-tshirt\n"):
        assert claim_words.plain(typed) == "kettleharbourtshirt"
