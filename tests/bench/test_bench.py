"""The bench stands on rows that keep every rule: what it measures is the product, and not an accident."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas.domain import board
from ideas.domain.search import Filter
from ideas.models import Idea, Person, Stage, StageEntry
from tests.bench import filling

if TYPE_CHECKING:
    import pytest
    from sqlalchemy.orm import Session


def test_many_ideas_are_as_the_verbs_would_make_them(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "AUTHORS", 3)  # the verbs make an idea of each share for each of them
    filling.fill(300)

    amara = session.scalars(sa.select(Person).where(Person.sign_in == "amara@example.org")).one()
    columns = board.columns(amara, Filter())
    ideas = session.scalars(sa.select(Idea)).unique().all()

    assert len(ideas) == sum(column.total for column in columns) == 300
    assert all(column.cards for column in columns)
    newest = {entry.idea_id: entry.stage for entry in session.scalars(sa.select(StageEntry).order_by(StageEntry.id))}
    assert all(newest[idea.id] is idea.stage for idea in ideas)
    assert all(bool(idea.open_sign_off) is (idea.stage is Stage.SIGN_OFF) for idea in ideas)
    assert all(idea.owner.is_member_of(idea.home_organisation_id) for idea in ideas if idea.owner)
    assert len({idea.home_organisation_id for idea in ideas}) == 2
