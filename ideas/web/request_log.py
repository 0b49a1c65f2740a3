"""The request log: one line for each request that reaches the app, and the counts of them."""

from __future__ import annotations

import dataclasses
import re
import secrets
import time
from typing import TYPE_CHECKING

from flask import current_app, g, request
from structlog import contextvars

from ideas import counts, logs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Flask, Response

log = logs.of(__name__)

_SEEN = "headroom.seen"
_ID = re.compile(r"[\w.:-]{8,64}", re.ASCII)
#: Anybody can make up methods, and each would be counted on its own for as long as the server runs.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
#: Monitors ask every few seconds: only what goes wrong with them has a line.
_MONITORED = frozenset({"health.alive", "health.ready", "health.metrics"})


@dataclasses.dataclass
class _Seen:
    """What is known of a request: never its address, which may hold a token, but the pattern of it."""

    method: str
    address: str | None
    endpoint: str = "none"
    route: str | None = None
    status: int = 500
    person: int | None = None


class RequestLog:
    """Stands around the app, inside of what says which proxies are believed.

    A request's id is that of its proxy, where one is trusted, else made here; the answer carries it.
    """

    def __init__(self, app: WSGIApplication, *, behind_proxy: bool) -> None:
        self._app = app
        self._behind_proxy = behind_proxy

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, and write the line when the answer begins to go out: no page is made while it is sent."""
        began = time.perf_counter()
        method = environ["REQUEST_METHOD"]
        seen = _Seen(method if method in _METHODS else "other", environ.get("REMOTE_ADDR"))
        request_id = self._id(environ)
        environ[_SEEN] = seen
        contextvars.clear_contextvars()
        contextvars.bind_contextvars(request_id=request_id)

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            seen.status = int(status[:3])
            _write(seen, began)
            return start_response(status, [*headers, ("X-Request-ID", request_id)], *error)

        return self._app(environ, start)

    def _id(self, environ: WSGIEnvironment) -> str:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        return given if self._behind_proxy and _ID.fullmatch(given) else secrets.token_hex(8)


def reference() -> str:
    """The id of this request, by which its lines are found."""
    return str(contextvars.get_contextvars().get("request_id", ""))


def init_app(app: Flask) -> None:
    """Note what only the app knows of a request. First of all parts, so that it looks last."""
    app.before_request(_begin)
    app.after_request(_note)


def _begin() -> None:
    view = current_app.view_functions.get(str(request.endpoint))
    if getattr(view, "leaves_no_trace", False):
        g.without_a_trace = True


def _note(response: Response) -> Response:
    seen: _Seen | None = request.environ.get(_SEEN)
    if seen is None:
        return response
    if request.url_rule:
        seen.endpoint, seen.route = str(request.endpoint), request.url_rule.rule
    if g.get("without_a_trace"):
        seen.address = None
    else:
        # Whom nobody has asked for is not looked up for the log.
        seen.person = getattr(g.get("_login_user"), "person_id", None)
    return response


def _write(seen: _Seen, began: float) -> None:
    seconds = time.perf_counter() - began
    counts.requests.labels(seen.endpoint, seen.method, seen.status).inc()
    counts.request_seconds.labels(seen.endpoint).observe(seconds)
    if seen.endpoint in _MONITORED and seen.status < 400:
        return
    log.info(
        "request",
        method=seen.method,
        route=seen.route,
        status=seen.status,
        ms=round(seconds * 1000, 1),
        person=seen.person,
        address=seen.address,
    )
