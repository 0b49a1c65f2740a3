"""A Headroom that is killed and started again, on one database with the cast, under a name that stays."""

from __future__ import annotations

import json
import os
import signal
import time
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from ideas.app import create_app
from ideas.db import db
from ideas.models import Idea
from tests import cast as players
from tests.helpers.server import Server

if TYPE_CHECKING:
    from tests.helpers.databases import Database

#: Who writes: one address each, so that no throttle minds.
WRITERS = ("amara@example.org", "tomas@example.org", "dele@example.org", "femi@example.org")
#: Who has a password.
MAY_SIGN_IN = (*WRITERS, "gwen@example.org")


class Service:
    """`service.url` is where it is now; `kill` ends all its processes at once, as a power cut would."""

    def __init__(self, database: Database, kind: type[Server] = Server, **wishes: Any) -> None:
        self.database = database
        self._kind, self._wishes = kind, wishes
        #: seconds from each start to its first answer
        self.starts: list[float] = []
        people(database)
        self.start()

    def start(self) -> None:
        """Start it, and make sure that who answers is it."""
        began = time.monotonic()
        self.server = self._kind(self.database, **self._wishes)
        self.url = self.server.url
        self.starts.append(time.monotonic() - began)
        instance = (self.database.data_dir / "instance-id").read_text()
        assert json.loads(self.server.get("/healthz"))["instance"] == instance

    def kill(self) -> None:
        """End every process of it at the same moment, without a word."""
        os.killpg(self.server.process.pid, signal.SIGKILL)
        self.server.process.wait()

    def end(self) -> None:
        """End it as a service manager would."""
        if self.server.process.poll() is None:
            self.server.end()

    def titles(self) -> list[str]:
        """The titles of all ideas that are there."""
        engine = sa.create_engine(self.database.url)
        with engine.connect() as connection:
            found = list(connection.scalars(sa.select(Idea.title)))
        engine.dispose()
        return found


def people(database: Database) -> None:
    """The cast, with passwords for those who write."""
    app = create_app(database.settings())
    with app.app_context():
        cast = players.assemble()
        for name in MAY_SIGN_IN:
            players.give_password(getattr(cast, name.partition("@")[0]))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
