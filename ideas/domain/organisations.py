"""Organisations: adding one, and finding them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.models import GIVE_NO_CARE, Nation, Organisation, Sector

from .errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence


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


def holds_example() -> bool:
    """Whether this database holds the example, which is never served to others."""
    return bool(db.session.scalar(sa.select(Organisation.id).where(Organisation.is_example).limit(1)))
