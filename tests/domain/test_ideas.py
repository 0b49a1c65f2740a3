"""Saying an idea, changing its words, opening a draft, hosting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ideas.access import Denied
from ideas.domain import events, homes, ideas
from ideas.domain.errors import Invalid, Refused, Stale
from ideas.models import Audience, Role
from tests import factories

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ideas.models import Idea
    from tests.cast import Cast


def told(idea: Idea) -> list[str]:
    return [events.sentence(event) for event in idea.events]


def test_an_idea_is_said_with_its_stage_its_author_and_its_event(cast: Cast) -> None:
    idea = factories.new(cast)

    assert idea.ref.startswith("I-")
    assert [entry.stage for entry in idea.stage_entries] == ["new"]
    assert idea.team == [cast.amara]
    assert idea.owner is None
    assert told(idea) == ["Amara O. said it, from Ward 9"]


def test_a_home_that_gives_no_care_is_refused_at_its_field(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        factories.new(cast, home=cast.lantern)
    assert refusal.value.field == "home_organisation"


@pytest.mark.parametrize("typed", ["", "I do not know yet", "i do not know yet.", "  I DO NOT KNOW YET!"])
def test_not_knowing_is_kept_in_one_way_however_it_is_typed(cast: Cast, typed: str) -> None:
    idea = factories.new(cast, change=typed)
    assert idea.change == ideas.UNKNOWN_CHANGE
    assert not ideas.change_is_known(idea)


def test_a_change_that_only_begins_like_that_is_a_change(cast: Cast) -> None:
    idea = factories.new(cast, change="I do not know yet who, but a second phone")
    assert ideas.change_is_known(idea)


@pytest.mark.parametrize(
    ("now", "name"),
    [
        ("We wait. Then we wait more.", "We wait"),
        ("  Two\n lines", "Two"),
        ("a" * 200, "a" * 20),
        ("Carers ring the ward switchboard, and wait for most of an hour, every day", None),
        (
            "The bladder scanner is locked in the office at night, so we guess and put in catheters",
            "The bladder scanner is locked in the office at night",
        ),
        (
            "On Ward 9, people who go home wait in the day room because the bags come late",
            "On Ward 9, people who go home wait in the day room",
        ),
        ("", ""),
    ],
)
def test_a_short_name_is_made_of_the_first_words(now: str, name: str | None) -> None:
    made = ideas.first_words(now)
    assert made == name if name is not None else len(made) <= 60 and now.startswith(made)


def test_changed_words_are_told_and_count_a_version(cast: Cast) -> None:
    idea = factories.new(cast)
    before = idea.version

    ideas.edit(idea, now="Less", change=idea.change, title="Shorter", by=cast.amara, version=before)

    assert (idea.now, idea.title, idea.version) == ("Less", "Shorter", before + 1)
    assert told(idea)[-1] == "Amara O. changed its words: what happens now, the short name"


def test_words_that_did_not_change_tell_nothing(cast: Cast) -> None:
    idea = factories.new(cast)
    ideas.edit(idea, now=idea.now, change=idea.change, title=idea.title, by=cast.amara, version=idea.version)
    assert len(told(idea)) == 1


def test_an_old_version_and_a_stranger_change_nothing(cast: Cast) -> None:
    idea = factories.new(cast)
    words = {"now": "x", "change": "x", "title": "x"}
    with pytest.raises(Stale):
        ideas.edit(idea, **words, by=cast.amara, version=idea.version - 1)
    with pytest.raises(Denied):
        ideas.edit(idea, **words, by=cast.femi, version=idea.version)
    assert idea.now == factories.NOW


def test_a_draft_is_opened_once_and_never_closed_again(cast: Cast) -> None:
    idea = factories.new(cast, audience=Audience.DRAFT)
    words = {"now": idea.now, "change": idea.change, "title": idea.title, "by": cast.amara}

    ideas.edit(idea, **words, audience=Audience.OPEN, version=idea.version)
    ideas.edit(idea, **words, audience=Audience.OPEN, version=idea.version)

    assert not idea.is_draft
    assert told(idea).count("Amara O. opened it to everybody") == 1
    with pytest.raises(Invalid):
        ideas.edit(idea, **words, audience=Audience.DRAFT, version=idea.version)


def test_a_leader_hosts_an_idea_that_looks_for_a_host(cast: Cast) -> None:
    idea = factories.new(cast, by=cast.sol, hurts_organisation=cast.lantern, home=None)

    homes.host(idea, cast.willow_bank, by=cast.gwen, version=idea.version)

    assert idea.home_organisation is cast.willow_bank
    assert told(idea)[-1] == "Gwen M. said that it can change at Willow Bank Care Home"
    with pytest.raises(Refused):
        homes.host(idea, cast.northmere, by=cast.femi, version=idea.version)


def test_nobody_hosts_for_a_place_they_do_not_lead(cast: Cast) -> None:
    idea = factories.new(cast, home=None)
    with pytest.raises(Invalid):
        homes.host(idea, cast.northmere, by=cast.gwen, version=idea.version)
    for person in (cast.dele, cast.lena, cast.sol):
        with pytest.raises(Denied):
            homes.host(idea, cast.willow_bank, by=person, version=idea.version)


def test_only_led_places_that_give_care_can_be_offered_as_host(cast: Cast, session: Session) -> None:
    from ideas.domain import people

    people.join(cast.gwen, cast.northmere, job="adviser", role=Role.MEMBER)
    session.expire_all()
    assert homes.could_host(cast.gwen) == [cast.willow_bank]
    assert homes.could_host(cast.lena) == []
