"""Holding an idea: what was read before is read again, but in a transaction that is alone."""

import sqlalchemy as sa

from ideas.db import db
from ideas.domain import versions
from ideas.models import Idea
from tests import factories


def test_what_somebody_else_changed_is_read_when_an_idea_is_held(cast):
    idea = factories.new(cast)
    behind_our_back(idea)
    assert idea.title != "Theirs"
    versions.hold(idea)
    assert idea.title == "Theirs"


def test_a_transaction_that_is_alone_does_not_read_again(cast):
    idea = factories.new(cast)
    behind_our_back(idea)
    with versions.alone():
        versions.hold(idea)
        assert idea.title != "Theirs"
    versions.hold(idea)
    assert idea.title == "Theirs"


def behind_our_back(idea):
    """Change a row without this session's knowing, as another one would."""
    assert idea.title
    change = sa.update(Idea).where(Idea.id == idea.id).values(title="Theirs")
    db.session.execute(change, execution_options={"synchronize_session": False})
