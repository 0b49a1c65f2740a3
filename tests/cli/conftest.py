"""The example, loaded once for each kind of database, and what is in it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ideas.app import create_app
from ideas.db import db
from ideas.domain import (
    people,
)
from tests.helpers.databases import KINDS
from tests.helpers.groups import sharing


@pytest.fixture(scope="module", params=[sharing(kind) for kind in KINDS])
def loaded(request, examples):
    """An app on a database with the example, and what the command said. Nobody here changes it."""
    database, said = examples(request.param)
    app = create_app(database.settings())
    yield app, said
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def told(loaded):
    """All rows of a kind: `told(Idea)`."""
    app, _ = loaded
    with app.app_context():
        yield lambda model: db.session.scalars(sa.select(model)).unique().all()
        db.session.rollback()


@pytest.fixture
def person(told):
    """Somebody of the example, by first name."""
    return lambda key: people.with_sign_in(f"{key}@example.org")
