"""The stories: each idea's words, from the example ideas, and what became of it, as somebody wrote it down."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import tomllib
from typing import Any

_HERE = pathlib.Path(__file__).parent


@dataclasses.dataclass(frozen=True)
class Asked:
    """A leader asked to sponsor: with a pledge they said yes, with a reason no, with neither they owe an answer."""

    who: str
    pledge: str = ""
    amount: str = ""
    unit: str = ""
    note: str = ""
    declined: str = ""
    #: days ago
    day: float | None = None


@dataclasses.dataclass(frozen=True)
class CheckTold:
    """A check: whom they asked, by when, and what came of it. Days are days ago, `due` is days from today."""

    kind: str
    person: str = ""
    whom: str = ""
    asked: float | None = None
    due: int | None = None
    state: str = ""
    said: str = ""
    answered: float | None = None
    #: the answer is the adviser's own words, entered by them
    adviser: bool = False


@dataclasses.dataclass(frozen=True)
class StepTold:
    """A step: whose, due in so many days from today, done so many days ago."""

    title: str
    owner: str
    due: int
    done: float | None = None


@dataclasses.dataclass(frozen=True)
class Round:
    """One request to a leader and what came of it. Days are days ago; `due` and `ends` are days from today."""

    leader: str
    #: whose answer it is, where another than its home has to agree too
    organisation: str = ""
    day: float | None = None
    due: int | None = None
    sent_on: dict[str, Any] | None = None
    taken_over: dict[str, Any] | None = None
    taken_back: dict[str, Any] | None = None
    outcome: str = ""
    answered: float | None = None
    weeks: int = 8
    ends: int | None = None
    condition: str = ""
    #: kinds of the open checks that the yes makes conditions
    checks: tuple[str, ...] = ()
    would_change: str = ""
    reason: str = ""
    smaller_yes: str = ""
    #: what the leader pledges in the same act: kind and note
    backing: dict[str, Any] | None = None


@dataclasses.dataclass(frozen=True)
class Series:
    """A measure, and what was counted before the change and since, earliest first."""

    every: str
    before: tuple[float, ...] = ()
    since: tuple[float, ...] = ()
    kind: str = "outcome"
    #: without a name it is what the idea's own words count, in their unit and direction
    name: str = ""
    unit: str = ""
    direction: str = ""
    place: str = ""
    definition: str = ""
    target: float | None = None
    #: why new limits begin, and at which of the readings since
    new_limits: dict[str, Any] | None = None
    #: what else happened, and at which of the readings since
    happenings: tuple[dict[str, Any], ...] = ()


@dataclasses.dataclass(frozen=True)
class CycleTold:
    """A cycle: what they tried and thought; and of those that went on, what happened, what it taught, what came of it.

    Days are days ago: planned, begun, and ended.
    """

    planned: float
    attempt: str
    prediction: str
    begun: float | None = None
    happened: str = ""
    foresight: str = ""
    learned: str = ""
    ended: float = 0
    ended_as: str = ""
    because: str = ""


@dataclasses.dataclass(frozen=True)
class WeekTold:
    """What somebody of the team said of a week, so many days ago, beside the number that was counted that day."""

    day: int
    by: str
    #: of what was pledged so that they have time: yes, partly or no
    kept: str = ""
    in_the_way: str = ""
    worse: str = ""


@dataclasses.dataclass(frozen=True)
class Stop:
    """It stopped: when, and what was learned."""

    day: float
    lesson: str
    by: str = ""


@dataclasses.dataclass(frozen=True)
class Story:
    """One idea: its words, and what became of it. Days are days ago unless said otherwise."""

    number: int
    title: str
    now: str
    change: str
    place: str
    is_illustrative: bool
    author: str
    said: float
    hurts: str = ""
    home: str = ""
    #: whose it is, when the author entered it for them and they have not said yet that it is theirs
    for_colleague: str = ""
    is_draft: bool = False
    is_here_first: bool = False
    #: a leader hid it: by, day, why
    hidden: dict[str, Any] | None = None
    hosted: dict[str, Any] | None = None
    #: a leader of the home that it was asked of said that it is not theirs: by, day, why
    not_ours: dict[str, Any] | None = None
    owner: str = ""
    named: dict[str, Any] | None = None
    taken: float | None = None
    team: tuple[str, ...] = ()
    team_asked: tuple[str, ...] = ()
    planned: float | None = None
    #: what its name became, once they knew more
    renamed: str = ""
    #: the day by which what belongs to the plan was done, where nobody has been asked for an answer yet
    worked: float | None = None
    plan: dict[str, str] = dataclasses.field(default_factory=dict)
    yes: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    screened: bool = True
    checks: tuple[CheckTold, ...] = ()
    steps: tuple[StepTold, ...] = ()
    sponsors: tuple[Asked, ...] = ()
    rounds: tuple[Round, ...] = ()
    series: tuple[Series, ...] = ()
    weeks: tuple[WeekTold, ...] = ()
    cycles: tuple[CycleTold, ...] = ()
    result: str = ""
    #: the same in one word
    stated: str = "less_bad"
    result_day: float | None = None
    stop: Stop | None = None
    reopened: float | None = None
    # As the example ideas have them.
    smallest_test: str = ""
    measured: dict[str, Any] = dataclasses.field(default_factory=dict)
    outcome: str = ""


def all_stories() -> list[Story]:
    """Every idea of the example with its story, and the drafts. A story without its idea is an error."""
    ideas = {row["id"]: row for row in json.loads((_HERE / "ideas.json").read_text(encoding="utf-8"))["ideas"]}
    told: dict[int, dict[str, Any]] = {}
    for file in sorted((_HERE / "stories").glob("*.toml")):
        for key, row in tomllib.loads(file.read_text(encoding="utf-8")).items():
            told[int(key)] = row
    if missing := ideas.keys() - told.keys():
        raise ValueError(f"nobody tells what became of {sorted(missing)}")
    for key, rows in tomllib.loads((_HERE / "series.toml").read_text(encoding="utf-8")).items():
        told[int(key)]["series"] = rows
    return [_story(number, row | _words(ideas.get(number))) for number, row in sorted(told.items())]


def _words(idea: dict[str, Any] | None) -> dict[str, Any]:
    """What the example ideas say about one: nothing for a draft, whose words stand in its story."""
    if idea is None:
        return {}
    setting, title = idea["setting"], idea["title"]
    first = title.removesuffix(" (did not work)")
    return {
        "title": first,
        "renamed": title if title != first else "",
        "now": idea["now"]["problem"],
        "change": idea["less_bad"],
        "place": setting[0].upper() + setting[1:],
        "is_illustrative": idea["illustrative"],
        "smallest_test": idea["first_small_test"],
        "measured": idea["now"],
        "outcome": idea["outcome"]["text"] or "",
    }


def _story(number: int, row: dict[str, Any]) -> Story:
    kinds: dict[str, Any] = {
        **{"checks": CheckTold, "sponsors": Asked, "rounds": Round},
        **{"weeks": WeekTold, "series": Series, "cycles": CycleTold},
    }
    for name, kind in kinds.items():
        row[name] = tuple(kind(**{key: _frozen(value) for key, value in one.items()}) for one in row.get(name, ()))
    row["steps"] = tuple(StepTold(*one) for one in row.get("steps", ()))
    if "stop" in row:
        row["stop"] = Stop(**row["stop"])
    return Story(number=number, **{key: _frozen(value) for key, value in row.items()})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
