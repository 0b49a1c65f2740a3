"""People: adding somebody, and their memberships."""

from __future__ import annotations

import collections
import dataclasses
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from ideas import clock
from ideas.access import Denied
from ideas.db import db, rows
from ideas.models import Absence, Idea, Membership, Organisation, Person, Role, Sector, Sponsorship

from . import paging, search
from .errors import Invalid

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

_SIGN_IN = re.compile(r"[^\s@\x00-\x1f\x7f]{1,64}(@[^\s@\x00-\x1f\x7f]{1,189})?")
_WITH_MEMBERSHIPS = selectinload(Person.memberships)
#: How many ideas of a kind a person's page shows; the newest.
SHOWN = 20


@dataclasses.dataclass(frozen=True)
class Part:
    """What somebody is to some ideas, in a word, with the newest of these ideas."""

    words: str
    ideas: Sequence[Idea]
    total: int


@dataclasses.dataclass(frozen=True)
class Place:
    """Where somebody belongs now, as a list to choose from knows it."""

    organisation_id: int
    organisation: str
    sector: Sector
    job: str
    role: Role


@dataclasses.dataclass(frozen=True)
class Colleague:
    """Somebody as a list to choose from knows them: their name, and where they belong, the oldest place first."""

    id: int
    name: str
    places: Sequence[Place]

    @property
    def active_memberships(self) -> Sequence[Place]:
        """Where they belong now: only that was read."""
        return self.places

    @property
    def belongs_to_a_supplier(self) -> bool:
        """What a person's own says."""
        return any(place.sector is Sector.SUPPLIER for place in self.places)

    @property
    def led(self) -> Sequence[Place]:
        """The places that they lead, suppliers left out."""
        return [place for place in self.places if place.role is Role.LEADER and place.sector is not Sector.SUPPLIER]

    @property
    def leads_somewhere(self) -> bool:
        """What a person's own says."""
        return bool(self.led)

    def is_member_of(self, organisation_id: int | None) -> bool:
        """What a person's own says."""
        return any(place.organisation_id == organisation_id for place in self.places)


