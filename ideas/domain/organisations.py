"""Organisations: adding one, and finding them."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from ideas import clock
from ideas.access import visible
from ideas.db import db, rows
from ideas.models import GIVE_NO_CARE, Idea, Membership, Nation, Organisation, Person, Role, Sector

from . import paging, search
from .errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ideas.models import Stage

#: Rows on a page of organisations.
SIZE = 50
#: People on a page of an organisation's people.
PEOPLE = 30
#: How many of its ideas an organisation's page shows; the rest is on the board and in the list.
SHOWN = 10


@dataclasses.dataclass(frozen=True)
class Row:
    """An organisation, and how many open ideas have their home there."""

    organisation: Organisation
    ideas: int


@dataclasses.dataclass(frozen=True)
class Listing:
    """A page of organisations."""

    rows: Sequence[Row]
    #: how many there are in each sector that has one, in the order of the sectors
    sectors: dict[Sector, int]
    #: how many the filter lets through
    total: int
    number: int
    last: int


@dataclasses.dataclass(frozen=True)
class Belonging:
    """A person in an organisation: what they do there, and as what."""

    person: Person
    memberships: Sequence[Membership]

    @property
    def jobs(self) -> str:
        """Their jobs there, each once."""
        return ", ".join(dict.fromkeys(m.job for m in self.memberships))


@dataclasses.dataclass(frozen=True)
class Members:
    """A page of an organisation's people, and all who lead or administer it."""

    leaders: Sequence[Belonging]
    administrators: Sequence[Belonging]
    others: Sequence[Belonging]
    #: how many are neither leader nor administrator
    total: int
    number: int
    last: int


@dataclasses.dataclass(frozen=True)
class Ideas:
    """An organisation's ideas: how many in each stage, the newest, and those that hurt here and live elsewhere."""

    by_stage: Mapping[Stage, int]
    newest: Sequence[Idea]
    elsewhere: Sequence[Idea]
    total_elsewhere: int

    @property
    def total(self) -> int:
        """How many have their home here, or were said here and look for a host."""
        return sum(self.by_stage.values())


def add(
    name: str,
    sector: Sector,
    *,
    nation: Nation = Nation.ENGLAND,
    gives_care: bool | None = None,
    is_example: bool = False,
) -> Organisation:
    """Add an organisation. Whether it gives care follows from its sector unless it is said.

    Raises Invalid: no name, a name that is taken, or a supplier said to give care.
    """
    name = " ".join(name.split())
    if not 2 <= len(name) <= 120:
        raise Invalid("name", "Give the organisation a name of 2 to 120 characters.")
    if gives_care is None:
        gives_care = sector not in GIVE_NO_CARE
    if gives_care and sector is Sector.SUPPLIER:
        raise Invalid("gives_care", "A supplier gives no care.")
    if db.session.scalar(sa.select(Organisation.id).where(sa.func.lower(Organisation.name) == name.lower())):
        raise Invalid("name", f"There is a {name} already. Give this one another name.")
    organisation = Organisation(
        name=name,
        slug=_free_slug(name),
        sector=sector,
        nation=nation,
        gives_care=gives_care,
        is_example=is_example,
        created_at=clock.now(),
    )
    db.session.add(organisation)
    db.session.flush()
    return organisation


def describe(
    organisation: Organisation,
    *,
    ods_code: str | None = None,
    cqc_code: str | None = None,
    sign_off_days: int | None = None,
    reporting_url: str | None = None,
) -> Organisation:
    """Say more about an organisation: only what is given changes, and an empty word takes a code or address away.

    An ODS code tells nothing by its shape, so any of 1 to 9 letters and digits is taken. Raises Invalid.
    """
    if ods_code is not None:
        organisation.ods_code = _code("ods_code", ods_code, r"[A-Z0-9]{1,9}", "1 to 9 letters and digits, like RRK")
    if cqc_code is not None:
        organisation.cqc_code = _code(
            "cqc_code", cqc_code, r"[A-Z0-9-]{1,20}", "letters, digits and -, like 1-123039495"
        )
    if sign_off_days is not None:
        if not 1 <= sign_off_days <= 60:
            raise Invalid("sign_off_days", "An answer is due in 1 to 60 working days.")
        organisation.sign_off_days = sign_off_days
    if reporting_url is not None:
        if reporting_url and not _ADDRESS.fullmatch(reporting_url):
            raise Invalid("reporting_url", "Give an address that begins with https:// or http:// and has no blanks.")
        organisation.reporting_url = reporting_url or None
    db.session.flush()
    return organisation


#: A page of an organisation's own: no other scheme, nobody's password in it.
_ADDRESS = re.compile(r"https?://[^\s/@:?#]+(:[0-9]+)?([/?#]\S*)?", re.IGNORECASE)


def _code(field: str, code: str, shape: str, words: str) -> str | None:
    code = code.strip().upper()
    if code and not re.fullmatch(shape, code):
        raise Invalid(field, f"Such a code is {words}.")
    return code or None


