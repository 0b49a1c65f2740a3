"""What factories make of the cast, kept as rows: the verbs make it at first, then it is put in as it was, far quicker.

Only what is made straight after the `cast` fixture, and without words of the test's own: the verbs make all else.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.models import Membership, Organisation, Person, Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Table

Made = TypeVar("Made")
Rows = dict[str, Any]

#: Where rows may be before a factory makes its own: the cast's, and those of browsers in which it is signed in.
_THERE = tuple(model.__table__ for model in (Organisation, Person, Membership, Session))


class Kept(NamedTuple):
    """What was made at one moment: its rows by table, and the names of what the factory gave back."""

    at: dt.datetime
    rows: list[tuple[Table, list[Rows]]]
    names: Any


#: By factory, kind of database, and day: due dates are reckoned from it. None when it was asked for once.
_kept: dict[tuple[object, str, dt.date], Kept | None] = {}
_written = 0
_written_with_the_cast = -1


@sa.event.listens_for(sa.Engine, "before_cursor_execute")
def _count(connection: object, cursor: object, statement: str, *others: object) -> None:
    global _written
    if not statement.startswith(("SELECT", "INSERT INTO sessions")):
        _written += 1


def the_cast_is_there() -> None:
    """Say that the database holds the cast and nothing else, until something is written."""
    global _written_with_the_cast
    _written_with_the_cast = _written


def kept(make: Callable[..., Made]) -> Callable[..., Made]:
    """Keep what this factory makes of the cast alone, when it is asked for a second time."""

    @functools.wraps(make)
    def made(cast: Any, **fields: Any) -> Made:
        session = db.session()
        is_later = _written != _written_with_the_cast or session.new or session.dirty or session.deleted
        if is_later or fields:
            return make(cast, **fields)
        wish = (make, db.engine.name, clock.today())
        if wish not in _kept:
            _kept[wish] = None
            return make(cast)
        if (before := _kept[wish]) is None:
            result, _kept[wish] = _made_now(make, cast)
            return result
        return _put_in(before)

    return made


def _made_now(make: Callable[..., Made], cast: Any) -> tuple[Made, Kept]:
    there = {table: _rows(table) for table in _THERE}
    with clock.at(clock.now()):
        result = make(cast)
        db.session.flush()
        new = [
            (table, [row for row in _rows(table) if row not in there.get(table, ())])
            for table in db.metadata.sorted_tables
        ]
        return result, Kept(clock.now(), [(table, rows) for table, rows in new if rows], _names(result))


def _put_in(kept: Kept) -> Any:
    """As if it were made now: what happened then happens so much later."""
    later = clock.now() - kept.at
    for table, rows in kept.rows:
        now = [{k: v + later if isinstance(v, dt.datetime) and v >= kept.at else v for k, v in r.items()} for r in rows]
        db.session.execute(sa.insert(table), now)
    db.session.expire_all()
    return _found(*kept.names)


def _rows(table: Table) -> list[Rows]:
    return [dict(row) for row in db.session.execute(sa.select(table).order_by(*table.primary_key)).mappings()]


def _names(made: Any) -> tuple[type, Any]:
    """The id of a row; of several together, each one's."""
    if dataclasses.is_dataclass(made):
        return type(made), {name: _names(thing) for name, thing in vars(made).items()}
    return type(made), made.id


def _found(kind: type, name: Any) -> Any:
    if dataclasses.is_dataclass(kind):
        return kind(**{part: _found(*named) for part, named in name.items()})
    return db.session.get_one(kind, name)
