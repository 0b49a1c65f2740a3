"""The forms of who holds the six words of an idea."""

from __future__ import annotations

from ideas.web.fields import HiddenField, TextField
from ideas.web.forms import Form, Keyed
from ideas.web.ideas.words import Words
from ideas.web.stale import OnVersion


class WordsForm(Form):
    """The six words, typed."""

    code = TextField(
        "The six words",
        hint="In their order, with spaces between them. Capitals do not matter.",
        required="Type the six words",
    )


class HeldForm(Keyed, Form):
    """An act of who holds the six words, which are sent along."""

    code = HiddenField()


class RewordForm(Words, OnVersion, HeldForm):
    """Change what it says."""
