"""The desk: what waits for me, what is mine, and what moved since I last looked."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, lazyload

from ideas import clock
from ideas.access import Action, may, scopes
from ideas.access.scopes import reads, visible_to
from ideas.db import db, rows
from ideas.models import (
    Check,
    FeltAsk,
    FeltRound,
    Hiding,
    HomeAsk,
    Idea,
    Measure,
    Membership,
    Person,
    SignOff,
    Sponsorship,
    Stage,
    Step,
    TeamMember,
    Watch,
)

from . import (
    asks,
    board,
    cards,
    gates,
    home_answers,
    homes,
    joining,
    moved,
    partners,
    parts,
    search,
    watches,
    weekly_minutes,
)
from .cards import Card
from .parts import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.access.scopes import Reads

    from .gates import Requirement
    from .moved import Moved
    from .search import Kind
    from .weekly_minutes import Turn

#: How many of one's own ideas, and of those that one backs, are shown; the rest is on the board, under "mine".
_MINE = 10
#: How many of a place's ideas somebody meets who has none of their own yet.
_NEAR = 3


class Own(Card):
    """An idea of one's own on the desk, which says what it needs in any stage that goes on."""

    @property
    def next(self) -> Requirement | None:
        """What it needs first; none while a leader's answer is awaited, and when it is stopped or adopted."""
        waits = self.idea.open_sign_off is not None or self.idea.stage is Stage.STOPPED
        return None if waits else gates.first_missing(self.idea)


@dataclasses.dataclass(frozen=True)
class Desk:
    """One person's desk. Each list is in the order in which to do it."""

    #: requests before me, the first due first
    answers: Sequence[SignOff]
    #: overdue requests, or those whose leader is gone, that I may take over
    to_take_over: Sequence[SignOff]
    #: what the organisations that I lead were asked: whether they take an idea on
    asked_of_us: Sequence[HomeAsk]
    #: who asks to join the organisations that I run
    to_let_in: Sequence[Membership]
    #: who asks to join places that nobody runs, and whose partner I lead
    to_lead: Sequence[Membership]
    sponsorships: Sequence[Sponsorship]
    places: Sequence[TeamMember]
    #: this week of what my teams are trying, those that nobody answered yet first
    weeks: Sequence[Turn]
    #: what was tried where I said us too: is it less bad for me now?
    felt: Sequence[FeltAsk]
    #: what was adopted and is mine to look at again
    watches: Sequence[Watch]
    #: my steps that are late or due within a week
    steps: Sequence[Step]
    #: checks that I was asked about
    checks: Sequence[Check]
    #: ideas that I wrote, carry or help to carry, the most pressing first, and how many there are in all
    mine: Sequence[Own]
    mine_total: int
    #: where I said yes to backing it, the most pressing first, and how many there are in all
    backed: Sequence[Sponsorship]
    backed_total: int
    #: the newest of those that look for a host, for who could host one, and how many there are
    hostless: Sequence[Idea]
    hostless_total: int
    #: yeses at places whose partner I lead, whose sponsor and decider are the same
    to_know: Sequence[SignOff]
    #: by idea, the newest first
    moved: Sequence[Moved]

    @property
    def waiting(self) -> int:
        """How many things wait for an answer or an act of mine."""
        asked = (self.answers, self.to_take_over, self.asked_of_us, self.to_let_in, self.to_lead, self.sponsorships)
        told = (self.places, self.felt, self.watches, self.weeks_to_answer, self.steps, self.checks)
        return sum(len(things) for things in asked + told)

    @property
    def weeks_to_answer(self) -> Sequence[Turn]:
        """The weeks that nobody of the team answered yet."""
        return [turn for turn in self.weeks if turn.minute is None]

    @property
    def late(self) -> int:
        """How many of all that waits is late."""
        late_checks = sum(check.due_on is not None and check.due_on < clock.today() for check in self.checks)
        late_requests = sum(request.is_overdue for request in (*self.answers, *self.to_take_over))
        late_homes = sum(asked.is_overdue for asked in self.asked_of_us)
        return late_requests + late_homes + late_checks + sum(step.is_late for step in self.steps)

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing here at all, as on somebody's first day."""
        return not (self.waiting or self.mine_total or self.backed_total or self.moved or self.hostless or self.to_know)


def of(person: Person) -> Desk:
    """This person's desk, now."""
    hosts = bool(homes.could_host(person)) and not person.belongs_to_a_supplier
    looking = search.Filter(looks_for_host=True)
    requests, there, mine_total = asks.requests(person), asks.there(person), _count_mine(person)
    joiners = joining.wait_for(person) if there.joiners or there.partners else ()
    own = {organisation.id for organisation in person.organisations}
    return Desk(
        answers=_answers(person, requests),
        to_take_over=_to_take_over(person, requests),
        asked_of_us=_asked_of_us(person) if there.home_asks else (),
        to_let_in=[one for one in joiners if one.organisation_id in own],
        to_lead=[one for one in joiners if one.organisation_id not in own],
        sponsorships=asks.of(person, asks.SPONSORSHIPS) if there.sponsorships else (),
        places=asks.of(person, asks.PLACES) if there.places else (),
        weeks=weekly_minutes.turns(person) if there.weeks else (),
        felt=_felt(person) if there.felt else (),
        watches=_watches(person) if there.watches else (),
        steps=asks.of(person, asks.STEPS) if there.steps else (),
        checks=asks.of(person, asks.CHECKS) if there.checks else (),
        mine=_mine(person) if mine_total else (),
        mine_total=mine_total,
        backed=_backed(person) if there.backed else (),
        backed_total=_count_backed(person) if there.backed else 0,
        hostless=_newest(person, looking) if hosts else (),
        hostless_total=search.count(person, looking) if hosts else 0,
        to_know=partners.to_know(person) if there.partners else (),
        moved=moved.moved(person),
    )


