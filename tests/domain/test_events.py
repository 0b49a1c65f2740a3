"""What happened, told in one plain sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ideas.domain import events
from ideas.domain.events import Kind
from ideas.models import Audience
from tests import factories

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.mark.parametrize("happening", Kind)
def test_every_kind_tells_its_sentence_with_its_words(cast: Cast, happening: Kind) -> None:
    event = events.record(happening, factories.new(cast), by=cast.amara, **{key: f"<{key}>" for key in happening.keys})
    sentence = events.sentence(event)
    assert all(f"<{key}>" in sentence for key in happening.keys)
    assert "{" not in sentence
    assert not sentence.endswith(".")


def test_a_word_that_is_missing_or_not_asked_for_is_an_error(cast: Cast) -> None:
    idea = factories.new(cast)
    with pytest.raises(ValueError, match="needs"):
        events.record(Kind.STEP_ADDED, idea, by=cast.amara)
    with pytest.raises(ValueError, match="needs"):
        events.record(Kind.STEP_ADDED, idea, by=cast.amara, title="x", more="y")


def test_what_nobody_did_was_done_by_headroom(cast: Cast) -> None:
    event = events.record(Kind.STAGE_ENTERED, factories.new(cast), by=None, came_from="New", stage="Planning")
    assert events.sentence(event) == "Headroom moved it from New to Planning"


def test_long_words_are_cut_at_a_word_and_lines_are_put_in_one(cast: Cast) -> None:
    idea = factories.new(cast)
    long = events.record(Kind.LESSON_WRITTEN, idea, by=cast.amara, text="word " * 1000)
    assert len(events.sentence(long)) < 300
    assert events.sentence(long).endswith("word …")
    lines = events.record(Kind.SIGN_OFF_NOT_YET, idea, by=cast.femi, would_change="A phone\n\nIts cost.\nA name")
    assert events.sentence(lines).endswith("It would be a yes if: A phone; Its cost. A name")


def test_history_comes_oldest_first_in_pages_and_the_latest_are_the_last(cast: Cast) -> None:
    idea = factories.new(cast)
    for number in range(events.SIZE + 4):
        events.record(Kind.STEP_ADDED, idea, by=cast.amara, title=str(number))
    first = events.history(idea, reader=cast.amara)
    assert (first.total, first.number, first.last, len(first.entries)) == (events.SIZE + 5, 1, 2, events.SIZE)
    assert first.entries[0].words == "Amara O. said it, from Ward 9"
    beyond = events.history(idea, reader=cast.amara, page=99)
    assert (beyond.number, len(beyond.entries)) == (2, 5)
    latest = events.latest(idea, reader=cast.amara, most=2)
    assert [told.words for told in latest.entries] == [f"Amara O. added a step: {n}" for n in (52, 53)]
    assert latest.total == events.SIZE + 5


def test_the_history_of_a_draft_is_empty_for_others(cast: Cast) -> None:
    idea = factories.new(cast, audience=Audience.DRAFT)
    assert events.history(idea, reader=cast.femi).total == 0
    assert events.latest(idea, reader=cast.amara).total == 1
