"""Dates in words, as the screen and the history write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


def full(date: dt.date) -> str:
    """26 November 2026."""
    return f"{date.day} {date:%B %Y}"


def weekday(date: dt.date) -> str:
    """Thursday 26 November."""
    return f"{date:%A} {date.day} {date:%B}"


def short(date: dt.date, *, today: dt.date) -> str:
    """26 Nov, and 26 Nov 2025 when it is of another year than `today`."""
    words = f"{date.day} {date:%b}"
    return words if date.year == today.year else f"{words} {date.year}"


def span(first: dt.date, last: dt.date) -> str:
    """16 to 22 November, and 30 November to 6 December."""
    begins = f"{first.day}" if (first.year, first.month) == (last.year, last.month) else f"{first.day} {first:%B}"
    return f"{begins} to {last.day} {last:%B}"
