"""A file that is not taken."""

from __future__ import annotations


class Unfit(Exception):
    """The file is not taken. Says why, and what can be done."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


#: What is said of a file that its own kind's reader cannot make sense of.
UNREADABLE = "This file cannot be read. It may be damaged. Open it, save it again, and add that."

#: The exit code of a cleaner that refuses, with the words on standard error.
REFUSED = 3
