"""Measuring: the server's own work for each request, and how long people wait while others ask too.

The work is read from the kernel's books of the server's processes, so that it holds on a machine that does other things
meanwhile; how long one waits does not.
"""

from __future__ import annotations

import concurrent.futures
import dataclasses
import http.client
import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .processes import Measured
    from .scenes import Answer, Scene

_MILLISECONDS = 1000


@dataclasses.dataclass(frozen=True)
class Wait:
    """How long so many connections at once waited for their answers, in milliseconds, and how many were errors."""

    connections: int
    p50: float
    p99: float
    errors: int


@dataclasses.dataclass(frozen=True)
class Figures:
    """What was measured of one scene."""

    name: str
    #: milliseconds of a core for each request: the middle of all rounds
    cpu: float
    #: the body as it is read, and as it is sent
    bytes_read: int
    bytes_sent: int
    waits: Sequence[Wait]


def figures(
    pairs: Sequence[tuple[Scene, Measured]], *, rounds: int, connections: Sequence[int], requests: int
) -> list[Figures]:
    """Measure each scene on its server. Rounds go through all scenes, so that a busy minute is shared by all."""
    first = {scene.name: _warm(scene, server) for scene, server in pairs}
    worked: dict[str, list[float]] = {scene.name: [] for scene, _ in pairs}
    for _ in range(rounds):
        for scene, server in pairs:
            worked[scene.name].append(_round(scene, server))
    return [
        Figures(
            name=scene.name,
            cpu=statistics.median(worked[scene.name]),
            bytes_read=len(first[scene.name].page),
            bytes_sent=len(first[scene.name].body),
            waits=[wait(scene, server, count, requests) for count in connections],
        )
        for scene, server in pairs
    ]


def _warm(scene: Scene, server: Measured) -> Answer:
    """Ask both processes until each has met the page. Raises RuntimeError when the answer is not the expected one."""
    for _ in range(10):
        connection = _connect(server)
        for _ in range(4):
            answer = scene.act(connection)
        connection.close()
    if answer.status != scene.expected:
        raise RuntimeError(f"{scene.name} was answered with {answer.status}:\n{answer.page.decode()[:2000]}")
    return answer


def _round(scene: Scene, server: Measured) -> float:
    connection = _connect(server)
    before = server.cpu_seconds()
    for _ in range(scene.times):
        scene.act(connection)
    worked = server.cpu_seconds() - before
    connection.close()
    return worked / scene.times * _MILLISECONDS


def wait(scene: Scene, server: Measured, connections: int, requests: int) -> Wait:
    """How long people wait when so many ask at once, each again as soon as they are answered."""

    def one(asks: int) -> list[Answer]:
        connection = _connect(server)
        answers = [scene.act(connection) for _ in range(asks)]
        connection.close()
        return answers

    each = max(2, requests // connections)
    with concurrent.futures.ThreadPoolExecutor(connections) as people:
        answers = [answer for some in people.map(one, [each] * connections) for answer in some]
    waited = sorted(answer.seconds * _MILLISECONDS for answer in answers)
    return Wait(
        connections=connections,
        p50=waited[len(waited) // 2],
        p99=waited[min(len(waited) - 1, len(waited) * 99 // 100)],
        errors=sum(answer.status != scene.expected for answer in answers),
    )


def _connect(server: Measured) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(server.host, server.port, timeout=60)
