"""Verdicts: what the readings of a measure say of the change, in one of four words."""

from __future__ import annotations

import enum


class VerdictKind(enum.StrEnum):
    """What the readings say of the change."""

    #: a signal, and the ranks agree: it is less bad
    LESS_BAD = "less_bad"
    #: enough readings, and nothing that luck could not do
    NO_CLEAR_CHANGE = "no_clear_change"
    #: a signal, and the ranks agree: it is worse
    WORSE = "worse"
    #: nobody can tell yet
    TOO_FEW = "too_few"

    @property
    def words(self) -> str:
        """The verdict on the screen."""
        return {
            VerdictKind.LESS_BAD: "Less bad",
            VerdictKind.NO_CLEAR_CHANGE: "No clear change",
            VerdictKind.WORSE: "Worse",
            VerdictKind.TOO_FEW: "Too few readings",
        }[self]


#: Counted up whenever the same readings get another verdict, or other words: what older rules said is judged anew.
RULES = 2
