"""The six words by which whoever said an idea without a name comes back to it.

words.txt is the long list of the Electronic Frontier Foundation (eff.org/dice), under CC BY 3.0 US: 7,776 short,
common words, none of which is the beginning of another. Six of them are 77 bits. It is changed here: some 300 words
that are hard, rude, sad or of the clinic, which nobody should have to read about their idea, made room for plain ones.
"""

from __future__ import annotations

import functools
import pathlib
import re

#: How many words a code has.
COUNT = 6


@functools.cache
def listed() -> tuple[str, ...]:
    """All the words that a code is made of."""
    return tuple(pathlib.Path(__file__).with_name("words.txt").read_text(encoding="ascii").split())


def chosen(drawn: bytes) -> list[str]:
    """Six words out of random bytes; 32 of them leave no word likelier than another."""
    number = int.from_bytes(drawn, "big")
    words = []
    for _ in range(COUNT):
        number, which = divmod(number, len(listed()))
        words.append(listed()[which])
    return words


def plain(typed: str) -> str:
    """The code as it is compared, however it was typed: with blanks, commas, numbers, hyphens or in capitals."""
    return re.sub(r"[^a-z]", "", typed.lower())
