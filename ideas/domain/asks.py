"""Asks: what waits on somebody's desk for an answer or an act of theirs.

Of most kinds there is nothing for most people. So one statement asks what there may be at all, by each kind's own
index; only that is read, as far as they may see it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload

from ideas import clock
from ideas.access import scopes
from ideas.access.scopes import reads, visible_to
from ideas.db import db, rows
from ideas.models import (
    Check,
    CheckState,
    FeltAsk,
    HomeAsk,
    Idea,
    Membership,
    Organisation,
    Person,
    SignOff,
    Sponsorship,
    Stage,
    Step,
    Watch,
)
from ideas.models import TeamMember as Member

from . import parts, watches, weekly_minutes
from .cards import TEAM
from .parts import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.sql.base import ExecutableOption

    from ideas.access.scopes import Reads

#: How far ahead a step is shown.
_AHEAD = dt.timedelta(days=7)

_READER: sa.BindParameter[int] = sa.bindparam("reader", type_=sa.Integer)
_LED: sa.BindParameter[int] = sa.bindparam("led", expanding=True, type_=sa.Integer)
_RUN: sa.BindParameter[int] = sa.bindparam("run", expanding=True, type_=sa.Integer)
_TODAY: sa.BindParameter[dt.date] = sa.bindparam("today", type_=sa.Date)
_UNTIL: sa.BindParameter[dt.date] = sa.bindparam("until", type_=sa.Date)


@dataclasses.dataclass(frozen=True, eq=False)
class Kind:
    """One kind of ask: which of them wait for the reader, what is read with each, and in which order."""

    model: type[Any]
    waits: tuple[Any, ...]
    options: tuple[ExecutableOption, ...]
    order: tuple[Any, ...]
    #: what must hold of its idea
    of_idea: tuple[sa.ColumnElement[bool], ...] = ()


_OWNER_WORKS = sa.exists().where(Membership.person_id == Idea.owner_id, Membership.holds()).correlate(Idea)
_HAS_NO_OWNER_LEFT = sa.and_(Idea.home_organisation_id.in_(_LED), ~_OWNER_WORKS)
_GOES_ON = Idea.stage.not_in((Stage.ADOPTED, Stage.STOPPED))

SPONSORSHIPS = Kind(
    Sponsorship,
    waits=(Sponsorship.person_id == _READER, Sponsorship.accepted.is_(None)),
    options=(joinedload(Sponsorship.idea), joinedload(Sponsorship.asked_by), lazyload(Sponsorship.pledges)),
    order=(Sponsorship.asked_at, Sponsorship.id),
)
PLACES = Kind(
    Member,
    waits=(Member.person_id == _READER, Member.accepted.is_(None), Member.ended_at.is_(None)),
    options=(joinedload(Member.idea), joinedload(Member.asked_by)),
    order=(Member.asked_at, Member.id),
)
#: those that are late or due soon
STEPS = Kind(
    Step,
    waits=(Step.owner_id == _READER, Step.done_at.is_(None), Step.due_on <= _UNTIL),
    options=(joinedload(Step.idea),),
    order=(Step.due_on, Step.id),
    of_idea=(_GOES_ON,),
)
CHECKS = Kind(
    Check,
    waits=(
        Check.asked_person_id == _READER,
        Check.is_called_for,
        Check.state.in_((CheckState.OPEN, CheckState.TALKING)),
    ),
    options=(joinedload(Check.idea),),
    order=(Check.due_on.is_(None), Check.due_on, Check.id),
    of_idea=(_GOES_ON,),
)


#: those that are open, and not answered
FELT = Kind(
    FeltAsk,
    waits=(FeltAsk.person_id == _READER, FeltAsk.answer.is_(None), FeltAsk.closes_on >= _TODAY),
    options=(joinedload(FeltAsk.idea).options(lazyload(Idea.author), lazyload(Idea.owner)),),
    order=(FeltAsk.closes_on, FeltAsk.id),
)


#: those of one's team, and of where one leads: whether nobody nearer is left is asked of each
WATCHES = Kind(
    Watch,
    waits=(Watch.answered_at.is_(None),),
    options=watches.WITH_TEAM,
    order=(Watch.due_on, Watch.id),
    of_idea=(Idea.stage == Stage.ADOPTED, sa.or_(Idea.of_team(_READER), _HAS_NO_OWNER_LEFT)),
)


class There(NamedTuple):
    """What there may be for somebody, more rather than less."""

    sponsorships: bool
    places: bool
    steps: bool
    checks: bool
    #: an organisation that they lead was asked whether it takes an idea on
    home_asks: bool
    #: they lead the partner of some organisation
    partners: bool
    #: somebody asks to join an organisation that they lead or administer
    joiners: bool
    #: a team of theirs is trying something
    weeks: bool
    #: they are asked whether it is less bad for them now
    felt: bool
    #: something that they or those whom they lead adopted is asked about
    watches: bool
    #: they sponsor something
    backed: bool


def there(person: Person) -> There:
    """What there may be for this person."""
    (row,) = rows(_there(), _values(person))
    return There(*row)


@functools.cache
def _there() -> sa.Select[*tuple[Any, ...]]:
    def some(*holds: sa.ColumnElement[bool]) -> sa.Exists:
        return sa.select(sa.literal(1)).where(*holds).exists()

    return sa.select(
        *(some(*kind.waits) for kind in (SPONSORSHIPS, PLACES, STEPS, CHECKS)),
        some(HomeAsk.organisation_id.in_(_LED), HomeAsk.answered_at.is_(None)),
        some(Organisation.partner_id.in_(_LED)),
        some(Membership.organisation_id.in_(_RUN), Membership.waits()),
        some(*weekly_minutes.are_tried_by(_READER)),
        some(*FELT.waits),
        some(*WATCHES.waits, Watch.idea_id == Idea.id, *WATCHES.of_idea),
        some(Sponsorship.person_id == _READER, Sponsorship.accepted.is_(True)),
    )


def of(person: Person, kind: Kind) -> Sequence[Any]:
    """The asks of this kind that wait for this person, as they may see them."""
    found = db.session.scalars(_asks(kind, reads(person)), _values(person)).unique().all()
    if kind is PLACES:
        parts.read(list(dict.fromkeys(place.idea for place in found)), TEAM)
    return found


@functools.cache
def _asks(kind: Kind, reader: Reads) -> sa.Select[Any]:
    found = visible_to(kind.model, reader).where(*kind.waits, *kind.of_idea)
    return found.options(*kind.options).order_by(*kind.order)


def requests(person: Person) -> Sequence[SignOff]:
    """The open requests before this person, and those where they lead; the first due first."""
    found = db.session.scalars(_requests(reads(person)), _values(person)).unique().all()
    parts.read(list(dict.fromkeys(request.idea for request in found)), TEAM, _SPONSORS)
    return found


@functools.cache
def _requests(kind: Reads) -> sa.Select[SignOff]:
    return (
        visible_to(SignOff, kind)
        .where(SignOff.closed_at.is_(None), sa.or_(SignOff.leader_id == _READER, SignOff.organisation_id.in_(_LED)))
        .options(
            lazyload(SignOff.decision),
            lazyload(SignOff.asked_by),
            joinedload(SignOff.leader).joinedload(Person.memberships),
            joinedload(SignOff.idea).options(joinedload(Idea.plan), lazyload(Idea.author), lazyload(Idea.owner)),
        )
        .order_by(SignOff.due_on, SignOff.id)
    )


#: Who backs it, without their names: what the rights ask.
_SPONSORS = Part("sponsorships", Sponsorship, (lazyload(Sponsorship.person), lazyload(Sponsorship.pledges)))


def _values(person: Person) -> dict[str, Any]:
    led = [organisation.id for organisation in person.organisations if person.leads(organisation.id)]
    return scopes.values(person) | {"led": led, "today": clock.today(), "until": clock.today() + _AHEAD}
