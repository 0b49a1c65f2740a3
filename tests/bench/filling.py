"""A database with very many ideas: a few are made by the product's own verbs, then their rows are copied.

A copy keeps all that the verbs keep, in every table that there is, and takes no time. People and organisations are
copied too, so that many ideas come from many places; words, numbers and moments differ from copy to copy.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import itertools
import random
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import people
from ideas.models import Membership, Organisation, Person, Role
from tests import cast as players
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Row = dict[str, Any]

#: How many ideas the places of one cast have between them, and how many people say them.
A_CAST = 250
AUTHORS = 12
#: How many of a hundred ideas are how far: most are new, few wait for an answer at once.
SHARES: dict[str, int] = {
    "new": 32,
    "in_planning": 12,
    "ready_to_ask": 10,
    "asked": 4,
    "in_trying": 12,
    "adopted": 12,
    "stopped": 18,
}
#: How far apart the first and the last are said, in days.
SPREAD = 90

_OPENERS = ("Every morning", "On nights", "At handover", "After each round", "When a bed is free", "On discharge days")
_WHO = ("two nurses", "the ward clerk", "a carer", "the porter", "our pharmacist", "the family", "the night team")
_DO = ("look for", "wait for", "copy out", "ring about", "walk back for", "sign twice for", "type again")
_WHAT = (
    "the drug chart",
    "a wheelchair",
    "the discharge letter",
    "the key to the store",
    "a working thermometer",
    "the transport form",
    "the dressing list",
    "yesterday's weights",
)
_COST = (
    "It takes {n} minutes.",
    "It happens {n} times a week.",
    "{n} people wait meanwhile.",
    "Last month {n} gave up.",
)
_LESS = ("Keep", "Hang", "Print", "Share", "Check", "Agree on")
_HOW = (
    "one list by the door",
    "a spare set in each bay",
    "one number to ring",
    "a single form",
    "a named person a day",
)
_FIRST = (
    "Amara",
    "Ben",
    "Chidi",
    "Dele",
    "Ewa",
    "Farah",
    "Grace",
    "Huda",
    "Iwan",
    "Jo",
    "Kemi",
    "Lars",
    "Mina",
    "Noor",
)
_LAST = ("Okafor", "Hall", "Novak", "Olu", "Marsh", "Bell", "Abbot", "Lane", "Reid", "Singh", "Khan", "Price", "Doyle")


def fill(count: int) -> None:
    """Put this many ideas into the empty database, and commit."""
    chance = random.Random(count)
    first = _prototypes()
    copier = _Copier(chance)
    # The prototypes were made to be read: what is kept are their copies, in the right shares.
    db.session.rollback()
    casts = [copier.cast(number) for number in range(1, -(-count // A_CAST) + 1)]
    numbers = random.Random(1).sample(range(1000, 1_000_000), count)
    for place, (kind, number) in enumerate(zip(_in_shares(chance), numbers, strict=False)):
        copier.copy(chance.choice(first[kind]), casts[place % len(casts)], number)
    copier.write()
    db.session.commit()


def _more_authors(cast: players.Cast) -> Iterator[Person]:
    for number in range(AUTHORS - 2):
        made = people.add(f"{_FIRST[number]} {_LAST[number]}", f"author-{number}@example.org")
        people.join(made, cast.northmere, job="staff nurse", role=Role.MEMBER)
        yield made


def _prototypes() -> dict[str, list[int]]:
    """For every share, one idea of each author, of different age. Their ids."""
    cast = players.assemble()
    authors = [cast.amara, cast.tomas, *_more_authors(cast)]
    found = collections.defaultdict(list)
    for kind in SHARES:
        make: Callable[..., Any] = getattr(factories, kind)
        for number, author in enumerate(authors):
            with clock.at(clock.today() - dt.timedelta(days=number * 2)):
                answers = {"femi": cast.femi if number % 2 else cast.ruth}
                made = make(dataclasses.replace(cast, amara=author, **answers))
            found[kind].append(getattr(made, "idea", made).id)
    db.session.flush()
    return found


def _in_shares(chance: random.Random) -> Iterator[str]:
    while True:
        hundred = [kind for kind, share in SHARES.items() for _ in range(share)]
        chance.shuffle(hundred)
        yield from hundred


class _Copier:
    """Reads the rows of prototypes once, and writes copies of them under new ids, many at a time."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._tables = db.metadata.sorted_tables
        self._rows = {table.name: _read(table) for table in self._tables}
        self._next = {name: itertools.count(_largest(rows) + 1) for name, rows in self._rows.items()}
        self._families = {table.name: table for table in self._tables if table.name not in _SHARED}
        self._of: dict[int, dict[str, list[Row]]] = {}
        self._made: dict[str, list[Row]] = collections.defaultdict(list)

    def cast(self, number: int) -> dict[str, dict[int, int]]:
        """The places and people of a cast, written; the first is the one that every test knows. Returns their ids."""
        if number == 1:
            for name in _PLACES:
                self._made[name] += self._rows[name]
            return {name: {row["id"]: row["id"] for row in self._rows[name]} for name in _PLACES}
        ids: dict[str, dict[int, int]] = {}
        for model in (Organisation, Person, Membership):
            table = model.__table__
            ids[table.name] = {row["id"]: next(self._next[table.name]) for row in self._rows[table.name]}
            for row in self._rows[table.name]:
                copy = self._pointed(table, row, ids) | {"id": ids[table.name][row["id"]]}
                for column in _unique_words(table):
                    copy[column] = f"{copy[column]} {number}" if column == "name" else f"{number}-{copy[column]}"
                if model is Person:
                    copy["name"] = f"{self._chance.choice(_FIRST)} {self._chance.choice(_LAST)}"
                self._made[table.name].append(copy)
        return ids

    def copy(self, prototype: int, cast: dict[str, dict[int, int]], number: int) -> None:
        """One more idea as this one, at the places and with the people of a cast."""
        family = self._family(prototype)
        ids = dict(cast)
        for name, rows in family.items():
            if "id" in rows[0]:
                ids[name] = {row["id"]: next(self._next[name]) for row in rows}
        since = dt.timedelta(days=self._chance.randrange(SPREAD), minutes=self._chance.randrange(600))
        for name, rows in family.items():
            for row in rows:
                copy = self._pointed(self._families[name], row, ids)
                if "id" in row:
                    copy["id"] = ids[name][row["id"]]
                for column, value in copy.items():
                    if isinstance(value, dt.datetime):
                        copy[column] = value - since
                if name == "ideas":
                    copy |= {"number": number, **self._words()}
                self._made[name].append(copy)

    def _pointed(self, table: sa.Table, row: Row, ids: dict[str, dict[int, int]]) -> Row:
        """The row, pointing to the copies of what it points to."""
        copy = dict(row)
        for column in table.columns:
            value, to = row[column.key], _points_to(column)
            if value is not None and to in ids:
                copy[column.key] = ids[to].get(value, value)
        return copy

    def _words(self) -> Row:
        pick = self._chance.choice
        what, count = pick(_WHAT), self._chance.randrange(3, 60)
        now = f"{pick(_OPENERS)} {pick(_WHO)} {pick(_DO)} {what}. {pick(_COST).format(n=count)}"
        change = f"{pick(_LESS)} {pick(_HOW)}, so that {pick(_WHO)} need not {pick(_DO)} {what}."
        return {"now": now, "change": change, "title": f"{what.capitalize()}: {pick(_HOW)}, {count}"}

    def _family(self, prototype: int) -> dict[str, list[Row]]:
        """All rows that belong to an idea, by table: those that point to it, and those that point to them."""
        if prototype not in self._of:
            found: dict[str, list[Row]] = {"ideas": [row for row in self._rows["ideas"] if row["id"] == prototype]}
            for name, table in self._families.items():
                parents = [(c.key, _points_to(c)) for c in table.columns if _points_to(c) in self._families]
                rows = [row for row in self._rows[name] if name != "ideas" and _is_of(row, parents, found)]
                if rows:
                    found[name] = rows
            self._of[prototype] = found
        return self._of[prototype]

    def write(self) -> None:
        """Write all copies."""
        for table in self._tables:
            if rows := self._made[table.name]:
                db.session.execute(sa.insert(table), rows)


