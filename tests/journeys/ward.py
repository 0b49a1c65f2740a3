"""The product with the cast, to which a journey brings the ideas that it is about."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from ideas.app import create_app
from ideas.db import db
from tests import cast as players
from tests.helpers.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.cast import Cast
    from tests.helpers.databases import Database


class Ward:
    """A real server, at `url`, with the people of the cast. Each has the password of the cast."""

    def __init__(self, url: str, app: Flask) -> None:
        self.url = url
        self._app = app

    @contextlib.contextmanager
    def before(self) -> Iterator[Cast]:
        """The cast, and what took place before somebody looks: see `acts`."""
        with acts(self._app):
            yield players.known()


@contextlib.contextmanager
def opened(database: Database, **wishes: str) -> Iterator[Ward]:
    """A ward on an empty database, until the block is left."""
    app = create_app(database.settings())
    with acts(app):
        cast = players.assemble()
        for name in players.PLAYERS:
            players.give_password(getattr(cast, name))
    with serving(database, **wishes) as server:
        yield Ward(server.url, app)


@contextlib.contextmanager
def acts(app: Flask) -> Iterator[None]:
    """Act by the verbs, beside any server; it is kept when the block is left."""
    with app.app_context():
        yield
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
