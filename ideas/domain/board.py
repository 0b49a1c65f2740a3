"""The board: six columns that order themselves."""

from __future__ import annotations

import collections
import dataclasses
import statistics
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.models import Audience, Idea, Organisation, Stage, StageEntry

from . import cards, moves, search
from .cards import Card

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    cards: Sequence[Card]
    total: int
    #: whole days, the middle of the newest stays; None while too few have left the stage
    usual_days: int | None

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
    found = _first_of_each(person, wanted)
    return [
        dataclasses.replace(
            empty,
            cards=[Card(idea, moves.offered(idea, by=person), empty.usual_days) for idea in found[empty.stage]],
        )
        for empty in heads(person, wanted)
    ]


def heads(person: Person, wanted: Filter) -> list[Column]:
    """The six columns without their cards: how many there are in each, and how long a stay usually is."""
    totals = search.count_by_stage(person, wanted)
    usual = usual_days()
    return [Column(stage=stage, cards=(), total=totals[stage], usual_days=usual.get(stage)) for stage in Stage]


def card(person: Person, wanted: Filter, idea: Idea) -> Card | None:
    """The card of one idea, as it is now; None when it is not among those that the filter lets through."""
    found = db.session.scalar(search.matching(person, wanted).with_only_columns(Idea.id).where(Idea.id == idea.id))
    if found is None:
        return None
    return Card(idea, moves.offered(idea, by=person), usual_days().get(idea.stage))


def counts(person: Person, filters: Sequence[Filter]) -> list[int]:
    """How many ideas each of these filters lets through, in one statement."""
    each = [
        sa.select(sa.func.count())
        .select_from(search.matching(person, wanted).with_only_columns(Idea.id).order_by(None).subquery())
        .scalar_subquery()
        for wanted in filters
    ]
    return list(db.session.execute(sa.select(*each)).one())


def reach(person: Person, wanted: Filter) -> Reach:
    """From how many organisations and sectors these ideas come: their homes, or where they hurt."""
    place = sa.func.coalesce(Idea.home_organisation_id, Idea.hurts_organisation_id)
    places = search.matching(person, wanted).with_only_columns(place.label("id")).order_by(None).subquery()
    row = db.session.execute(
        sa.select(sa.func.count(Organisation.id), sa.func.count(Organisation.sector.distinct())).where(
            Organisation.id.in_(sa.select(places.c.id))
        )
    ).one()
    return Reach(organisations=row[0], sectors=row[1])


def _first_of_each(person: Person, wanted: Filter) -> dict[Stage, list[Idea]]:
    """The first cards of every column, in one statement and one more for each thing that a card shows."""
    ranked = (
        search.matching(person, wanted)
        .with_only_columns(
            Idea.id,
            sa.func.row_number().over(partition_by=Idea.stage, order_by=order()).label("place"),
        )
        .order_by(None)
        .subquery()
    )
    shown = db.session.scalars(
        sa.select(Idea)
        .join(ranked, ranked.c.id == Idea.id)
        .where(ranked.c.place <= SHOWN)
        .order_by(ranked.c.place)
        .options(*cards.shown())
    ).unique()
    found: dict[Stage, list[Idea]] = collections.defaultdict(list)
    for idea in shown:
        found[idea.stage].append(idea)
    return found


def order() -> list[Any]:
    """Late first, then what waits for an answer by its day, then the longest in the stage.

    Adopted and stopped come last, the newest first: there is nothing to hurry.
    """
    goes_on = Idea.stage.in_(cards.GOES_ON)
    return [
        sa.case((goes_on, 0), else_=1),
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
        .join(StageEntry.idea)
        # What not everybody may read leaves no trace in what everybody reads.
        .where(StageEntry.came_from.is_not(None), Idea.audience == Audience.OPEN)
        .order_by(StageEntry.id.desc())
        .limit(_STAYS)
    )
    stays: dict[Stage, list[int]] = collections.defaultdict(list)
    for stage, days in rows:
        if stage is not None and days is not None:
            stays[stage].append(days)
    return {stage: round(statistics.median(days)) for stage, days in stays.items() if len(days) >= _FEWEST}
