"""Without a name: no author is stored, and six words are all that leads back."""

import datetime as dt

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.access import Denied
from ideas.db import db
from ideas.domain import claims, events, moved, moves, people, sponsors, teams
from ideas.domain.errors import Invalid, Refused, Stale
from ideas.models import Audience, Event, Idea, Role, Stage
from tests import factories

AFTERNOON = dt.datetime(2026, 11, 24, 14, 37, 12, tzinfo=dt.UTC)
TUESDAY = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


def found(words):
    return claims.find(" ".join(words), secret=factories.SECRET)


def reworded(idea, **words):
    given = {"now": idea.now, "change": idea.change, "title": idea.title, "version": idea.version}
    return claims.edit(idea, **(given | words))


def test_no_person_is_stored_with_it_and_no_hour(cast):
    with clock.at(AFTERNOON):
        idea = factories.without_name(cast).idea
    db.session.expire_all()
    assert (idea.author_id, idea.owner_id, idea.team_members) == (None, None, [])
    assert idea.said_at == idea.stage_since == TUESDAY
    assert [(entry.by_id, entry.entered_at) for entry in idea.stage_entries] == [(None, TUESDAY)]
    assert [(event.by_id, event.happened_at) for event in idea.events] == [(None, TUESDAY)]
    assert events.sentence(idea.events[0]) == "Somebody, without a name, said it, from Ward 9"


def test_only_a_keyed_hash_of_its_words_is_kept(cast):
    sent = factories.without_name(cast)
    assert len(sent.words) == 6
    assert len(sent.idea.claim_hash) == 64
    assert claims.find(" ".join(sent.words), secret=b"another server's") is None
    assert found(reversed(sent.words)) is None
    assert found([word.upper() for word in sent.words]) is sent.idea


def test_the_same_form_sent_twice_is_one_idea_with_the_same_words_and_not_after_a_day(cast):
    with clock.at(AFTERNOON):
        first = factories.without_name(cast)
    with clock.at(AFTERNOON + dt.timedelta(days=1)):
        assert factories.without_name(cast).words == first.words
    with clock.at(AFTERNOON + dt.timedelta(days=2)), pytest.raises(Refused, match="not shown again"):
        factories.without_name(cast)
    assert db.session.scalar(sa.select(sa.func.count(Idea.id))) == 1


@pytest.mark.parametrize("other", [{"key": "another-key-of-twenty-or-more"}, {"now": "Something else."}])
def test_another_form_and_other_words_are_another_idea(cast, other):
    assert factories.without_name(cast).idea is not factories.without_name(cast, **other).idea


def test_a_key_that_somebody_made_up_leads_to_no_words_of_somebody_else(cast):
    first, second = factories.without_name(cast, key="key"), factories.without_name(cast, key="key")
    assert first.words != second.words


def test_a_draft_cannot_be_without_a_name(cast):
    with pytest.raises(Invalid):
        factories.without_name(cast, audience=Audience.DRAFT)


def test_its_words_are_changed_by_who_holds_the_six_and_that_tells_the_day_alone(cast):
    idea = factories.without_name(cast).idea
    with clock.at(AFTERNOON):
        reworded(idea, title="One number", change="")
    assert (idea.title, idea.change) == ("One number", "I do not know yet")
    event = idea.events[-1]
    assert (event.by_id, event.happened_at, events.when(event)) == (None, TUESDAY, TUESDAY.date())
    assert events.sentence(event) == "Its author, without a name, changed its words: the change, the short name"
    with pytest.raises(Stale):
        reworded(idea, title="Too late", version=1)


def test_who_carries_it_is_told_of_a_change_even_when_they_looked_that_day(cast):
    idea = factories.without_name(cast).idea
    teams.take_on(idea, by=cast.tomas)
    with clock.at(AFTERNOON):
        moved.say_seen(cast.tomas)
        reworded(idea, title="One number")
        told = [events.sentence(event) for each in moved.moved(cast.tomas) for event in each.events]
    assert "Its author, without a name, changed its words: the short name" in told


def test_anybody_of_its_home_takes_it_on_and_moves_it(cast):
    idea = factories.without_name(cast).idea
    with pytest.raises(Denied):
        teams.take_on(idea, by=cast.dele)
    teams.take_on(idea, by=cast.tomas)
    assert moves.move(idea, Stage.PLANNING, by=cast.tomas, version=idea.version).stage is Stage.PLANNING
    with pytest.raises(Denied):
        moves.move(idea, Stage.STOPPED, by=cast.amara, version=idea.version, lesson="No.")


def test_a_name_put_to_it_later_is_the_authors_with_all_the_bars(cast):
    sent = factories.without_name(cast)
    claims.put_name(sent.idea, by=cast.ruth)
    claims.put_name(sent.idea, by=cast.ruth)
    assert sent.idea.author == cast.ruth
    assert sent.idea.ever_had_in_team(cast.ruth)
    assert found(sent.words) is None
    kinds = list(db.session.scalars(sa.select(Event.kind).order_by(Event.id)))
    assert kinds == ["idea.said_without_name", "idea.claimed"]
    with pytest.raises(Refused):
        claims.put_name(sent.idea, by=cast.tomas)


def test_no_name_is_put_to_it_by_who_backs_it_or_was_asked_to_decide(cast):
    idea = factories.without_name(cast).idea
    teams.take_on(idea, by=cast.amara)
    moves.move(idea, Stage.PLANNING, by=cast.amara, version=idea.version)
    asked = sponsors.ask(idea, cast.ben, by=cast.amara)
    sponsors.accept(asked, by=cast.ben, kind=factories.PledgeKind.COVER, note="A nurse")
    with pytest.raises(Denied, match="sponsor"):
        claims.put_name(idea, by=cast.ben)


def test_no_name_is_put_to_it_while_a_leader_is_asked(cast, monkeypatch):
    request = factories.asked(cast)
    idea = request.idea
    idea.author, idea.claim_hash = None, "0" * 64
    db.session.flush()
    with pytest.raises(Denied, match="asked to decide"):
        claims.put_name(idea, by=cast.femi)
    with pytest.raises(Refused, match="until the answer"):
        claims.put_name(idea, by=cast.tomas)


def test_a_place_is_small_by_the_people_who_are_there_now(cast):
    assert people.are_fewer_than(3, cast.willow_bank)
    assert not people.are_fewer_than(2, cast.willow_bank)
    people.join(cast.dele, cast.willow_bank, job="carer", role=Role.ADMIN)
    assert people.are_fewer_than(3, cast.willow_bank)
    people.leave(cast.gwen.memberships[0])
    assert people.are_fewer_than(2, cast.willow_bank)
