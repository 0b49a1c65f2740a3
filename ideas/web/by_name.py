"""By name: people and organisations as the choices of a select."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtforms.fields.choices import SelectChoice

from ideas.web.links import LARGEST_ROW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ideas.domain.organisations import Named
    from ideas.domain.people import Colleague, Place
    from ideas.models import Organisation, Person

#: What a place to choose says when there is none.
NO_PLACE = ("", "No one place")
NO_HOME = ("", "I do not know: it looks for a host")


def people(persons: Iterable[Person]) -> list[tuple[int | str, str]]:
    """A select's choices: each by name, with job and organisation, and nobody chosen at first."""
    return [("", "Choose somebody"), *((person.id, in_words(person)) for person in persons)]


def colleagues(found: Iterable[Colleague]) -> list[tuple[int | str, str]]:
    """As `people`, of those who were read for a list."""
    first = ((each, each.places[0]) for each in found)
    return [("", "Choose somebody"), *((each.id, f"{each.name}, {at.job}, {at.organisation}") for each, at in first)]


def by_place(found: Iterable[tuple[Place, Colleague]]) -> list[Any]:
    """As `colleagues`, in a group for each organisation: each with their job there."""
    each = (SelectChoice(str(one.id), f"{one.name}, {at.job}", optgroup=at.organisation) for at, one in found)
    return [("", "Choose somebody"), *each]


def in_words(person: Person) -> str:
    """Name, job and organisation in one line."""
    membership = person.main_membership
    place = [membership.job, membership.organisation.name] if membership else []
    return ", ".join([person.name, *place])


def places(known: Iterable[Organisation | Named]) -> list[tuple[int | str, str]]:
    """A select's choices: organisations by name."""
    return [(organisation.id, organisation.name) for organisation in known]


def row(value: str) -> int:
    """A row's number, as it was sent. Raises ValueError for one that no row has, which no database looks for."""
    number = int(value)
    if not 0 < number <= LARGEST_ROW:
        raise ValueError(f"no row has the number {number}")
    return number
