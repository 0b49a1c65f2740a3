"""Hosts: a request for a name that is not ours is refused before any page could repeat that name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response
from werkzeug.wsgi import get_host

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class OnlyFor:
    """Passes on requests for these hosts; not Flask's TRUSTED_HOSTS, under which no error page can make a link."""

    def __init__(self, app: WSGIApplication, hosts: list[str]) -> None:
        self._app = app
        self._hosts = hosts

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, or refuse in plain words."""
        if host_is_trusted(get_host(environ), self._hosts):
            return self._app(environ, start_response)
        return Response("There is nothing at this address.\n", 400)(environ, start_response)
