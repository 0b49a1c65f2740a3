"""The ledger: what clients were promised, kept outside the server, and compared with what is there afterwards."""

from __future__ import annotations

import collections
import dataclasses
import secrets
import string
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclasses.dataclass(frozen=True)
class Account:
    """What became of all that was sent."""

    acknowledged: int
    #: acknowledged, and not there
    lost: int
    #: there more than once
    doubled: int
    #: sent, not acknowledged, and there all the same
    unasked: int
    #: answers that never came: nobody could know whether it was done
    unknown: int

    @property
    def holds(self) -> bool:
        """Nothing that was promised is missing, and nothing was done twice."""
        return not self.lost and not self.doubled


class Ledger:
    """Marks that were sent, and those that were acknowledged. Any number of threads write in it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: set[str] = set()
        self._acknowledged: dict[str, float] = {}
        self._unknown = 0

    def mark(self) -> str:
        """A new mark, to be sent as idempotency key and inside the words. Letters alone: digits look like patients."""
        made = "".join(secrets.choice(string.ascii_lowercase) for _ in range(20))
        with self._lock:
            self._sent.add(made)
        return made

    def acknowledge(self, mark: str, seconds: float = 0.0) -> None:
        """The whole answer was read, and it said yes."""
        with self._lock:
            self._acknowledged[mark] = seconds

    def no_answer(self) -> None:
        """Something was sent, and the line went dead."""
        with self._lock:
            self._unknown += 1

    @property
    def acknowledged(self) -> frozenset[str]:
        """The marks that were acknowledged until now."""
        with self._lock:
            return frozenset(self._acknowledged)

    @property
    def seconds(self) -> list[float]:
        """How long each acknowledged one took, from its first sending, the quickest first."""
        with self._lock:
            return sorted(self._acknowledged.values())

    def compare(self, titles: Iterable[str], *, until: frozenset[str] | None = None) -> Account:
        """Compare with the titles that are there now, each of which ends in its mark.

        `until` are the acknowledged marks of an earlier moment, such as the start of a backup: only those are owed.
        """
        owed = self.acknowledged if until is None else until
        there = collections.Counter(title.rpartition(" ")[2] for title in titles)
        ours = {mark: times for mark, times in there.items() if mark in self._sent}
        return Account(
            acknowledged=len(owed),
            lost=len(owed - ours.keys()),
            doubled=sum(times > 1 for times in ours.values()),
            unasked=len(ours.keys() - owed),
            unknown=self._unknown,
        )
