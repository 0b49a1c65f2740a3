"""The cast: the people and organisations of the example, as every test knows them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import argon2
import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import organisations, passwords, people
from ideas.models import Membership, Organisation, Person, Role, Sector

PASSWORD = "less-bad-than-now"

#: Since when everybody works where they do: before any day on which a test plays.
SINCE = dt.datetime(2024, 1, 8, 9, tzinfo=dt.UTC)

#: As safe as a cardboard lock, and as quick: tests sign in thousands of times.
QUICK = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclasses.dataclass(frozen=True)
class Cast:
    """Who is who. Nobody has a password until `give_passwords`: most tests sign in without one."""

    northmere: Organisation
    willow_bank: Organisation
    lantern: Organisation
    eastfold: Organisation

    #: ward sister, member of Northmere Hospitals
    amara: Person
    #: operations director, leader of Northmere Hospitals
    femi: Person
    #: chief pharmacist, leader of Northmere Hospitals
    ben: Person
    #: head of nursing, leader of Northmere Hospitals
    ruth: Person
    #: staff nurse, member of Northmere Hospitals
    tomas: Person
    #: administrator of Northmere Hospitals
    ada: Person
    #: care-home manager, the only leader of Willow Bank Care Home
    gwen: Person
    #: carer, member of Willow Bank Care Home
    dele: Person
    #: sells call systems, member of Lantern Software, a supplier
    sol: Person
    #: leader of Lantern Software, a supplier
    lena: Person
    #: leader of Eastfold Council
    mina: Person


def assemble() -> Cast:
    """Make the cast, through the same verbs as the product uses."""
    northmere = organisations.add("Northmere Hospitals", Sector.ACUTE)
    willow_bank = organisations.add("Willow Bank Care Home", Sector.ADULT_SOCIAL_CARE)
    lantern = organisations.add("Lantern Software", Sector.SUPPLIER)
    eastfold = organisations.add("Eastfold Council", Sector.COUNCIL)

    def person(name: str, organisation: Organisation, job: str, role: Role = Role.MEMBER) -> Person:
        made = people.add(name, f"{name.split()[0].lower()}@example.org")
        people.join(made, organisation, job=job, role=role)
        return made

    return Cast(
        northmere=northmere,
        willow_bank=willow_bank,
        lantern=lantern,
        eastfold=eastfold,
        amara=person("Amara Okafor", northmere, "ward sister"),
        femi=person("Femi Adeyemi", northmere, "operations director", Role.LEADER),
        ben=person("Ben Hall", northmere, "chief pharmacist", Role.LEADER),
        ruth=person("Ruth Abbot", northmere, "head of nursing", Role.LEADER),
        tomas=person("Tomas Novak", northmere, "staff nurse"),
        ada=person("Ada Lane", northmere, "administrator", Role.ADMIN),
        gwen=person("Gwen Morris", willow_bank, "care-home manager", Role.LEADER),
        dele=person("Dele Olu", willow_bank, "carer"),
        sol=person("Sol Marsh", lantern, "call systems"),
        lena=person("Lena Marsh", lantern, "managing director", Role.LEADER),
        mina=person("Mina Bell", eastfold, "head of adult care", Role.LEADER),
    )


PLAYERS = tuple(field.name for field in dataclasses.fields(Cast) if field.type == "Person")

#: The cast's rows, by kind of database: made once by the verbs, then put in as they are, many times quicker.
_rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
_MODELS = (Organisation, Person, Membership)


def present(kind: str) -> Cast:
    """The cast in an empty database of this kind: a fixture that makes people of its own comes after it."""
    if kind not in _rows:
        with clock.at(SINCE):
            made = assemble()
            db.session.flush()
        _rows[kind] = {m.__name__: [dict(row) for row in _all(m).mappings()] for m in _MODELS}
        return made
    for model in _MODELS:
        db.session.execute(sa.insert(model.__table__), _rows[kind][model.__name__])  # type: ignore[arg-type]
    return known()


def known() -> Cast:
    """The cast of a database that holds it."""
    organisations_ = {o.name.split()[0].lower(): o for o in db.session.scalars(sa.select(Organisation))}
    people_ = {p.sign_in.split("@")[0]: p for p in db.session.scalars(sa.select(Person))}
    return Cast(
        northmere=organisations_["northmere"],
        willow_bank=organisations_["willow"],
        lantern=organisations_["lantern"],
        eastfold=organisations_["eastfold"],
        **{name: people_[name] for name in PLAYERS},
    )


def _all(model: type[Any]) -> sa.Result[Any]:
    return db.session.execute(sa.select(model.__table__).order_by(model.id))


def give_password(person: Person, password: str = PASSWORD) -> None:
    """Let this person sign in with a password, quickly."""
    passwords.set_password(person, password)