#: What a cast is made of, and what belongs to no idea.
_PLACES = ("organisations", "people", "memberships")
_SHARED = {*_PLACES, "sessions", "receipts", "throttles", "credentials", "absences"}


def _read(table: sa.Table) -> list[Row]:
    # In the order of their ids, which PostgreSQL does not give by itself: copies get theirs in this order.
    return [dict(row) for row in db.session.execute(sa.select(table).order_by(*table.primary_key)).mappings()]


def _largest(rows: list[Row]) -> int:
    return max((row.get("id") or 0 for row in rows), default=0) if rows and "id" in rows[0] else 0


def _points_to(column: sa.Column[Any]) -> str:
    """The table that a column points to; a number kept without a foreign key is a person's."""
    for key in column.foreign_keys:
        return key.column.table.name
    return "people" if column.key.endswith("_id") and isinstance(column.type, sa.Integer) else ""


def _is_of(row: Row, parents: list[tuple[str, str]], found: dict[str, list[Row]]) -> bool:
    for column, to in parents:
        if row[column] is not None and to in found:
            return any(row[column] == parent.get("id") for parent in found[to])
    return False


def _unique_words(table: sa.Table) -> list[str]:
    """Columns of words that no two rows share."""
    return [c.key for c in table.columns if c.unique and isinstance(c.type, sa.String)]
