"""Us too: whoever may read an idea says that it affects them as well, once, and takes it back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ideas.access import Denied, visible
from ideas.domain import claims, hidings, us_too, withdrawals
from ideas.domain.errors import Invalid, Refused
from ideas.models import Audience, Event, UsToo
from tests import factories


def say(idea, person, **kwargs):
    return us_too.say(idea, by=person, membership=person.main_membership, **kwargs)


def test_somebody_says_it_from_where_they_work_and_takes_it_back(cast, session):
    idea = factories.new(cast)
    stamp = idea.stamp
    assert say(idea, cast.dele).job == "carer"
    say(idea, cast.dele, place="Night round")
    assert (idea.us_too_count, us_too.own(idea, cast.dele).place) == (1, "Night round"), "it counts once"
    assert idea.stamp != stamp, "cards are drawn anew"
    us_too.take_back(idea, by=cast.dele)
    us_too.take_back(idea, by=cast.dele)
    assert (idea.us_too_count, us_too.own(idea, cast.dele)) == (0, None)


def test_the_places_and_the_jobs_are_told_and_nobody_s_name(cast, session):
    idea = factories.new(cast)
    say(idea, cast.dele, place="Night round")
    say(idea, cast.tomas, place="ward 9")
    say(idea, cast.amara, place="Ward 9", job="Staff nurse")
    say(idea, cast.sol)
    reach = us_too.reach(idea)
    assert [(there.organisation, there.count, there.places) for there in reach.at] == [
        ("Northmere Hospitals", 2, [("Ward 9", 2)]),
        ("Lantern Software", 1, []),
        ("Willow Bank Care Home", 1, [("Night round", 1)]),
    ]
    assert reach.jobs == (("Staff nurse", 2), ("call systems", 1), ("carer", 1))
    assert (reach.count, reach.sectors) == (4, 3)
    told = session.scalars(visible(UsToo, cast.femi)).all()
    assert not told, "who said it is for nobody else to see"
    assert not session.scalars(sa.select(Event).where(Event.by_id == cast.dele.id)).all()


def test_it_is_said_only_of_what_others_can_read_and_only_as_what_one_is(cast, session):
    draft = factories.new(cast, audience=Audience.DRAFT)
    with pytest.raises(Refused, match="draft"):
        say(draft, cast.amara)
    with pytest.raises(Denied):
        say(draft, cast.dele)
    idea = factories.new(cast)
    with pytest.raises(Invalid, match="where you work"):
        us_too.say(idea, by=cast.dele, membership=cast.femi.main_membership)
    say(idea, cast.dele)
    hidings.hide(idea, "It names a colleague.", by=cast.femi)
    with pytest.raises(Refused, match="hidden"):
        say(idea, cast.ben)
    with pytest.raises(Denied):
        us_too.take_back(idea, by=cast.dele)
    assert idea.us_too_count == 1


def test_whoever_said_an_idea_without_a_name_may_say_us_too_and_it_tells_nothing(cast, session):
    sent = factories.without_name(cast)
    say(sent.idea, cast.amara)
    assert (sent.idea.author_id, sent.idea.us_too_count) == (None, 1)
    assert claims.find(" ".join(sent.words), secret=factories.SECRET) == sent.idea


def test_an_idea_that_its_author_withdraws_takes_every_us_too_with_it(cast, session):
    idea = factories.new(cast)
    say(idea, cast.dele)
    withdrawals.withdraw(idea, by=cast.amara)
    assert not session.scalars(sa.select(UsToo)).all()
    assert idea.us_too_count == 0
