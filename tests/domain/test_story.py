"""The main job as the domain tells it, without pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas.domain import events
from ideas.models import Stage
from tests import factories

if TYPE_CHECKING:
    from tests.cast import Cast


def test_an_idea_goes_from_new_to_adopted_and_leaves_a_row_for_each_stage(cast: Cast) -> None:
    idea = factories.adopted(cast)

    assert [entry.stage for entry in idea.stage_entries] == [
        Stage.NEW,
        Stage.PLANNING,
        Stage.SIGN_OFF,
        Stage.TRYING,
        Stage.ADOPTED,
    ]
    told = [events.sentence(event) for event in idea.events]
    assert told[0] == "Amara O. said it, from Ward 9"
    assert "Femi A. moved it from Trying to Adopted" in told
