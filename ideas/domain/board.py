"""The board: six columns that order themselves."""

from __future__ import annotations

import collections
import dataclasses
import statistics
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from ideas import clock
from ideas.db import db
from ideas.models import Idea, Measure, SignOff, Sponsorship, Stage, StageEntry

from . import search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.sql.base import ExecutableOption

    from ideas.models import Person

    from .search import Filter

#: Cards shown in a column; the rest is a click away.
SHOWN = 10
#: How many of the newest stays the usual time in a stage is read from, and the fewest that can tell.
_STAYS = 300
_FEWEST = 5


@dataclasses.dataclass(frozen=True)
class Column:
    """One stage of the board: some of its cards, how many there are, and how long a stay usually is."""

    stage: Stage
    cards: Sequence[Idea]
    total: int
    #: whole days, the middle of the newest stays; None while too few have left the stage
    usual_days: int | None


def columns(person: Person, wanted: Filter) -> list[Column]:
    """The six columns, each in its own order, as this person may see them."""
    totals = search.count_by_stage(person, wanted)
    usual = usual_days()
    cards = _cards(person, wanted)
    return [
        Column(stage=stage, cards=cards[stage], total=totals[stage], usual_days=usual.get(stage)) for stage in Stage
    ]


def column(person: Person, wanted: Filter, stage: Stage) -> Column:
    """One column, as this person may see it."""
    return next(column for column in columns(person, wanted) if column.stage is stage)


def _cards(person: Person, wanted: Filter) -> dict[Stage, list[Idea]]:
    """The first cards of every column, in one statement and one more for each thing that a card shows."""
    ranked = (
        search.matching(person, wanted)
        .with_only_columns(
            Idea.id,
            sa.func.row_number().over(partition_by=Idea.stage, order_by=_order()).label("place"),
        )
        .order_by(None)
        .subquery()
    )
    ideas = db.session.scalars(
        sa.select(Idea)
        .join(ranked, ranked.c.id == Idea.id)
        .where(ranked.c.place <= SHOWN)
        .order_by(ranked.c.place)
        .options(*for_cards())
    ).unique()
    found: dict[Stage, list[Idea]] = collections.defaultdict(list)
    for idea in ideas:
        found[idea.stage].append(idea)
    return found


def for_cards() -> tuple[ExecutableOption, ...]:
    """What a card shows, so that a board loads it in a fixed number of statements."""
    return (
        selectinload(Idea.team_members),
        selectinload(Idea.steps),
        selectinload(Idea.screening),
        selectinload(Idea.checks),
        selectinload(Idea.lessons),
        selectinload(Idea.plan),
        selectinload(Idea.measures).selectinload(Measure.readings),
        selectinload(Idea.sponsorships).selectinload(Sponsorship.person),
        selectinload(Idea.sign_offs).selectinload(SignOff.decision),
    )


def _order() -> list[sa.ColumnElement[object]]:
    """Late first, then what waits for an answer by its day, then the longest in the stage.

    Adopted and stopped show the newest first: there is nothing to hurry.
    """
    goes_on = Idea.stage.not_in((Stage.ADOPTED, Stage.STOPPED))
    return [
        sa.case((Idea.due_on < clock.today(), 0), (Idea.due_on.is_not(None), 1), else_=2),
        Idea.due_on,
        sa.case((goes_on, Idea.stage_since)),
        Idea.stage_since.desc(),
        Idea.id,
    ]


def usual_days() -> dict[Stage, int]:
    """The middle of how long ideas stayed in each stage, in whole days; only where enough have left it."""
    rows = db.session.execute(
        sa.select(StageEntry.came_from, StageEntry.days_there)
        .where(StageEntry.came_from.is_not(None))
        .order_by(StageEntry.id.desc())
        .limit(_STAYS)
    ).tuples()
    stays: dict[Stage, list[int]] = collections.defaultdict(list)
    for stage, days in rows:
        if stage is not None and days is not None:
            stays[stage].append(days)
    return {stage: round(statistics.median(days)) for stage, days in stays.items() if len(days) >= _FEWEST}
