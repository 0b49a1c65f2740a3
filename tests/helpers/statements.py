"""Counting the statements that a page sends to the database."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from ideas.db import db

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent while the block runs. Needs an app context, such as the fixture `session`."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
