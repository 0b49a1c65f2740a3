"""The first visit: all that a browser that has nothing yet fetches for the board, as it is sent."""

from __future__ import annotations

import http.client
import re
from typing import TYPE_CHECKING

from .scenes import ENCODINGS, ask

if TYPE_CHECKING:
    from .processes import Measured
    from .scenes import Scene

FETCHED = re.compile(rb'(?:href|src)="(/static/built/[^"]+)"')


def weights(board: Scene, server: Measured) -> dict[str, int]:
    """Bytes by what is fetched: the page, and every file that it names, once."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
    page = board.act(connection)
    found = {"the page": len(page.body)}
    for path in dict.fromkeys(FETCHED.findall(page.page)):
        answer = ask(connection, path.decode(), {"Accept-Encoding": ENCODINGS})
        found[_plain_name(path.decode())] = len(answer.body)
    connection.close()
    return found


def _plain_name(path: str) -> str:
    """Without the fingerprint: app.js."""
    name = path.rpartition("/")[2]
    return re.sub(r"-[0-9A-Za-z]{8}(?=\.)", "", name)
