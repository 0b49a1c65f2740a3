"""The app with faults: a request says in a header where, on its way, its process is to be killed."""

from __future__ import annotations

import contextvars
import os
import signal
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import orm

from wsgi import app as whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any
    from wsgiref.types import StartResponse, WSGIEnvironment


_point: contextvars.ContextVar[str] = contextvars.ContextVar("point", default="")


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer, up to the point that the request names."""
    point = environ.get("HTTP_X_DIE", "")
    _point.set(point)
    _die_at("before the app")
    answer = whole(environ, start_response)
    _die_at("before the answer")
    return _half(answer) if point == "half the answer" else answer


def _half(answer: Iterable[bytes]) -> Iterator[bytes]:
    body = b"".join(answer)
    yield body[: len(body) // 2]
    os.kill(os.getpid(), signal.SIGKILL)


def _die_at(point: str) -> None:
    if _point.get() == point:
        os.kill(os.getpid(), signal.SIGKILL)


def _listen(event: str, point: str) -> None:
    @sa.event.listens_for(orm.Session, event)
    def reached(session: orm.Session, *_: Any) -> None:
        # What is released inside a transaction is not committed yet.
        if not session.in_nested_transaction():
            _die_at(point)


_listen("after_flush", "rows written")
_listen("before_commit", "before the commit")
_listen("after_commit", "after the commit")
