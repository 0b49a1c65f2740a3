"""Organisations, and who belongs to them."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from ideas import clock
from ideas.db import Base, closed_set

if TYPE_CHECKING:
    from .person import Person


class Sector(enum.StrEnum):
    """The kind of work that an organisation does."""

    #: a hospital trust
    ACUTE = "acute"
    #: community nursing, home response, hospices of the NHS
    COMMUNITY = "community"
    #: mental health, learning disability
    MENTAL_HEALTH = "mental_health"
    #: a GP practice, a pharmacy, a dentist
    PRIMARY_CARE = "primary_care"
    #: an ambulance service
    AMBULANCE = "ambulance"
    #: a care home, home care, supported living
    ADULT_SOCIAL_CARE = "adult_social_care"
    #: children's homes, fostering, leaving care
    CHILDRENS_SOCIAL_CARE = "childrens_social_care"
    #: a council
    COUNCIL = "council"
    #: a charity or community group
    VOLUNTARY = "voluntary"
    #: a company that sells to the others; it takes part and never decides
    SUPPLIER = "supplier"
    #: a university or research body
    RESEARCH = "research"

    @property
    def words(self) -> str:
        """The sector in words, for lists and forms."""
        return _SECTOR_WORDS[self][0]

    @property
    def tag(self) -> str:
        """The short word that stands beside the organisation's name."""
        return _SECTOR_WORDS[self][1]


_SECTOR_WORDS = {
    Sector.ACUTE: ("Hospitals", "NHS"),
    Sector.COMMUNITY: ("Community health", "NHS"),
    Sector.MENTAL_HEALTH: ("Mental health", "NHS"),
    Sector.PRIMARY_CARE: ("Primary care", "NHS"),
    Sector.AMBULANCE: ("Ambulance", "NHS"),
    Sector.ADULT_SOCIAL_CARE: ("Adult social care", "Social care"),
    Sector.CHILDRENS_SOCIAL_CARE: ("Children's social care", "Social care"),
    Sector.COUNCIL: ("Council", "Council"),
    Sector.VOLUNTARY: ("Voluntary", "Voluntary"),
    Sector.SUPPLIER: ("Supplier", "Supplier"),
    Sector.RESEARCH: ("Research", "Research"),
}

#: Sectors whose organisations give no care unless they say that they do.
GIVE_NO_CARE = frozenset({Sector.VOLUNTARY, Sector.SUPPLIER, Sector.RESEARCH})


class Nation(enum.StrEnum):
    """Whose bank holidays count."""

    #: England
    ENGLAND = "england"
    #: Wales
    WALES = "wales"
    #: Scotland
    SCOTLAND = "scotland"
    #: Northern Ireland
    NORTHERN_IRELAND = "northern_ireland"

    @property
    def words(self) -> str:
        """The nation's name."""
        return self.value.replace("_", " ").title()


class Role(enum.StrEnum):
    """What a membership lets somebody do in that organisation."""

    #: says things, helps, tries
    MEMBER = "member"
    #: sponsors, pledges and decides
    LEADER = "leader"
    #: looks after the organisation's people and places
    ADMIN = "admin"

    @property
    def words(self) -> str:
        """As what, in a sentence."""
        return {"member": "a member", "leader": "a leader", "admin": "an administrator"}[self.value]


