"""Asking for everything: the address of each rule, and whether anything in the database changed by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from ideas.db import db

if TYPE_CHECKING:
    from werkzeug.routing import Rule


def address(rule: Rule, **things: Any) -> str:
    """The rule's address, of these things: `ref`, and an id by the word that the address begins with."""
    kind = rule.rule.split("/")[1]
    named = (
        {"ref": "I-1000", "slug": "northmere-hospitals", "code": "6pxj-pg6f", "token": "x" * 43, "id": 1}
        | things
        | {"id": things.get(kind, 1)}
    )
    return str(rule.build(dict.fromkeys(rule.arguments) | {name: named[name] for name in rule.arguments})[1])


def fingerprint(session: Any) -> dict[str, list[str]]:
    session.rollback()
    return {
        table.name: sorted(str(row) for row in session.execute(sa.select(table))) for table in db.metadata.sorted_tables
    }
