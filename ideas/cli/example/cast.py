"""Who is who in the example, made by the same verbs as the product uses."""

from __future__ import annotations

import dataclasses
import datetime as dt
import pathlib
import tomllib
from typing import Any

from ideas import clock
from ideas.db import db
from ideas.domain import joining, organisations, partners, passwords, people, workplaces
from ideas.models import Credential, Nation, Organisation, Person, Role, Sector

#: Everybody's in the example, and no secret: a database that holds it is only served to this machine.
PASSWORD = "less-bad-than-now"  # noqa: S105

#: Whom to try it as, in the order in which they are shown.
FIRST = ("amara", "femi", "ben", "gwen", "dele", "sol", "ada")

_WAITS = dt.timedelta(days=2)

#: Who put a poster up, at which organisation, in which place.
_POSTERS = (
    ("ada", "northmere", "Ward 9"),
    ("ada", "northmere", "Discharge lounge"),
    ("gwen", "willow", "Staff room"),
)


@dataclasses.dataclass
class Cast:
    """People by first name, organisations by key."""

    people: dict[str, Person]
    organisations: dict[str, Organisation]

    def organisation_of(self, key: str) -> Organisation:
        """Where this person works."""
        return self.people[key].organisations[0]


def assemble(today: dt.date) -> Cast:
    """Make all organisations and people, each with the example's password; who waits for a yes asked days ago."""
    cast = Cast({}, {})
    rows = written()
    # One hash for all: to make sixty of one password, which is public, would take a second and hide nothing.
    password_hash = passwords.hasher.hash(PASSWORD)
    for row in rows:
        cast.organisations[row["key"]] = organisations.add(
            row["name"],
            Sector(row["sector"]),
            nation=Nation(row.get("nation", "england")),
            gives_care=row.get("gives_care"),
            is_example=True,
        )
    for row in rows:
        for who in row["people"]:
            key = key_of(who["name"])
            person = people.add(who["name"], sign_in_of(key))
            if who.get("waits"):
                with clock.at(today - _WAITS):
                    joining.ask(person, cast.organisations[row["key"]], job=who["job"])
            else:
                role = Role(who.get("role", "member"))
                people.join(person, cast.organisations[row["key"]], job=who["job"], role=role)
            if also := who.get("also"):
                people.join(person, cast.organisations[also["organisation"]], job=also["job"], role=Role.MEMBER)
            db.session.add(Credential(person=person, password_hash=password_hash, changed_at=person.created_at))
            cast.people[key] = person
    # Gwen leads alone: the council answers what is hers, and she may decide what she backs.
    willow, council = cast.organisations["willow"], cast.organisations["eastfold"]
    partners.name(willow, council, sponsor_may_decide=True, by=cast.people["gwen"])
    for key, organisation, place in _POSTERS:
        workplaces.add(cast.organisations[organisation], place, by=cast.people[key])
    return cast


def written() -> list[dict[str, Any]]:
    """The organisations and their people, as they stand in the file."""
    file = pathlib.Path(__file__).with_name("people.toml")
    return list(tomllib.loads(file.read_text(encoding="utf-8"))["organisation"])


def key_of(name: str) -> str:
    """How the stories call somebody."""
    return name.split()[0].lower()


def sign_in_of(key: str) -> str:
    """The sign-in name of somebody of the example; it need not receive mail."""
    return f"{key}@example.org"


def introduction() -> list[str]:
    """One line for each person to try it as: sign-in name, name, job and place."""
    rows = {key_of(who["name"]): (who, row) for row in written() for who in row["people"]}
    lines = []
    for key in FIRST:
        who, row = rows[key]
        lines.append(f"  {sign_in_of(key):<20} {who['name']:<14} {who['job'].lower()}, {row['name']}")
    return lines
