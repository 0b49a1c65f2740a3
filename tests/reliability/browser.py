"""One person's browser without a screen, over a real connection: signs in, says ideas, knows what was answered."""

from __future__ import annotations

import http.client
import re
import time
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from tests.cast import PASSWORD

#: A server ends a connection that is idle for longer, and a browser does not use it again.
IDLE_SECONDS = 1
#: Longer than any test lets a request wait.
TIMEOUT_SECONDS = 60


class Answer(NamedTuple):
    """An answer that was read to its end."""

    status: int
    headers: dict[str, str]
    body: str


class NoAnswer(Exception):
    """The connection ended before the answer did. What was asked may have been done, or not."""


class NotThere(Exception):
    """Nobody listens. What was asked has not been done."""


class Browser:
    """Keeps one connection and its cookies. `url` may change when the server is started again."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._cookies: dict[str, str] = {}
        self._connection: http.client.HTTPConnection | None = None
        self._token = ""
        self._used = 0.0

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, headers or {})

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> Answer:
        """Send a form, with the token of the last page that had one."""
        body = urlencode({**fields, "csrf_token": self._token})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})

    def sign_in(self, name: str, password: str = PASSWORD) -> None:
        """Sign in as a person does, and take the token of the page that comes next."""
        self.get("/sign-in")
        answer = self.post("/sign-in", email=name, password=password)
        assert answer.status == 303, answer
        self.get("/ideas/new")

    def say(self, mark: str, headers: dict[str, str] | None = None) -> Answer:
        """Say an idea that carries a mark in its title and as its key."""
        words = {"now": "The lift stops at nine.", "change": "One text to all porters.", "title": f"The lift {mark}"}
        return self.post("/ideas", headers, key=mark, **words)

    def hang_up(self) -> None:
        """End the connection; the cookies stay."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        connection = self._connected()
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        try:
            connection.request(method, path, body, {"Cookie": cookie, **headers})
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.hang_up()
            raise NoAnswer(repr(error)) from error
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        if found := re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text):
            self._token = found[1]
        self._used = time.monotonic()
        if response.will_close:
            self.hang_up()
        return Answer(response.status, dict(response.headers), text)

    def _connected(self) -> http.client.HTTPConnection:
        where = urlsplit(self.url)
        if self._connection and (self._connection.port != where.port or time.monotonic() - self._used > IDLE_SECONDS):
            self.hang_up()
        if self._connection is None:
            connection = http.client.HTTPConnection(str(where.hostname), where.port, timeout=TIMEOUT_SECONDS)
            try:
                connection.connect()
            except OSError as error:
                raise NotThere(repr(error)) from error
            self._connection = connection
        return self._connection
