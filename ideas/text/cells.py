"""Cells of a table that leaves Headroom: what somebody typed stays words, and is no formula where it is opened."""

from __future__ import annotations

#: The full-width ones too, which some spreadsheets take for the others.
_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(words: str) -> str:
    """The words, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{words}" if words.lstrip(" \u00a0\u3000").startswith(_BEGIN_FORMULAS) else words