def add(name: str, sign_in: str) -> Person:
    """Add somebody by name and sign-in name (an e-mail address or a user name). They belong nowhere yet.

    Raises Invalid: no name, a sign-in name with a space in it, or one that is taken.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= 120 or any(unicodedata.category(c) == "Cc" for c in name):
        raise Invalid("name", "Give a name of 1 to 120 characters.")
    sign_in = sign_in.strip().casefold()
    if not _SIGN_IN.fullmatch(sign_in):
        raise Invalid("sign_in", "A sign-in name is an e-mail address or one word without spaces.")
    taken = Invalid("sign_in", f"Somebody signs in as {sign_in} already. Choose another sign-in name.")
    if db.session.scalar(sa.select(Person.id).where(Person.sign_in == sign_in)):
        raise taken
    person = Person(name=name, sign_in=sign_in, created_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError:
        # Two who chose it at the same moment both found it free.
        raise taken from None
    return person


def join(person: Person, organisation: Organisation, *, job: str, role: Role) -> Membership:
    """Make somebody a member, leader or admin of an organisation; twice in one role changes nothing.

    Who waited for a yes there has it now. Raises Invalid: no job.
    """
    for membership in person.memberships:
        if membership.organisation_id == organisation.id and membership.role is role and membership.ended_at is None:
            membership.confirmed_at = membership.confirmed_at or clock.now()
            settle(organisation)
            return membership
    moment = clock.now()
    for membership in person.memberships:
        if membership.organisation_id == organisation.id and membership.is_waiting:
            # Asked for as a member, and answered with more.
            membership.ended_at = moment
    membership = Membership(
        person=person,
        organisation=organisation,
        job=checked_job(job),
        role=role,
        started_at=moment,
        confirmed_at=moment,
    )
    db.session.add(membership)
    settle(organisation)
    return membership


def settle(organisation: Organisation) -> None:
    """A membership of it has begun or ended: whether anybody leads or administers it is asked anew."""
    db.session.flush()
    db.session.expire(organisation, ["has_administrator", "has_leader"])


def checked_job(job: str) -> str:
    """What somebody does there, with single blanks. Raises Invalid: nothing, or too much."""
    job = " ".join(job.split())
    if not 1 <= len(job) <= 120:
        raise Invalid("job", "Give a job of 1 to 120 characters.")
    return job


def leave(membership: Membership) -> Membership:
    """End a membership. Nothing that the person did goes. Twice changes nothing."""
    if membership.is_active:
        membership.ended_at = clock.now()
        settle(membership.organisation)
    return membership


def with_sign_in(sign_in: str) -> Person | None:
    """The person who signs in by this name."""
    return db.session.scalar(sa.select(Person).where(Person.sign_in == sign_in.strip().casefold()))


def of(organisation: Organisation) -> Sequence[Person]:
    """Who belongs to an organisation now, by name."""
    return db.session.scalars(_OF, {"organisation": organisation.id}).all()


def are_fewer_than(number: int, organisation: Organisation) -> bool:
    """Whether fewer people than this belong to it now: a small place, where words may give somebody away."""
    found = rows(_SOME_THERE, {"organisation": organisation.id, "most": number})
    return int(found[0][0]) < number


_THERE = sa.and_(Membership.organisation_id == sa.bindparam("organisation"), Membership.holds())
_OF = sa.select(Person).where(Person.memberships.any(_THERE)).order_by(Person.name).options(_WITH_MEMBERSHIPS)
_SOME_THERE = sa.select(sa.func.count()).select_from(
    sa.select(Membership.person_id).where(_THERE).distinct().limit(sa.bindparam("most")).subquery()
)


def everybody() -> list[Colleague]:
    """Everybody who belongs somewhere now, by name: columns alone, for lists to choose from."""
    return colleagues(_EVERYBODY)


def everybody_who_leads() -> list[Colleague]:
    """Of these, those who lead an organisation now."""
    return colleagues(_LEADING)


def colleagues(found: sa.Executable, values: Mapping[str, Any] | None = None) -> list[Colleague]:
    """The people that a select of `PLACES` finds, filled in with its values, in its order."""
    places: dict[tuple[int, str], list[Place]] = collections.defaultdict(list)
    for person_id, name, *place in rows(found, values):
        places[person_id, name].append(Place(*place))
    return [Colleague(*person, theirs) for person, theirs in places.items()]


#: Everybody's places, by the columns that a list to choose from knows.
PLACES = (
    sa.select(
        Person.id, Person.name, Organisation.id, Organisation.name, Organisation.sector, Membership.job, Membership.role
    )
    .join(Membership.person)
    .join(Membership.organisation)
    .where(Membership.holds())
)
_EVERYBODY = PLACES.order_by(Person.name, Person.id, Membership.id)
_LEAD = sa.select(Membership.person_id).where(Membership.role == Role.LEADER, Membership.holds()).correlate(None)
_LEADING = PLACES.where(Person.id.in_(_LEAD)).order_by(sa.func.lower(Person.name), Person.id, Membership.id)


def leaders(*organisation_ids: int) -> Sequence[Person]:
    """Who leads one of these organisations now, by name."""
    return db.session.scalars(_LEADERS, {"places": organisation_ids}).all()


_LEAD_THERE = sa.and_(
    Membership.organisation_id.in_(sa.bindparam("places", expanding=True)),
    Membership.role == Role.LEADER,
    Membership.holds(),
)
_LEADERS = (
    sa.select(Person)
    .where(Person.memberships.any(_LEAD_THERE))
    .order_by(sa.func.lower(Person.name), Person.id)
    .options(_WITH_MEMBERSHIPS)
)


def parts_in_ideas(person: Person, *, reader: Person) -> list[Part]:
    """The open ideas that somebody carries, said without carrying them, or sponsors, as the reader may see them."""
    carries = Idea.owner_id == person.id
    said = sa.and_(Idea.author_id == person.id, sa.or_(Idea.owner_id.is_(None), Idea.owner_id != person.id))
    backs = Idea.sponsorships.any(sa.and_(Sponsorship.person_id == person.id, Sponsorship.accepted.is_(True)))
    return list(_parts({"Carries": carries, "Said": said, "Sponsors": backs}, reader))


def _parts(kinds: dict[str, sa.ColumnElement[bool]], reader: Person) -> Iterator[Part]:
    for words, kind in kinds.items():
        # Through the empty filter: no draft is shown here, to nobody.
        found = search.matching(reader, search.Filter()).where(kind)
        newest = found.order_by(Idea.stage_since.desc(), Idea.id.desc()).limit(SHOWN)
        yield Part(words=words, ideas=db.session.scalars(newest).unique().all(), total=paging.count(found))


def demand_to_lead(person: Person) -> None:
    """Go on only for a leader who may be asked for an answer: only they name a deputy. Raises Denied."""
    if not person.leads_somewhere:
        raise Denied("Only a leader names a deputy for when they are away.")


def could_be_deputy(person: Person) -> list[Person]:
    """The other leaders of the organisations that this person leads, by name; never somebody of a supplier."""
    led = [
        m.organisation_id
        for m in person.active_memberships
        if m.role is Role.LEADER and m.organisation.sector is not Sector.SUPPLIER
    ]
    return [leader for leader in leaders(*led) if leader.id != person.id and not leader.belongs_to_a_supplier]


def say_away(person: Person, *, deputy: Person | None, since: dt.date, until: dt.date) -> Absence:
    """Say when one is away, and who answers then. Raises Denied, Invalid."""
    demand_to_lead(person)
    if deputy not in could_be_deputy(person):
        raise Invalid("deputy", "Choose another leader of an organisation that you lead.")
    if until < since:
        raise Invalid("until", "The last day is before the first. Choose a later day.")
    if until < clock.today():
        raise Invalid("until", "This is over already. Choose a day from today on.")
    absence = Absence(person=person, deputy=deputy, since=since, until=until, created_at=clock.now())
    db.session.add(absence)
    db.session.flush()
    return absence


def absences(person: Person) -> Sequence[Absence]:
    """When this person is away, from today on, soonest first."""
    return db.session.scalars(
        sa.select(Absence)
        .where(Absence.person_id == person.id, Absence.until >= clock.today())
        .options(joinedload(Absence.deputy))
        .order_by(Absence.since, Absence.id)
    ).all()


def come_back(absence: Absence) -> None:
    """Take an absence out again."""
    db.session.delete(absence)
    db.session.flush()
