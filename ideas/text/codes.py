"""Codes on posters: short, and hard to mistake when they are read off a wall and typed on a phone."""

from __future__ import annotations

import secrets

#: No vowel, so that no word comes of it, and nothing that looks like something else: no 0 or o, 1 or l, 5 or s, 2 or z.
_SIGNS = "bcdfghjkmnpqrtvwxy346789"
_LENGTH = 8


def draw() -> str:
    """A random code, as it is kept: eight signs of twenty-four, so that nobody finds one by trying."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


def written(code: str) -> str:
    """As it stands on the poster and in the address: `bcdfghjk` as `bcdf-ghjk`."""
    return f"{code[:4]}-{code[4:]}"


def read(typed: str) -> str | None:
    """As it is kept, however it was typed: in capitals, with blanks, without the hyphen. None for what is no code."""
    code = typed.lower().replace("-", "").replace(" ", "")
    return code if len(code) == _LENGTH and set(code) <= set(_SIGNS) else None
