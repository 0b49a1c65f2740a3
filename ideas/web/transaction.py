"""One transaction a request: what is acknowledged is committed, what is refused never happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request
from sqlalchemy.exc import OperationalError

from ideas import db as database
from ideas.db import Wish, db
from ideas.domain import sessions

if TYPE_CHECKING:
    from flask import Flask, Response

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Begin and end a transaction around every request."""
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_forget)


def _begin() -> None:
    g.wish = database.wish_to(Wish.READ if request.method in _READING else Wish.WRITE)


def _end(response: Response) -> Response:
    if request.method not in _READING and response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    session_id = g.pop("note_use_of", None)
    # When a session was used last tells who was there.
    if session_id and not g.get("without_a_trace"):
        _note_use(session_id)
    return response


def _forget(error: BaseException | None) -> None:
    if token := g.pop("wish", None):
        database.forget_wish(token)


def keep_now() -> None:
    """Commit what was done so far, whatever the answer will be: a count of tries must outlive a refusal."""
    db.session.commit()


def undo() -> None:
    """Take back what was done so far, so that a refusal shows things as they are; nobody waits while it is drawn."""
    db.session.rollback()
    # What is refused before it began has no wish yet, and this one ends with it too.
    g.setdefault("wish", database.wish_to(Wish.READ))


def let_go() -> None:
    """End the transaction before something slow, so that nobody waits for it. What comes after reads it all anew."""
    db.session.rollback()


def _note_use(session_id: int) -> None:
    """Note that the session was used: the one write that a GET may do, in a transaction of its own."""
    token = database.wish_to(Wish.WRITE_AT_ONCE)
    try:
        sessions.note_use(session_id)
        db.session.commit()
    except OperationalError:
        # A busy database must not turn a page that is ready into an error; the next request notes it.
        db.session.rollback()
    finally:
        database.forget_wish(token)
