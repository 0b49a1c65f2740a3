"""The desk: what waits for me, what is mine, and what moved since I last looked."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload, selectinload

from ideas import clock
from ideas.access import Action, may, visible
from ideas.db import db
from ideas.models import (
    Check,
    CheckState,
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
)

from . import board, cards, gates, home_answers, homes, joining, moved, paging, partners, search
from .cards import Card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm.interfaces import ORMOption

    from .gates import Requirement
    from .moved import Moved

#: How far ahead a step is shown.
_AHEAD = dt.timedelta(days=7)
#: How many of one's own ideas are shown; the rest is on the board, under "mine".
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
    #: who asks to join places that nobody runs, and whose partner I lead
    to_lead: Sequence[Membership]
    sponsorships: Sequence[Sponsorship]
    places: Sequence[TeamMember]
    #: my steps that are late or due within a week
    steps: Sequence[Step]
    #: checks that I was asked about
    checks: Sequence[Check]
    #: ideas that I wrote, carry or help to carry, the most pressing first, and how many there are in all
    mine: Sequence[Own]
    mine_total: int
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
        asked = (self.answers, self.to_take_over, self.asked_of_us, self.to_lead, self.sponsorships, self.places)
        return sum(len(things) for things in (*asked, self.steps, self.checks))

    @property
    def late_answers(self) -> int:
        """How many of the answers that I owe are late."""
        return sum(request.is_overdue for request in self.answers)

    @property
    def late(self) -> int:
        """How many of all that waits is late."""
        late_checks = sum(check.due_on is not None and check.due_on < clock.today() for check in self.checks)
        late_others = sum(request.is_overdue for request in self.to_take_over)
        late_homes = sum(asked.is_overdue for asked in self.asked_of_us)
        return self.late_answers + late_others + late_homes + late_checks + sum(step.is_late for step in self.steps)

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing here at all, as on somebody's first day."""
        return not (self.waiting or self.mine_total or self.moved or self.hostless or self.to_know)


def of(person: Person) -> Desk:
    """This person's desk, now."""
    hosts = bool(homes.could_host(person)) and not person.belongs_to_a_supplier
    looking = search.Filter(looks_for_host=True)
    return Desk(
        answers=_answers(person),
        to_take_over=_to_take_over(person),
        asked_of_us=_asked_of_us(person),
        to_lead=joining.wait_for_partner(person),
        sponsorships=_sponsorships(person),
        places=_places(person),
        steps=_steps(person),
        checks=_checks(person),
        mine=_mine(person),
        mine_total=paging.count(_of_my_team(person)),
        hostless=_newest(person, looking) if hosts else (),
        hostless_total=search.count(person, looking) if hosts else 0,
        to_know=partners.to_know(person),
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


def _requests(person: Person) -> sa.Select[SignOff]:
    idea = joinedload(SignOff.idea)
    return (
        visible(SignOff, person)
        .where(SignOff.closed_at.is_(None))
        .options(
            lazyload(SignOff.decision),
            joinedload(SignOff.leader).selectinload(Person.memberships),
            idea.options(
                selectinload(Idea.team_members).lazyload(TeamMember.person),
                selectinload(Idea.sponsorships).options(lazyload(Sponsorship.person), lazyload(Sponsorship.pledges)),
                selectinload(Idea.plan),
            ),
        )
        .order_by(SignOff.due_on, SignOff.id)
    )


def _answers(person: Person) -> Sequence[SignOff]:
    mine = db.session.scalars(_requests(person).where(SignOff.leader_id == person.id)).unique()
    return [request for request in mine if may(person, Action.DECIDE, request)]


def _to_take_over(person: Person) -> Sequence[SignOff]:
    led = [organisation.id for organisation in person.organisations if person.leads(organisation.id)]
    others = _requests(person).where(SignOff.organisation_id.in_(led), SignOff.leader_id != person.id)
    return [
        request
        for request in db.session.scalars(others).unique()
        if (request.is_overdue or not may(request.leader, Action.DECIDE, request))
        and may(person, Action.TAKE_OVER, request)
    ]


def _asked_of_us(person: Person) -> Sequence[HomeAsk]:
    led = [organisation for organisation in person.organisations if person.leads(organisation.id)]
    if not led or person.belongs_to_a_supplier:
        return ()
    return home_answers.owed_by(*led, reader=person)


def _newest(person: Person, wanted: search.Filter) -> Sequence[Idea]:
    return db.session.scalars(
        search.matching(person, wanted)
        .order_by(Idea.said_at.desc(), Idea.id.desc())
        .options(lazyload(Idea.author), lazyload(Idea.owner))
        .limit(_NEAR)
    ).all()


def _sponsorships(person: Person) -> Sequence[Sponsorship]:
    return db.session.scalars(
        visible(Sponsorship, person)
        .where(Sponsorship.person_id == person.id, Sponsorship.accepted.is_(None))
        .options(joinedload(Sponsorship.idea), joinedload(Sponsorship.asked_by), lazyload(Sponsorship.pledges))
        .order_by(Sponsorship.asked_at, Sponsorship.id)
    ).all()


def _places(person: Person) -> Sequence[TeamMember]:
    return db.session.scalars(
        visible(TeamMember, person)
        .where(TeamMember.person_id == person.id, TeamMember.accepted.is_(None), TeamMember.ended_at.is_(None))
        .options(
            joinedload(TeamMember.idea).selectinload(Idea.team_members).lazyload(TeamMember.person),
            joinedload(TeamMember.asked_by),
        )
        .order_by(TeamMember.asked_at, TeamMember.id)
    ).all()


def _steps(person: Person) -> Sequence[Step]:
    return db.session.scalars(
        visible(Step, person)
        .where(
            Step.owner_id == person.id,
            Step.done_at.is_(None),
            Step.due_on <= clock.today() + _AHEAD,
            Idea.stage.not_in((Stage.ADOPTED, Stage.STOPPED)),
        )
        .options(joinedload(Step.idea))
        .order_by(Step.due_on, Step.id)
    ).all()


def _checks(person: Person) -> Sequence[Check]:
    return db.session.scalars(
        visible(Check, person)
        .where(
            Check.asked_person_id == person.id,
            Check.is_called_for,
            Check.state.in_((CheckState.OPEN, CheckState.TALKING)),
            Idea.stage.not_in((Stage.ADOPTED, Stage.STOPPED)),
        )
        .options(joinedload(Check.idea))
        .order_by(Check.due_on.is_(None), Check.due_on, Check.id)
    ).all()


def _of_my_team(person: Person) -> sa.Select[Idea]:
    return visible(Idea, person).where(Idea.of_team(person.id))


def _mine(person: Person) -> Sequence[Own]:
    found = _of_my_team(person).order_by(*board.order()).options(*_for_own()).limit(_MINE)
    return [Own(idea) for idea in db.session.scalars(found).unique()]


def _for_own() -> tuple[ORMOption, ...]:
    """What the desk says of an idea beyond its card: what its evidence and its checks lack."""
    return (
        *cards.shown(),
        selectinload(Idea.home_asks),
        selectinload(Idea.measures).selectinload(Measure.readings),
        selectinload(Idea.checks),
        selectinload(Idea.hidings),
    )
