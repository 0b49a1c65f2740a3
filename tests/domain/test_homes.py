"""Asked of us: an idea hurts here and must change there, and that organisation owes an answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.access import Denied
from ideas.db import db
from ideas.domain import desk, events, home_answers, homes, ideas, moves, organisations, people, search, teams
from ideas.domain.errors import Invalid, Refused, Stale
from ideas.models import Audience, HomeAnswer, HomeAsk, Role, Sector, Stage
from tests import factories

if TYPE_CHECKING:
    from ideas.models import Idea
    from tests.cast import Cast

#: A Wednesday; ten working days on is Wednesday 9 December.
WEDNESDAY = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
DUE = dt.date(2026, 12, 9)


@pytest.fixture(autouse=True)
def a_wednesday():
    with clock.at(WEDNESDAY):
        yield


def of_dele(cast: Cast, **fields) -> Idea:
    """It hurts at Willow Bank, where Dele works, and would have to change at Northmere."""
    said = {"by": cast.dele, "hurts_organisation": cast.willow_bank, "home": cast.northmere}
    return factories.new(cast, **(said | fields))


def kinds(idea: Idea) -> list[str]:
    return [event.kind for event in idea.events]


def test_the_organisation_where_it_must_change_is_asked_and_answers_within_its_days(cast: Cast) -> None:
    idea = of_dele(cast)

    ask = homes.owed(idea)
    assert ask is not None
    assert (ask.organisation, ask.asked_by, ask.due_on, idea.due_on) == (cast.northmere, cast.dele, DUE, DUE)
    assert events.sentence(idea.events[-1]) == (
        "Northmere Hospitals was asked whether it takes it on. Its answer is due by 9 December 2026"
    )
    for leader in (cast.femi, cast.ben, cast.ruth):
        assert desk.of(leader).asked_of_us == [ask]
    for other in (cast.gwen, cast.amara, cast.ada, cast.mina, cast.lena):
        assert not desk.of(other).asked_of_us


def test_nobody_is_asked_where_the_author_works_there_or_it_has_no_home_or_is_a_draft(cast: Cast) -> None:
    assert homes.owed(factories.new(cast)) is None
    assert homes.owed(of_dele(cast, home=None)) is None
    draft = of_dele(cast, audience=Audience.DRAFT)
    assert homes.owed(draft) is None

    said = {"now": draft.now, "change": draft.change, "title": draft.title}
    ideas.edit(draft, **said, audience=Audience.OPEN, by=cast.dele, version=draft.version)

    assert homes.owed(draft) is not None, "opened, it is asked"


def test_what_is_said_without_a_name_is_asked_elsewhere_than_where_it_hurts_and_tells_no_hour(cast: Cast) -> None:
    assert homes.owed(factories.without_name(cast).idea) is None
    idea = factories.without_name(cast, hurts_organisation=cast.willow_bank, key="another-key-of-twenty").idea

    ask = homes.owed(idea)

    assert (ask.asked_by, ask.due_on, ask.asked_at) == (None, DUE, clock.beginning(clock.today()))
    assert [event.happened_at for event in idea.events] == [clock.beginning(clock.today())] * 2
    assert desk.of(cast.femi).asked_of_us == [ask]


def test_a_leader_takes_it_and_names_who_carries_it_who_says_yes(cast: Cast) -> None:
    idea = of_dele(cast)
    ask = homes.owed(idea)

    home_answers.take(idea, by=cast.femi, version=idea.version, person=cast.tomas)

    assert (ask.answer, ask.answered_by, ask.answered_at) == (HomeAnswer.TAKE, cast.femi, WEDNESDAY)
    assert (idea.owner, idea.due_on, homes.owed(idea)) == (None, None, None)
    assert kinds(idea)[-2:] == ["owner.asked", "home.taken"]
    teams.accept(idea.asks_of_team(cast.tomas)[0], by=cast.tomas)
    moves.move(idea, Stage.PLANNING, by=cast.tomas, version=idea.version)
    assert idea.stage is Stage.PLANNING


def test_a_leader_takes_it_and_carries_it(cast: Cast) -> None:
    idea = of_dele(cast)

    home_answers.take(idea, by=cast.femi, version=idea.version)

    assert idea.owner == cast.femi
    assert kinds(idea)[-2:] == ["owner.took_on", "home.taken"]


def test_a_leader_who_was_asked_to_carry_it_takes_it_and_carries_it(cast: Cast) -> None:
    idea = of_dele(cast)
    asked = teams.ask_to_own(idea, cast.femi, by=cast.dele)
    home_answers.take(idea, by=cast.femi, version=idea.version)
    assert (idea.owner, asked.accepted) == (cast.femi, True)
    assert homes.owed(idea) is None
    assert kinds(idea)[-2:] == ["owner.accepted", "home.taken"]


def test_a_member_who_takes_it_on_counts_as_we_take_it(cast: Cast) -> None:
    idea = of_dele(cast)
    ask = homes.owed(idea)

    teams.take_on(idea, by=cast.tomas)

    assert (ask.answer, ask.answered_by, idea.due_on) == (HomeAnswer.TAKE, cast.tomas, None)
    with pytest.raises(Refused, match=r"Tomas N\. answered this for Northmere Hospitals"):
        home_answers.take(idea, by=cast.femi, version=idea.version)


def test_a_member_who_says_yes_to_carrying_it_counts_and_somebody_from_elsewhere_does_not(cast: Cast) -> None:
    idea = of_dele(cast)
    teams.accept(teams.ask_to_own(idea, cast.gwen, by=cast.dele), by=cast.gwen)
    assert homes.owed(idea) is not None, "she works elsewhere: Northmere still owes its answer"

    teams.accept(teams.ask_to_own(idea, cast.tomas, by=cast.gwen), by=cast.tomas)

    assert homes.owed(idea) is None


def test_a_leader_who_names_somebody_from_elsewhere_takes_it_when_they_say_yes(cast: Cast) -> None:
    idea = of_dele(cast)
    named = teams.ask_to_own(idea, cast.gwen, by=cast.femi)
    assert idea.open_home_ask
    teams.accept(named, by=cast.gwen)
    answered = idea.home_asks[-1]
    assert (idea.open_home_ask, answered.answer, answered.answered_by) == (None, HomeAnswer.TAKE, cast.femi)


def test_home_may_take_it_with_whoever_carries_it_already(cast: Cast) -> None:
    idea = of_dele(cast)
    teams.accept(teams.ask_to_own(idea, cast.gwen, by=cast.dele), by=cast.gwen)
    with pytest.raises(Refused):
        moves.move(idea, Stage.PLANNING, by=cast.gwen, version=idea.version)
    with pytest.raises(Invalid, match="carries it already"):
        home_answers.take(idea, by=cast.femi, version=idea.version, person=cast.tomas)
    assert not home_answers.could_carry(idea, by=cast.femi)

    home_answers.take(idea, by=cast.femi, version=idea.version)

    assert idea.owner == cast.gwen
    moves.move(idea, Stage.PLANNING, by=cast.gwen, version=idea.version)
    assert idea.stage is Stage.PLANNING


def test_not_ours_asks_the_organisation_that_was_named_in_turn(cast: Cast) -> None:
    idea = of_dele(cast)

    home_answers.not_ours(idea, by=cast.ben, version=idea.version, organisation=cast.eastfold, reason="Their van.")

    first, second = idea.home_asks
    assert (first.answer, first.passed_to, first.reason) == (HomeAnswer.NOT_OURS, cast.eastfold, "Their van.")
    assert (second.organisation, second.asked_by, second.due_on) == (cast.eastfold, cast.ben, DUE)
    assert (idea.home_organisation, idea.due_on) == (cast.eastfold, DUE)
    assert desk.of(cast.mina).asked_of_us == [second]
    assert not desk.of(cast.femi).asked_of_us
    assert events.sentence(idea.events[-2]) == (
        "Ben H. said that it is not for Northmere Hospitals, and perhaps for Eastfold Council: Their van."
    )
    assert any(moved.idea is idea for moved in desk.of(cast.dele).moved), "its author is told what came of it"


def test_not_ours_without_another_looks_for_a_host_whom_every_place_of_care_meets(cast: Cast) -> None:
    idea = of_dele(cast)

    home_answers.not_ours(idea, by=cast.femi, version=idea.version, reason="We have no such van.")

    assert (idea.home_organisation, idea.due_on, homes.owed(idea)) == (None, None, None)
    looking = search.find(cast.gwen, search.Filter(looks_for_host=True))
    assert looking.ideas == [idea]
    for leader in (cast.femi, cast.gwen, cast.mina):
        assert (desk.of(leader).hostless, desk.of(leader).hostless_total) == ([idea], 1)
    for other in (cast.amara, cast.dele, cast.lena):
        assert (desk.of(other).hostless, desk.of(other).hostless_total) == ((), 0)


def test_not_ours_says_whose_or_why_and_never_asks_the_same_twice(cast: Cast) -> None:
    idea = of_dele(cast)
    with pytest.raises(Invalid, match="Say why"):
        home_answers.not_ours(idea, by=cast.femi, version=idea.version)
    for organisation in (cast.northmere, cast.lantern):
        with pytest.raises(Invalid, match="from the list"):
            home_answers.not_ours(idea, by=cast.femi, version=idea.version, organisation=organisation)

    home_answers.not_ours(idea, by=cast.femi, version=idea.version, organisation=cast.eastfold)

    assert home_answers.could_be_asked(idea) == [cast.willow_bank]
    with pytest.raises(Invalid):
        home_answers.not_ours(idea, by=cast.mina, version=idea.version, organisation=cast.northmere)


def test_only_a_leader_of_the_organisation_that_is_asked_answers(cast: Cast) -> None:
    idea = of_dele(cast)
    people.join(cast.ruth, cast.lantern, job="adviser", role=Role.MEMBER)

    for person in (cast.dele, cast.amara, cast.ada, cast.gwen, cast.mina, cast.sol, cast.lena, cast.ruth):
        with pytest.raises(Denied):
            home_answers.take(idea, by=person, version=idea.version)
        with pytest.raises(Denied):
            home_answers.not_ours(idea, by=person, version=idea.version, reason="No.")


def test_an_answer_from_an_old_page_is_refused(cast: Cast) -> None:
    idea = of_dele(cast)
    read = idea.version
    home_answers.not_ours(idea, by=cast.femi, version=read, organisation=cast.eastfold)

    with pytest.raises(Stale):
        home_answers.take(idea, by=cast.mina, version=read)


def test_an_answer_that_is_late_is_late_for_everybody_to_see(cast: Cast) -> None:
    idea = of_dele(cast)

    with clock.at(WEDNESDAY + dt.timedelta(days=15)):
        assert homes.owed(idea).is_overdue
        assert idea.is_overdue
        assert desk.of(cast.femi).late == 1
        assert search.find(cast.sol, search.Filter(overdue=True)).ideas == [idea]


def test_nothing_is_owed_about_a_stopped_idea(cast: Cast) -> None:
    idea = of_dele(cast)
    moves.move(idea, Stage.STOPPED, by=cast.dele, version=idea.version, lesson="Not now.")

    assert (homes.owed(idea), idea.due_on) == (None, None)
    assert not desk.of(cast.femi).asked_of_us
    with pytest.raises(Refused, match="nothing to answer"):
        home_answers.take(idea, by=cast.femi, version=idea.version)


def test_the_clock_starts_when_somebody_leads_there(cast: Cast) -> None:
    hazel = organisations.add("Hazel Court", Sector.ADULT_SOCIAL_CARE)
    idea = of_dele(cast, home=hazel)
    assert (homes.owed(idea).due_on, idea.due_on) == (None, None)
    assert homes.start_clocks() == 0

    people.join(people.add("Tom Reed", "tom@example.org"), hazel, job="manager", role=Role.LEADER)

    assert homes.start_clocks() == 1
    assert (homes.owed(idea).due_on, idea.due_on) == (DUE, DUE)
    assert homes.start_clocks() == 0


def test_the_database_keeps_one_open_ask_for_each_idea_and_whole_answers(cast: Cast) -> None:
    idea = of_dele(cast)
    db.session.commit()
    broken = (
        {"idea_id": idea.id, "organisation_id": cast.eastfold.id},
        {"idea_id": idea.id, "organisation_id": cast.eastfold.id, "answer": HomeAnswer.NOT_OURS},
    )
    for row in broken:
        with pytest.raises(sa.exc.IntegrityError):
            db.session.execute(sa.insert(HomeAsk).values(asked_at=WEDNESDAY, reason="", **row))
        db.session.rollback()