class Organisation(Base):
    """An NHS trust, care provider, council, practice, charity or supplier."""

    __tablename__ = "organisations"
    __table_args__ = (
        sa.CheckConstraint("sector <> 'supplier' OR NOT gives_care", name="supplier_gives_no_care"),
        sa.CheckConstraint("sign_off_days BETWEEN 1 AND 60", name="sign_off_days"),
        sa.CheckConstraint("partner_id <> id", name="partner_is_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120), unique=True)
    slug: Mapped[str] = mapped_column(sa.String(120), unique=True)
    sector: Mapped[Sector] = mapped_column(closed_set(Sector), index=True)
    nation: Mapped[Nation] = mapped_column(closed_set(Nation), default=Nation.ENGLAND)
    #: only an organisation that gives care can be an idea's home
    gives_care: Mapped[bool]
    ods_code: Mapped[str | None] = mapped_column(sa.String(9))
    cqc_code: Mapped[str | None] = mapped_column(sa.String(20))
    #: working days within which a leader here answers
    sign_off_days: Mapped[int] = mapped_column(default=10)
    #: answers where nobody here may: for a place with one leader, what is theirs
    partner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisations.id"))
    #: a leader here may decide what they sponsor; that is marked for everybody to see
    sponsor_may_decide: Mapped[bool] = mapped_column(default=False)
    #: where staff here report incidents, safeguarding concerns and wrongdoing
    reporting_url: Mapped[str | None] = mapped_column(sa.String(500))
    #: made by `demo load`: a database that holds one is never served to others
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]

    memberships: Mapped[list[Membership]] = relationship(back_populates="organisation", lazy="raise")
    partner: Mapped[Organisation | None] = relationship(remote_side=[id])
    if TYPE_CHECKING:
        #: whether somebody administers it now; asked for by a select of its own, below
        has_administrator: bool
        #: whether somebody leads it now; the same
        has_leader: bool

    @property
    def is_supplier(self) -> bool:
        """Whether it sells to the others."""
        return self.sector is Sector.SUPPLIER


class Membership(Base):
    """A person in an organisation, with a job and a role. Waits until somebody there says yes; ended, never deleted."""

    __tablename__ = "memberships"
    __table_args__ = (
        sa.Index(
            "uq_memberships_active",
            "person_id",
            "organisation_id",
            "role",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisations.id"), index=True)
    job: Mapped[str] = mapped_column(sa.String(120))
    role: Mapped[Role] = mapped_column(closed_set(Role))
    #: when it was confirmed, or else asked for
    started_at: Mapped[dt.datetime]
    #: none: they asked to join, and wait
    confirmed_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]

    person: Mapped[Person] = relationship(back_populates="memberships")
    # Joined: every question about a person's rights asks for the sector of the organisation.
    organisation: Mapped[Organisation] = relationship(back_populates="memberships", lazy="joined")

    @property
    def is_active(self) -> bool:
        """Whether it holds now: confirmed, and not ended."""
        return self.confirmed_at is not None and self.ended_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether they asked to join, and nobody has answered yet."""
        return self.confirmed_at is None and self.ended_at is None

    @property
    def never_held(self) -> bool:
        """Whether it ended before it was confirmed: they were told no, or came in as something more."""
        return self.confirmed_at is None and self.ended_at is not None

    @classmethod
    def holds(cls) -> sa.ColumnElement[bool]:
        """What `is_active` says, as a condition of a select."""
        return sa.and_(cls.confirmed_at.is_not(None), cls.ended_at.is_(None))

    @classmethod
    def waits(cls) -> sa.ColumnElement[bool]:
        """What `is_waiting` says, as a condition of a select."""
        return sa.and_(cls.confirmed_at.is_(None), cls.ended_at.is_(None))


# Where nobody administers it, its leaders may do what an administrator may.
Organisation.has_administrator = column_property(  # type: ignore[assignment]
    sa.exists().where(Membership.organisation_id == Organisation.id, Membership.role == Role.ADMIN, Membership.holds()),
    deferred=True,
)

Organisation.has_leader = column_property(  # type: ignore[assignment]
    sa.exists().where(
        Membership.organisation_id == Organisation.id, Membership.role == Role.LEADER, Membership.holds()
    ),
    deferred=True,
)


class Absence(Base):
    """A leader is away from one day to another, and has named a deputy."""

    __tablename__ = "absences"
    __table_args__ = (
        sa.CheckConstraint("until >= since", name="ends_after_it_starts"),
        sa.CheckConstraint("deputy_id <> person_id", name="deputy_is_somebody_else"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    since: Mapped[dt.date]
    until: Mapped[dt.date]
    created_at: Mapped[dt.datetime]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    deputy: Mapped[Person] = relationship(foreign_keys=[deputy_id])

    @property
    def has_begun(self) -> bool:
        """Whether its first day has come."""
        return self.since <= clock.today()
