"""Governance as data: the screening questions, and the checks that their answers call for."""

from __future__ import annotations

import dataclasses
import functools
import pathlib
import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclasses.dataclass(frozen=True)
class Question:
    """A yes, no or not sure question. `behind` is the main question that opens it, if it is a fuller one."""

    key: str
    words: str
    calls: tuple[str, ...]
    hint: str = ""
    behind: str = ""


@dataclasses.dataclass(frozen=True)
class Guidance:
    """What a check is, whom to ask, and where that was read."""

    key: str
    name: str
    asks: str
    what_for: str
    source: str


@dataclasses.dataclass(frozen=True)
class Governance:
    """All questions and checks, as read on a day."""

    as_of: dt.date
    questions: tuple[Question, ...]
    checks: dict[str, Guidance]

    @property
    def main(self) -> tuple[Question, ...]:
        """The five questions that everybody answers."""
        return tuple(question for question in self.questions if not question.behind)

    def behind(self, key: str) -> tuple[Question, ...]:
        """The fuller questions that a yes or a not sure to this one opens."""
        return tuple(question for question in self.questions if question.behind == key)


@functools.cache
def governance() -> Governance:
    """The questions and checks, read once."""
    data = tomllib.loads(pathlib.Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return Governance(
        as_of=data["as_of"],
        questions=tuple(Question(**{**row, "calls": tuple(row["calls"])}) for row in data["question"]),
        checks={row["key"]: Guidance(**row) for row in data["check"]},
    )
