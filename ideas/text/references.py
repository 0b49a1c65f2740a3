"""References: I-4821, as ideas are known on the screen and in addresses."""

from __future__ import annotations

import re
import secrets

_SHAPE = re.compile(r"^I-([1-9][0-9]{0,8})$", re.IGNORECASE)


def written(number: int) -> str:
    """`4821` as `I-4821`."""
    return f"I-{number}"


def read(reference: str) -> int | None:
    """`I-4821` as `4821`; None for anything else."""
    match = _SHAPE.match(reference)
    return int(match.group(1)) if match else None


def draw(taken: int) -> int:
    """A random number of four digits or more, from a range that stays mostly free.

    Random, so that a reference tells nothing about order or about who wrote just before.
    `taken` is how many are in use; whoever draws tries again when the number is not free.
    """
    width = max(9_000, taken * 4)
    return 1_000 + secrets.randbelow(width)
