"""A real server for tests: the same command as `make serve`, on a free port, with templates of this run."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING, Any, ClassVar

from ideas.config import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .databases import Database

#: How long a start may take, migrations and two cold processes included.
PATIENCE_SECONDS = 60


class Server:
    """Headroom as its users meet it: web server and worker under their parent."""

    command: ClassVar = [sys.executable, "-m", "flask", "--app", "tests.helpers.wsgi", "serve"]
    #: what it prints when it answers, with its address
    greeting: ClassVar = r"Headroom is at (\S+)"

    def __init__(
        self,
        database: Database,
        *words: str,
        inherits: tuple[int, ...] = (),
        **variables: str,
    ) -> None:
        self.database = database
        self._log = database.data_dir / "server.log"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("HEADROOM_")}
        environment = {**inherited, **database.environment, "HEADROOM_PORT": "0", **variables}
        with self._log.open("w") as log:
            # A group of its own: all of it can be killed at once.
            self.process = subprocess.Popen(
                [*self.command, *words],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=inherits,
            )

    @property
    def log(self) -> str:
        """Everything that it has printed."""
        return self._log.read_text()

    @property
    def url(self) -> str:
        """Its address, such as http://127.0.0.1:40123. Waits until it answers."""
        patience = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < patience and self.process.poll() is None:
            if said := re.search(self.greeting, self.log):
                return said[1]
            time.sleep(0.05)
        raise AssertionError(f"the server did not start:\n{self.log}")

    def get(self, path: str) -> bytes:
        """The body of a page that answers 200."""
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return bytes(answer.read())

    def end(self) -> int:
        """Ask it to end, as a service manager would; its exit code."""
        self.process.terminate()
        return self.process.wait(PATIENCE_SECONDS)


@contextlib.contextmanager
def serving(database: Database, *words: str, **wishes: Any) -> Iterator[Server]:
    """A server that is ended when the block is left."""
    server = Server(database, *words, **wishes)
    try:
        yield server
    finally:
        server.end()