def _free_slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100] or "organisation"
    taken = set(db.session.scalars(sa.select(Organisation.slug).where(Organisation.slug.startswith(slug))))
    return next(s for n in range(1, len(taken) + 2) if (s := slug if n == 1 else f"{slug}-{n}") not in taken)


def named(name: str) -> Organisation | None:
    """The organisation of this name or slug, whatever its capitals."""
    wanted = name.strip().lower()
    return db.session.scalar(
        sa.select(Organisation).where(sa.or_(sa.func.lower(Organisation.name) == wanted, Organisation.slug == wanted))
    )


def all_by_name() -> Sequence[Organisation]:
    """Every organisation, by name."""
    return db.session.scalars(sa.select(Organisation).order_by(Organisation.name)).all()


@dataclasses.dataclass(frozen=True)
class Named:
    """An organisation as a list to choose from knows it."""

    id: int
    slug: str
    name: str
    gives_care: bool


def names() -> list[Named]:
    """Every organisation, by name: columns alone, for lists to choose from."""
    return [Named(*row) for row in rows(_NAMES)]


_NAMES = sa.select(Organisation.id, Organisation.slug, Organisation.name, Organisation.gives_care).order_by(
    Organisation.name
)


def of_id(number: int | None) -> Organisation | None:
    """The organisation with this id; None for none."""
    return db.session.get(Organisation, number) if number else None


def listed(reader: Person, *, sector: Sector | None = None, page: int = 1) -> Listing:
    """The organisations by name, with their ideas counted as this reader may see them."""
    all_of_them = visible(Organisation, reader)
    of_sector = all_of_them.with_only_columns(Organisation.sector, sa.func.count()).group_by(Organisation.sector)
    counted = dict(db.session.execute(of_sector).all())
    total = sum(counted.values()) if sector is None else counted.get(sector, 0)
    number, last = paging.turn_to(page, total=total, size=SIZE)
    if sector is not None:
        all_of_them = all_of_them.where(Organisation.sector == sector)
    found = db.session.scalars(
        all_of_them.order_by(sa.func.lower(Organisation.name), Organisation.id).offset((number - 1) * SIZE).limit(SIZE)
    ).all()
    ideas = _ideas_at_home(reader, [organisation.id for organisation in found])
    return Listing(
        rows=[Row(organisation, ideas.get(organisation.id, 0)) for organisation in found],
        sectors={kind: counted[kind] for kind in Sector if kind in counted},
        total=total,
        number=number,
        last=last,
    )


def _ideas_at_home(reader: Person, ids: Sequence[int]) -> dict[int, int]:
    found = (
        search.matching(reader, search.Filter())
        .where(Idea.home_organisation_id.in_(ids))
        .with_only_columns(Idea.id, Idea.home_organisation_id.label("home"))
        .subquery()
    )
    return dict(db.session.execute(sa.select(found.c.home, sa.func.count()).group_by(found.c.home)).all())


def members(organisation: Organisation, *, reader: Person, page: int = 1) -> Members:
    """Who belongs to it now, by name: all who lead or administer it, and one page of the others."""
    here = sa.and_(Membership.organisation_id == organisation.id, Membership.holds())
    in_charge = Person.memberships.any(sa.and_(here, Membership.role != Role.MEMBER))
    everybody = visible(Person, reader).where(Person.memberships.any(here))
    total = paging.count(everybody.where(~in_charge))
    number, last = paging.turn_to(page, total=total, size=PEOPLE)
    by_name = everybody.order_by(sa.func.lower(Person.name), Person.id).options(selectinload(Person.memberships))
    others = by_name.where(~in_charge).offset((number - 1) * PEOPLE).limit(PEOPLE)
    first = [_belonging(person, organisation) for person in db.session.scalars(by_name.where(in_charge))]
    return Members(
        leaders=[one for one in first if one.person.leads(organisation.id)],
        administrators=[one for one in first if not one.person.leads(organisation.id)],
        others=[_belonging(person, organisation) for person in db.session.scalars(others)],
        total=total,
        number=number,
        last=last,
    )


def _belonging(person: Person, organisation: Organisation) -> Belonging:
    return Belonging(person, [m for m in person.active_memberships if m.organisation_id == organisation.id])


def ideas_of(organisation: Organisation, *, reader: Person) -> Ideas:
    """Its ideas as the reader may see them; counted as the board counts them when it is filtered to it."""
    here = search.Filter(organisation=organisation)
    elsewhere = search.matching(reader, search.Filter()).where(
        Idea.hurts_organisation_id == organisation.id, Idea.home_organisation_id != organisation.id
    )
    newest = elsewhere.order_by(Idea.stage_since.desc(), Idea.id.desc()).limit(SHOWN)
    found = search.find(reader, here, size=SHOWN)
    return Ideas(
        by_stage=found.by_stage,
        newest=found.ideas,
        elsewhere=db.session.scalars(newest).unique().all(),
        total_elsewhere=paging.count(elsewhere),
    )


def holds_example() -> bool:
    """Whether this database holds the example, which is never served to others."""
    return bool(db.session.scalar(sa.select(Organisation.id).where(Organisation.is_example).limit(1)))
