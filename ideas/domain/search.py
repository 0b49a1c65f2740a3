"""Finding ideas: one filter for the board, the list and the pages of an organisation or a person."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from ideas import clock
from ideas.access import visible
from ideas.db import db
from ideas.models import Audience, Idea, Organisation, Sector, SignOff, Sponsorship, Stage

from . import paging

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.models import Person


@dataclasses.dataclass(frozen=True)
class Filter:
    """Which ideas to show. Every field narrows; the empty filter shows everything that one may see."""

    stage: Stage | None = None
    #: by home, or by where it hurts while it looks for one
    organisation: Organisation | None = None
    sector: Sector | None = None
    #: author, owner, team, sponsor, or asked to decide
    mine: bool = False
    overdue: bool = False
    needs_sponsor: bool = False
    looks_for_host: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it narrows nothing but the stage."""
        return dataclasses.replace(self, stage=None) == Filter()


@dataclasses.dataclass(frozen=True)
class Page:
    """Some of the ideas found, and where one is among them."""

    ideas: Sequence[Idea]
    total: int
    number: int
    last: int


def matching(person: Person, wanted: Filter) -> sa.Select[Idea]:
    """The ideas that this person may see and that the filter lets through; drafts only among "mine"."""
    found = visible(Idea, person).where(_mine(person) if wanted.mine else Idea.audience != Audience.DRAFT)
    if wanted.stage:
        found = found.where(Idea.stage == wanted.stage)
    place = sa.func.coalesce(Idea.home_organisation_id, Idea.hurts_organisation_id)
    if wanted.organisation:
        found = found.where(place == wanted.organisation.id)
    if wanted.sector:
        found = found.where(place.in_(sa.select(Organisation.id).where(Organisation.sector == wanted.sector)))
    if wanted.overdue:
        found = found.where(Idea.due_on < clock.today())
    if wanted.needs_sponsor:
        sponsored = Idea.sponsorships.any(Sponsorship.accepted.is_(True))
        found = found.where(Idea.stage.in_((Stage.NEW, Stage.PLANNING)), ~sponsored)
    if wanted.looks_for_host:
        goes_on = Idea.stage.not_in((Stage.ADOPTED, Stage.STOPPED))
        found = found.where(Idea.home_organisation_id.is_(None), goes_on)
    return found


def _mine(person: Person) -> sa.ColumnElement[bool]:
    asked = sa.and_(SignOff.leader_id == person.id, SignOff.closed_at.is_(None))
    backs = sa.and_(Sponsorship.person_id == person.id, Sponsorship.accepted.is_not(False))
    return sa.or_(Idea.of_team(person.id), Idea.sponsorships.any(backs), Idea.sign_offs.any(asked))


def count(person: Person, wanted: Filter) -> int:
    """How many ideas there are."""
    return paging.count(matching(person, wanted))


def count_by_stage(person: Person, wanted: Filter) -> dict[Stage, int]:
    """How many ideas there are in each stage, 0 where none."""
    found = matching(person, wanted).with_only_columns(Idea.stage, sa.func.count()).group_by(Idea.stage)
    rows = db.session.execute(found).all()
    return dict.fromkeys(Stage, 0) | dict(rows)


def find(person: Person, wanted: Filter, *, page: int = 1, size: int = 20) -> Page:
    """One page of the ideas found, the newest first. A page past the last one is the last one."""
    total = count(person, wanted)
    number, last = paging.turn_to(page, total=total, size=size)
    ideas = db.session.scalars(
        matching(person, wanted)
        .order_by(Idea.stage_since.desc(), Idea.id.desc())
        .offset((number - 1) * size)
        .limit(size)
        .options(selectinload(Idea.lessons))
    ).all()
    return Page(ideas=ideas, total=total, number=number, last=last)
