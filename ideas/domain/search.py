"""Finding ideas: one filter for the board, the list and the pages of an organisation or a person."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import lazyload, selectinload

from ideas import clock
from ideas.access import scopes, visible
from ideas.access.scopes import Reads, reads
from ideas.db import db, rows
from ideas.models import (
    Audience,
    Idea,
    Lesson,
    Organisation,
    Sector,
    SignOff,
    Sponsorship,
    Stage,
    TeamMember,
    VerdictKind,
)

from . import paging

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import InstrumentedAttribute

    from ideas.models import Person

    from .organisations import Named


@dataclasses.dataclass(frozen=True)
class Filter:
    """Which ideas to show. Every field narrows; the empty filter shows everything that one may see."""

    stage: Stage | None = None
    #: by home, or by where it hurts while it looks for one
    organisation: Organisation | Named | None = None
    sector: Sector | None = None
    #: author, owner, team, sponsor, or asked to decide
    mine: bool = False
    overdue: bool = False
    needs_sponsor: bool = False
    looks_for_host: bool = False
    #: what its readings say of what matters most
    verdict: VerdictKind | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it narrows nothing but the stage."""
        return dataclasses.replace(self, stage=None) == Filter()

    @property
    def may_lose_what_moves(self) -> bool:
        """Whether an idea that it lets through may be left out when it is in another stage, or the other way round."""
        return self.overdue or self.needs_sponsor or self.looks_for_host


@dataclasses.dataclass(frozen=True)
class Page:
    """Some of the ideas found, and where one is among them."""

    ideas: Sequence[Idea]
    #: how many there are in each stage, 0 where none, whichever stage is asked for
    by_stage: Mapping[Stage, int]
    total: int
    number: int
    last: int


@dataclasses.dataclass(frozen=True)
class Tally:
    """How many ideas there are, and how many of them go towards a leader's answer with nobody who backs them."""

    total: int = 0
    lack_a_sponsor: int = 0


@dataclasses.dataclass(frozen=True)
class Kind:
    """Which conditions a search has, whoever asks and whatever for: the selects of a kind are written once."""

    reads: Reads
    stage: bool
    organisation: bool
    sector: bool
    mine: bool
    overdue: bool
    needs_sponsor: bool
    looks_for_host: bool
    verdict: bool

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows it but what somebody may see."""
        return self == Kind(self.reads, *[False] * 8)


def kind(person: Person, wanted: Filter) -> Kind:
    """The kind of search that this is."""
    return Kind(
        reads=reads(person),
        stage=wanted.stage is not None,
        organisation=wanted.organisation is not None,
        sector=wanted.sector is not None,
        mine=wanted.mine,
        overdue=wanted.overdue,
        needs_sponsor=wanted.needs_sponsor,
        looks_for_host=wanted.looks_for_host,
        verdict=wanted.verdict is not None,
    )


def values(person: Person, wanted: Filter) -> dict[str, Any]:
    """What fills in a select of that kind: who asks, when, and for what."""
    return scopes.values(person) | {
        "today": clock.today(),
        "stage": wanted.stage,
        "organisation": wanted.organisation.id if wanted.organisation else None,
        "sector": wanted.sector,
        "verdict": wanted.verdict,
    }


@functools.cache
def select(kind: Kind) -> sa.Select[Idea]:
    """The ideas that somebody may see and that a filter lets through, to be filled in with `values`."""
    names = ("reader", "today", "stage", "organisation", "sector", "verdict")
    open_places: dict[str, Any] = {name: sa.bindparam(name) for name in names}
    return _narrowed(sa.select(Idea).where(scopes.idea_is_visible_to(kind.reads)), kind, open_places)


def matching(person: Person, wanted: Filter) -> sa.Select[Idea]:
    """The ideas that this person may see and that the filter lets through; drafts only among "mine"."""
    return _narrowed(visible(Idea, person), kind(person, wanted), values(person, wanted))


def _narrowed(found: sa.Select[Idea], kind: Kind, value: Mapping[str, Any]) -> sa.Select[Idea]:
    found = found.where(_mine(value["reader"]) if kind.mine else Idea.audience != Audience.DRAFT)
    if kind.stage:
        found = found.where(Idea.stage == value["stage"])
    if kind.organisation:
        found = found.where(at(value["organisation"]))
    if kind.sector:
        found = found.where(at(sa.select(Organisation.id).where(Organisation.sector == value["sector"])))
    if kind.overdue:
        found = found.where(Idea.due_on < value["today"])
    if kind.needs_sponsor:
        found = found.where(lacks_a_sponsor())
    if kind.looks_for_host:
        goes_on = Idea.stage.not_in((Stage.ADOPTED, Stage.STOPPED))
        found = found.where(Idea.home_organisation_id.is_(None), goes_on)
    if kind.verdict:
        found = found.where(Idea.verdict == value["verdict"])
    return found


def at(place: Any) -> sa.ColumnElement[bool]:
    """It is at this organisation, or at one of those selected: by home, or by where it hurts while it has none."""

    def is_it(column: InstrumentedAttribute[int | None]) -> sa.ColumnElement[bool]:
        return column.in_(place) if isinstance(place, sa.Select) else column == place

    # Not coalesce(): each half is found by an index of its own.
    here = is_it(Idea.home_organisation_id)
    return sa.or_(here, sa.and_(Idea.home_organisation_id.is_(None), is_it(Idea.hurts_organisation_id)))


def lacks_a_sponsor() -> sa.ColumnElement[bool]:
    """It goes towards a leader's answer, and nobody backs it yet."""
    return sa.and_(Idea.stage.in_(_TOWARDS_AN_ANSWER), Idea.sponsor_count == 0)


