"""Cells of a table that leaves Headroom: what somebody typed stays words, and is no formula where it is opened."""

from __future__ import annotations

_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def defused(words: str) -> str:
    """The words, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{words}" if words.lstrip(" ").startswith(_BEGIN_FORMULAS) else words
