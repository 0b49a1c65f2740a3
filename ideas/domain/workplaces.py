"""Places: an organisation's wards, rooms and rounds, and the code of each one's poster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.access import Action, demand, visible
from ideas.db import db
from ideas.models import Workplace
from ideas.text import codes

from .errors import Invalid, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.models import Organisation, Person


def of(organisation: Organisation, *, reader: Person) -> Sequence[Workplace]:
    """Its places that have a poster, by name, as the reader may see them."""
    here = visible(Workplace, reader).where(
        Workplace.organisation_id == organisation.id, Workplace.retired_at.is_(None)
    )
    return db.session.scalars(here.order_by(sa.func.lower(Workplace.name), Workplace.id)).all()


def at(code: str) -> Workplace | None:
    """The place whose poster carries this code. Whoever stands before a poster may ask."""
    return db.session.scalar(sa.select(Workplace).where(Workplace.code == code, Workplace.retired_at.is_(None)))


def add(organisation: Organisation, name: str, *, by: Person) -> Workplace:
    """Add a place, with a code for its poster. Raises Denied, or Invalid when the name is empty or taken."""
    demand(by, Action.KEEP_PLACES, organisation)
    place = Workplace(
        organisation=organisation, name=_checked(name, organisation), code=_free_code(), created_at=clock.now()
    )
    db.session.add(place)
    db.session.flush()
    return place


def rename(place: Workplace, name: str, *, by: Person) -> Workplace:
    """Give a place another name; its poster's code stays. Raises Denied, Invalid, or Refused when it is retired."""
    _check_open(place, by=by)
    place.name = _checked(name, place.organisation, itself=place)
    db.session.flush()
    return place


def retire(place: Workplace, *, by: Person) -> Workplace:
    """Take its poster out of use. What was said there stays. Twice changes nothing. Raises Denied."""
    demand(by, Action.KEEP_PLACES, place)
    if place.is_open:
        place.retired_at = clock.now()
        db.session.flush()
    return place


def _check_open(place: Workplace, *, by: Person) -> None:
    demand(by, Action.KEEP_PLACES, place)
    if not place.is_open:
        raise Refused("This place has been retired. Add it anew: it gets a new poster.")


def _checked(name: str, organisation: Organisation, *, itself: Workplace | None = None) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= 120:
        raise Invalid("name", "Give the place a name of 1 to 120 characters.")
    same = sa.select(Workplace.id).where(
        Workplace.organisation_id == organisation.id,
        sa.func.lower(Workplace.name) == name.lower(),
        Workplace.retired_at.is_(None),
    )
    if itself is not None:
        same = same.where(Workplace.id != itself.id)
    if db.session.scalar(same):
        raise Invalid("name", f"There is a place called {name} already. Give this one another name.")
    return name


def _free_code() -> str:
    while True:
        code = codes.draw()
        if not db.session.scalar(sa.select(Workplace.id).where(Workplace.code == code)):
            return code
