"""Audiences: who may read an idea."""

from __future__ import annotations

import enum


class Audience(enum.StrEnum):
    """Who may read an idea."""

    #: its author, owner and team
    DRAFT = "draft"
    #: for 28 days the organisations that it concerns, and whoever is asked by name; then everybody
    HERE_FIRST = "here_first"
    #: everybody signed in
    OPEN = "open"
    #: its team, and those who may show it again: a leader or administrator hid it, with a reason
    HIDDEN = "hidden"
    #: nobody: its author took it back, and what it said is deleted
    WITHDRAWN = "withdrawn"
