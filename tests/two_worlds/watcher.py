"""All that anybody can observe: every page of every role, every row, every line of the log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas.db import db

if TYPE_CHECKING:
    import logging
    from collections.abc import Mapping

    from tests.helpers.client import Client

#: What was measured by the machine's own clock.
_MEASURED = re.compile(r"'ms': [0-9.]+|'at': '[^']*'")
#: Where a page leads to within Headroom. A list narrowed in all its ways would be the same rows again.
_LINK = re.compile(r'<a [^>]*href="(/(?!static/)[^"#?]*)"')
#: Pages that htmx asks for in parts.
_IN_PARTS = frozenset({"/board", "/ideas"})
#: More pages than anybody finds here.
_MOST = 150


def pages(readers: Mapping[str, Client]) -> dict[str, bytes]:
    """Every page that each reader finds by following links, as a page and as a fragment, headers and all."""
    seen: dict[str, bytes] = {}
    for name, client in readers.items():
        waiting, known = ["/"], {"/"}
        while waiting and len(known) < _MOST:
            path = waiting.pop(0)
            answer = client.get(path)
            seen[f"{name} {path}"] = _whole(answer)
            if path in _IN_PARTS:
                seen[f"{name} {path} (fragment)"] = _whole(client.get(path, headers={"HX-Request": "true"}))
            for target in _LINK.findall(answer.get_data(as_text=True)):
                if target not in known:
                    known.add(target)
                    waiting.append(target)
    return seen


def refusals(readers: Mapping[str, Client], ref: str) -> dict[str, bytes]:
    """What each reader is told who asks for more of an idea than pages offer them."""
    rooms = ("", "/edit", "/plan", "/evidence", "/history", "/sign-off", "/moves", "/withdrawal")
    return {f"{name} /ideas/…{r}": _whole(c.get(f"/ideas/{ref}{r}")) for name, c in readers.items() for r in rooms}


def _whole(answer: object) -> bytes:
    return f"{answer.status}\n{answer.headers}\n".encode() + answer.get_data()  # type: ignore[attr-defined]


def rows() -> dict[str, bytes]:
    """A dump of every table, in the order of its key and, once more, in the order in which it gives its rows."""
    found = {}
    keys = {table.name: table.primary_key.columns.values() for table in db.metadata.sorted_tables}
    with db.engine.connect() as connection:
        for table in sorted(sa.inspect(connection).get_table_names()):
            # As the database holds it, a column that no model knows too.
            everything = sa.select(sa.text("*")).select_from(sa.table(table))
            for order, columns in (("by key", keys.get(table, [])), ("as it comes", [])):
                read = connection.execute(everything.order_by(*columns)).all()
                found[f"table {table} {order}"] = repr([tuple(row) for row in read]).encode()
    return found


def lines(records: list[logging.LogRecord]) -> dict[str, bytes]:
    """The lines of the log, less when they were written and how long each request took."""
    told = [f"{record.levelname} {record.name} {record.getMessage()}" for record in records]
    return {"log": _MEASURED.sub("", "\n".join(told)).encode()}


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> dict[str, int]:
    """How many bytes differ, in each channel where any does."""
    found = {}
    for channel in one.keys() | other.keys():
        a, b = one.get(channel, b""), other.get(channel, b"")
        if a != b:
            found[channel] = sum(x != y for x, y in zip(a, b, strict=False)) + abs(len(a) - len(b))
    return found
