"""The table that is printed at the end: what was broken, how often, and what became of what was acknowledged."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .ledger import Account


@dataclasses.dataclass(frozen=True)
class Line:
    """One thing that was broken."""

    broken: str
    times: int
    account: Account
    remarks: str


class Report:
    """All lines, in the order of the tests."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def add(self, broken: str, times: int, account: Account, remarks: str = "") -> None:
        """Note what became of it. Fails when a promise was broken, so that no test can forget to."""
        self.lines.append(Line(broken, times, account, remarks))
        assert account.holds, account

    def add_control(self, broken: str, times: int, account: Account, remarks: str = "") -> None:
        """Note what a control lost, which is to lose."""
        self.lines.append(Line(f"control: {broken}", times, account, remarks))

    def __str__(self) -> str:
        head = f"{'what was broken':<52} {'times':>5} {'acknowledged':>12} {'lost':>5} {'doubled':>7}  "
        rows = [
            f"{line.broken:<52} {line.times:>5} {line.account.acknowledged:>12} {line.account.lost:>5} "
            f"{line.account.doubled:>7}  {line.remarks}".rstrip()
            for line in self.lines
        ]
        return "\n".join([head.rstrip(), *rows])
