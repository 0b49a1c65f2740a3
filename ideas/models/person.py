"""People: somebody with an account."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas.db import Base

from .organisation import Role, Sector

if TYPE_CHECKING:
    from .organisation import Membership, Organisation


class Person(Base):
    """Somebody with an account: a sign-in name, one or more memberships."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    #: an e-mail address or a user name, in lower case
    sign_in: Mapped[str] = mapped_column(sa.String(254), unique=True)
    created_at: Mapped[dt.datetime]
    #: up to when this person has said "seen" on their desk
    seen_at: Mapped[dt.datetime | None]

    # Read when they are asked for: of most people on a page only the name is said. What asks for many says so.
    memberships: Mapped[list[Membership]] = relationship(back_populates="person", order_by="Membership.id")

    @property
    def short_name(self) -> str:
        """First name and initial, as on cards: Amara O."""
        first, _, rest = self.name.partition(" ")
        return f"{first} {rest.split()[-1][0]}." if rest.strip() else first

    @property
    def first_name(self) -> str:
        """What a colleague calls them."""
        return self.name.split()[0]

    @property
    def initials(self) -> str:
        """Two letters for the round mark beside the name."""
        words = self.name.split()
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def active_memberships(self) -> list[Membership]:
        """The memberships that hold now, oldest first."""
        return [membership for membership in self.memberships if membership.is_active]

    @property
    def organisations(self) -> list[Organisation]:
        """The organisations this person belongs to now, each once."""
        return list({m.organisation_id: m.organisation for m in self.active_memberships}.values())

    @property
    def main_membership(self) -> Membership | None:
        """The one shown beside the name: the oldest that holds."""
        return next(iter(self.active_memberships), None)

    @property
    def belongs_to_a_supplier(self) -> bool:
        """Whether any current membership is in a supplier: its bars hold whatever else they belong to."""
        return any(m.organisation.sector is Sector.SUPPLIER for m in self.active_memberships)

    def is_member_of(self, organisation_id: int | None) -> bool:
        """Whether this person belongs to it now, in whatever role."""
        return organisation_id is not None and any(
            m.organisation_id == organisation_id for m in self.active_memberships
        )

    def leads(self, organisation_id: int | None) -> bool:
        """Whether this person is a leader of exactly that organisation now."""
        return organisation_id is not None and any(
            m.organisation_id == organisation_id and m.role is Role.LEADER for m in self.active_memberships
        )

    def administers(self, organisation_id: int | None) -> bool:
        """Whether this person is an administrator of exactly that organisation now."""
        return organisation_id is not None and any(
            m.organisation_id == organisation_id and m.role is Role.ADMIN for m in self.active_memberships
        )

    @property
    def leads_somewhere(self) -> bool:
        """Whether this person leads an organisation that is not a supplier."""
        return any(
            m.role is Role.LEADER and m.organisation.sector is not Sector.SUPPLIER for m in self.active_memberships
        )