_TOWARDS_AN_ANSWER = (Stage.NEW, Stage.PLANNING)


def _mine(person_id: Any) -> sa.ColumnElement[bool]:
    """Author, owner, team, sponsor, or asked: each found by its own index, and the few together."""
    mine = sa.union(
        sa.select(Idea.id).where(Idea.author_id == person_id),
        sa.select(Idea.id).where(Idea.owner_id == person_id),
        sa.select(TeamMember.idea_id).where(
            TeamMember.person_id == person_id, TeamMember.accepted.is_(True), TeamMember.ended_at.is_(None)
        ),
        sa.select(Sponsorship.idea_id).where(Sponsorship.person_id == person_id, Sponsorship.accepted.is_not(False)),
        sa.select(SignOff.idea_id).where(SignOff.leader_id == person_id, SignOff.closed_at.is_(None)),
    )
    return Idea.id.in_(mine)


def count(person: Person, wanted: Filter) -> int:
    """How many ideas there are."""
    return int(rows(_count(kind(person, wanted)), values(person, wanted))[0][0])


@functools.cache
def _count(kind: Kind) -> sa.Select[int]:
    return select(kind).with_only_columns(sa.func.count(), maintain_column_froms=True)


def tally(person: Person, wanted: Filter) -> dict[Stage, Tally]:
    """How many ideas there are in each stage, and how many of them lack a sponsor; none where there are none."""
    found = dict.fromkeys(Stage, Tally())
    for stage, sponsors, count in rows(_tally(kind(person, wanted)), values(person, wanted)):
        lack = count if stage in _TOWARDS_AN_ANSWER and not sponsors else 0
        found[stage] = Tally(found[stage].total + count, found[stage].lack_a_sponsor + lack)
    return found


@functools.cache
def _tally(kind: Kind) -> sa.Select[Stage, int, int] | sa.CompoundSelect[Stage, int, int]:
    def counted(found: sa.Select[Idea]) -> sa.Select[Stage, int, int]:
        stage, sponsors = Idea.stage, Idea.sponsor_count
        return found.with_only_columns(stage, sponsors, sa.func.count()).group_by(stage, sponsors)

    if not kind.is_everything:
        return counted(select(kind))
    # Of everything nearly all is open: counted apart, it is counted by an index alone.
    parts = scopes.idea_is_visible_in_parts(kind.reads)
    return sa.union_all(*(counted(sa.select(Idea).where(part, Idea.audience != Audience.DRAFT)) for part in parts))


def find(person: Person, wanted: Filter, *, page: int = 1, size: int = 20) -> Page:
    """One page of the ideas found, the newest first. A page past the last one is the last one."""
    tallies = tally(person, dataclasses.replace(wanted, stage=None))
    by_stage = {stage: each.total for stage, each in tallies.items()}
    total = by_stage[wanted.stage] if wanted.stage else sum(by_stage.values())
    number, last = paging.turn_to(page, total=total, size=size)
    shown = values(person, wanted) | {"from_row": (number - 1) * size, "size": size}
    ideas = db.session.scalars(_newest(kind(person, wanted)), shown).all()
    return Page(ideas=ideas, by_stage=by_stage, total=total, number=number, last=last)


@functools.cache
def _newest(kind: Kind) -> sa.Select[Idea]:
    return (
        select(kind)
        .order_by(Idea.stage_since.desc(), Idea.id.desc())
        .offset(sa.bindparam("from_row"))
        .limit(sa.bindparam("size"))
        .options(lazyload(Idea.author), lazyload(Idea.owner), selectinload(Idea.lessons).lazyload(Lesson.by))
    )