def near(person: Person) -> Sequence[Idea]:
    """A few ideas of the places where this person works, the newest first: something to begin with."""
    places = [organisation.id for organisation in person.organisations]
    here = sa.func.coalesce(Idea.home_organisation_id, Idea.hurts_organisation_id).in_(places)
    going_on = Idea.stage.in_((Stage.NEW, Stage.PLANNING))
    return db.session.scalars(
        search.matching(person, search.Filter())
        .where(here, going_on)
        .order_by(Idea.said_at.desc(), Idea.id.desc())
        .options(lazyload(Idea.author), lazyload(Idea.owner))
        .limit(_NEAR)
    ).all()


def _answers(person: Person, requests: Sequence[SignOff]) -> Sequence[SignOff]:
    mine = (request for request in requests if request.leader_id == person.id)
    return [request for request in mine if may(person, Action.DECIDE, request)]


def _to_take_over(person: Person, requests: Sequence[SignOff]) -> Sequence[SignOff]:
    others = (r for r in requests if r.leader_id != person.id and person.leads(r.organisation_id))
    return [
        request
        for request in others
        if (request.is_overdue or not may(request.leader, Action.DECIDE, request))
        and may(person, Action.TAKE_OVER, request)
    ]


def _asked_of_us(person: Person) -> Sequence[HomeAsk]:
    led = [organisation for organisation in person.organisations if person.leads(organisation.id)]
    if not led or person.belongs_to_a_supplier:
        return ()
    return home_answers.owed_by(*led, reader=person)


def _felt(person: Person) -> Sequence[FeltAsk]:
    return [ask for ask in asks.of(person, asks.FELT) if may(person, Action.ANSWER_FELT, ask)]


def _watches(person: Person) -> Sequence[Watch]:
    return [watch for watch in asks.of(person, asks.WATCHES) if watches.is_for(watch, person)]


def _newest(person: Person, wanted: search.Filter) -> Sequence[Idea]:
    return db.session.scalars(_newest_of(search.kind(person, wanted)), search.values(person, wanted)).all()


@functools.cache
def _newest_of(kind: Kind) -> sa.Select[Idea]:
    newest = search.select(kind).order_by(Idea.said_at.desc(), Idea.id.desc())
    return newest.options(lazyload(Idea.author), lazyload(Idea.owner)).limit(_NEAR)


def _count_mine(person: Person) -> int:
    return int(rows(_number_of_mine(reads(person)), scopes.values(person))[0][0])


@functools.cache
def _number_of_mine(kind: Reads) -> sa.Select[int]:
    return _of_my_team(kind).with_only_columns(sa.func.count(), maintain_column_froms=True)


def _of_my_team(kind: Reads) -> sa.Select[Idea]:
    return visible_to(Idea, kind).where(Idea.of_team(sa.bindparam("reader")))


def _mine(person: Person) -> Sequence[Own]:
    found = db.session.scalars(_most_pressing(reads(person)), search.values(person, search.Filter())).all()
    parts.read(found, *cards.PARTS, *_OF_OWN)
    return [Own(idea) for idea in found]


@functools.cache
def _most_pressing(kind: Reads) -> sa.Select[Idea]:
    return _of_my_team(kind).order_by(*board.order()).options(*cards.WITH_EACH).limit(_MINE)


def _count_backed(person: Person) -> int:
    return int(rows(_number_of_backed(reads(person)), scopes.values(person))[0][0])


@functools.cache
def _number_of_backed(kind: Reads) -> sa.Select[int]:
    return _backed_by_me(kind).with_only_columns(sa.func.count(), maintain_column_froms=True)


def _backed(person: Person) -> Sequence[Sponsorship]:
    values = search.values(person, search.Filter())
    return db.session.scalars(_most_pressing_backed(reads(person)), values).unique().all()


@functools.cache
def _most_pressing_backed(kind: Reads) -> sa.Select[Sponsorship]:
    read_with_it = contains_eager(Sponsorship.idea).options(lazyload(Idea.author), lazyload(Idea.owner))
    return _backed_by_me(kind).order_by(*board.order()).options(read_with_it).limit(_MINE)


def _backed_by_me(kind: Reads) -> sa.Select[Sponsorship]:
    mine = Sponsorship.person_id == sa.bindparam("reader")
    return visible_to(Sponsorship, kind).where(mine, Sponsorship.accepted.is_(True))


#: What the desk says of an idea beyond its card: what its evidence and its checks lack.
_OF_OWN = (
    Part("home_asks", HomeAsk),
    Part("measures", Measure),
    Part("checks", Check),
    Part("felt_rounds", FeltRound),
    Part("hidings", Hiding),
)
