"""Sentences: what can happen, each kind with the one sentence that tells it."""

from __future__ import annotations

import enum
import string
from typing import Self


class Sentences(enum.StrEnum):
    """noun.past_verb, with the sentence of each. `{by}` is who did it; the others are its payload."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> Self:
        """Keep the sentence with the kind, so that no third place can disagree with them."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

    @classmethod
    def of(cls, value: str) -> Self:
        """The kind of this name, as a row keeps it."""
        return next(kind for kind in cls if kind.value == value)

    @property
    def keys(self) -> frozenset[str]:
        """The payload's keys: what its sentence names, less who did it."""
        named = {name for _, name, _, _ in string.Formatter().parse(self.sentence) if name}
        return frozenset(named - {"by"})

    def check(self, payload: dict[str, str]) -> None:
        """Go on only with all that the sentence needs, and nothing else. Raises ValueError."""
        if payload.keys() != self.keys:
            raise ValueError(f"{self} needs {sorted(self.keys)}, got {sorted(payload)}")
