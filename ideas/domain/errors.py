"""What can go wrong with an act, in plain words; the entry points turn each into an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .gates import Requirement


class Refused(Exception):
    """The thing is not in a state for this. Says why, and lists what is missing where something is."""

    def __init__(self, words: str, missing: Sequence[Requirement] = ()) -> None:
        super().__init__(words)
        self.words = words
        self.missing = list(missing)


class Stale(Refused):
    """Somebody else changed the thing first: theirs stands, and nothing of this was done."""


class Invalid(Exception):
    """One field makes no sense. Says which, and how to put it right."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field
        self.words = words
