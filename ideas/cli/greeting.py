"""The greeting: where Headroom is, said once it answers there."""

from __future__ import annotations

import time
import urllib.request

import click

#: How long the server may take to answer before its address is shown all the same.
FIRST_ANSWER_SECONDS = 30


class Greeting:
    """`look` now and then: it greets once. No thread does it, because who forks may have none."""

    def __init__(self, listens_at: str, words: str) -> None:
        self._listens_at, self._words = listens_at, words
        self._patience = time.monotonic() + FIRST_ANSWER_SECONDS
        self._said = False

    def look(self) -> None:
        """Greet, if it answers for the first time."""
        if not self._said and (self._answers() or time.monotonic() > self._patience):
            self._said = True
            click.echo(self._words)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self._listens_at}/healthz", timeout=1).close()  # noqa: S310
        except OSError:
            return False
        return True
