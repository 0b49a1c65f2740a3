"""The board: six columns that order themselves."""

from __future__ import annotations

import collections
import dataclasses
import functools
import statistics
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from ideas.db import rows
from ideas.models import Audience, Idea, Organisation, Stage, StageEntry

from . import cards, search
from .cards import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ideas.models import Person

    from .search import Filter, Kind, Tally

#: Cards shown in a column; the rest is a click away.
SHOWN = 10
#: How many of the newest stays the usual time in a stage is read from, and the fewest that can tell.
_STAYS = 300
_FEWEST = 5


@dataclasses.dataclass(frozen=True)
class Column:
    """One stage of the board: some of its cards, how many there are in all, and how long a stay usually is."""

    stage: Stage
    cards: Sequence[Entry]
    tally: Tally
    #: whole days, the middle of the newest stays; None while too few have left the stage
    usual_days: int | None

    @property
    def total(self) -> int:
        """How many ideas are in it, shown or not."""
        return self.tally.total

    @property
    def has_more(self) -> bool:
        """Whether there are more than the board shows."""
        return self.total > SHOWN


@dataclasses.dataclass(frozen=True)
class Reach:
    """How many organisations and sectors the ideas come from."""

    organisations: int
    sectors: int


def columns(person: Person, wanted: Filter) -> list[Column]:
    """The six columns, each in its own order, as this person may see them."""
    empty = heads(person, wanted)
    found = _first_of_each(person, wanted, _usual(empty))
    return [dataclasses.replace(column, cards=[e for e in found if e.stage is column.stage]) for column in empty]


def heads(person: Person, wanted: Filter) -> list[Column]:
    """The six columns without their cards: how many there are in each, and how long a stay usually is."""
    tallies, usual = search.tally(person, wanted), usual_days()
    return [Column(stage=stage, cards=(), tally=tallies[stage], usual_days=usual.get(stage)) for stage in Stage]


def _usual(columns: Sequence[Column]) -> dict[Stage, int]:
    return {column.stage: column.usual_days for column in columns if column.usual_days is not None}


def card(person: Person, wanted: Filter, idea: Idea, columns: Sequence[Column]) -> Entry | None:
    """The card of one idea that is at hand, on a board of these columns; None where the filter leaves it out."""
    values = search.values(person, wanted) | {"idea": idea.id}
    return cards.entry(person, _usual(columns), _one(search.kind(person, wanted)), values, idea)


@functools.cache
def _one(kind: Kind) -> sa.Select[*tuple[Any, ...]]:
    return cards.columns(search.select(kind).where(Idea.id == sa.bindparam("idea")))


def counts(person: Person, filters: Sequence[Filter], known: Mapping[Filter, int]) -> list[int]:
    """How many ideas each of these filters lets through; those that are not known already are counted."""
    return [known[wanted] if wanted in known else search.count(person, wanted) for wanted in filters]


def reach(person: Person, wanted: Filter) -> Reach:
    """From how many organisations and sectors these ideas come: their homes, or where they hurt."""
    (row,) = rows(_reach(search.kind(person, wanted)), search.values(person, wanted))
    return Reach(organisations=row[0], sectors=row[1])


@functools.cache
def _reach(kind: Kind) -> sa.Select[int, int]:
    # One idea is enough for each place: it is looked for by index, and the others are not read.
    there = search.select(kind).with_only_columns(Idea.id).where(search.at(Organisation.id))
    return sa.select(sa.func.count(Organisation.id), sa.func.count(Organisation.sector.distinct())).where(
        there.correlate(Organisation).exists()
    )


def _first_of_each(person: Person, wanted: Filter, usual: Mapping[Stage, int]) -> list[Entry]:
    """The first cards of every column: a statement for each, which reads no more than it shows, by index."""
    values, kind = search.values(person, wanted), search.kind(person, wanted)
    first, newest = _first(kind), _newest(kind)
    each = [(newest if stage in _DONE else first, values | {"column": stage}) for stage in Stage]
    return cards.entries(person, usual, each)


#: Where there is nothing to hurry: the newest comes first.
_DONE = tuple(stage for stage in Stage if stage not in cards.GOES_ON)


@functools.cache
def _first(kind: Kind) -> sa.Select[*tuple[Any, ...]]:
    return _of_column(kind).order_by(Idea.due_on, Idea.stage_since, Idea.id)


@functools.cache
def _newest(kind: Kind) -> sa.Select[*tuple[Any, ...]]:
    return _of_column(kind).order_by(Idea.due_on.desc(), Idea.stage_since.desc(), Idea.id.desc())


def _of_column(kind: Kind) -> sa.Select[*tuple[Any, ...]]:
    return cards.columns(search.select(kind).where(Idea.stage == sa.bindparam("column"))).limit(SHOWN)


def order() -> list[Any]:
    """Late first, then what waits for an answer by its day, then the longest in the stage: of all stages together.

    Adopted and stopped come last, the newest first: there is nothing to hurry.
    """
    goes_on = Idea.stage.in_(cards.GOES_ON)
    return [
        sa.case((goes_on, 0), else_=1),
        sa.case((Idea.due_on < sa.bindparam("today", type_=sa.Date), 0), (Idea.due_on.is_not(None), 1), else_=2),
        Idea.due_on,
        sa.case((goes_on, Idea.stage_since)),
        Idea.stage_since.desc(),
        Idea.id,
    ]


def usual_days() -> dict[Stage, int]:
    """The middle of how long ideas stayed in each stage, in whole days; only where enough have left it."""
    stays: dict[str, list[int]] = collections.defaultdict(list)
    for stage, days, times in rows(_newest_stays()):
        stays[stage] += [days] * times
    return {Stage(stage): round(statistics.median(days)) for stage, days in stays.items() if len(days) >= _FEWEST}


@functools.cache
def _newest_stays() -> sa.Select[*tuple[Any, ...]]:
    """How often each length of a stay is among the newest."""
    newest = (
        sa.select(sa.type_coerce(StageEntry.came_from, sa.String).label("stage"), StageEntry.days_there.label("days"))
        # What not everybody may read leaves no trace in what everybody reads.
        .where(StageEntry.days_there.is_not(None), StageEntry.idea.has(Idea.audience == Audience.OPEN))
        .order_by(StageEntry.id.desc())
        .limit(_STAYS)
        .subquery()
    )
    return sa.select(newest.c.stage, newest.c.days, sa.func.count()).group_by(newest.c.stage, newest.c.days)
