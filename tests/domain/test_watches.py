"""What was adopted is watched at 3, 6 and 12 months: who is asked, what they answer, and what shows."""

from __future__ import annotations

import datetime as dt

import pytest

from ideas import clock
from ideas.access import Denied
from ideas.domain import desk, events, moves, people, teams, watches
from ideas.domain.errors import Invalid, Refused, Stale
from ideas.models import Stage, StillLessBad, StillUsed
from tests import factories

#: In winter time; three months on it is the last day of a short month, and six months on it is summer time.
ADOPTED = dt.date(2026, 11, 30)
THREE, SIX, TWELVE = dt.date(2027, 2, 28), dt.date(2027, 5, 30), dt.date(2027, 11, 30)
DAY = dt.timedelta(days=1)


@pytest.fixture
def idea(cast, session):
    with clock.at(ADOPTED):
        return factories.adopted(cast)


def sweep(on):
    with clock.at(on):
        return watches.ask_due()


def yes(watch, by, on=THREE, version=0):
    with clock.at(on):
        return watches.answer(watch, used=StillUsed.YES, less_bad=StillLessBad.YES, by=by, version=version)


def on_desk(person, on):
    with clock.at(on):
        return [watch.months for watch in desk.of(person).watches]


def test_it_is_asked_about_on_the_day_itself_and_once(cast, idea):
    days = [THREE - DAY, THREE, THREE + DAY, SIX - DAY, SIX, TWELVE - DAY, TWELVE, TWELVE + DAY * 400]
    assert [sweep(day) for day in days] == [0, 1, 0, 0, 1, 0, 1, 0]
    assert [watch.due_on for watch in idea.watches] == [THREE, SIX, TWELVE]


def test_a_worker_that_slept_for_a_year_asks_about_today_and_the_rest_is_not_known(cast, idea):
    assert sweep(TWELVE) == 3
    assert on_desk(cast.amara, TWELVE) == [12]
    assert [watch.words for watch in watches.current(idea)] == ["not known"] * 3
    with clock.at(TWELVE), pytest.raises(Refused, match="later months"):
        watches.answer(idea.watches[0], used=StillUsed.NO, less_bad=None, by=cast.amara, version=0)


def test_its_owner_answers_and_it_is_in_the_history(cast, idea):
    sweep(THREE)
    assert (on_desk(cast.amara, THREE), on_desk(cast.femi, THREE), on_desk(cast.tomas, THREE)) == ([3], [], [])
    watch = yes(idea.watches[0], cast.amara)
    assert (watch.words, watch.weeks_late) == ("still used, still less bad", 0)
    assert events.sentence(idea.events[-1]) == "Amara O. said how it is 3 months on: still used, still less bad"
    assert on_desk(cast.amara, THREE) == []
    assert yes_is_late(cast, idea) == 10


def yes_is_late(cast, idea):
    sweep(SIX)
    return yes(idea.watches[1], cast.amara, on=SIX + DAY * 70).weeks_late


def test_an_answer_is_put_right_for_four_weeks_and_the_history_keeps_what_was_said(cast, idea):
    sweep(THREE)
    watch = yes(idea.watches[0], cast.amara)
    no = {"used": StillUsed.NO, "less_bad": None, "note": "It was another ward.", "by": cast.amara}
    with clock.at(THREE + 28 * DAY):
        with pytest.raises(Stale, match="Theirs stands"):
            watches.answer(watch, **no, version=0)
        watches.answer(watch, **no, version=1)
    assert (watch.words, clock.day(watch.answered_at), watch.changed_by) == ("not used any more", THREE, cast.amara)
    assert events.sentence(idea.events[-1]) == (
        "Amara O. put right how it is 3 months on. "
        "Now: not used any more. It was another ward. Before: still used, still less bad"
    )
    with pytest.raises(Refused, match="four weeks"):
        yes(watch, cast.amara, on=THREE + 29 * DAY, version=2)


def test_only_what_is_said_whole_is_taken_and_only_from_those_who_are_asked(cast, idea):
    sweep(THREE)
    with clock.at(THREE), pytest.raises(Invalid, match="still less bad"):
        watches.answer(idea.watches[0], used=StillUsed.PARTLY, less_bad=None, by=cast.amara, version=0)
    for person in (cast.femi, cast.tomas, cast.dele):
        with pytest.raises(Denied):
            yes(idea.watches[0], person)


def test_when_its_owner_is_gone_its_team_is_asked_and_then_the_leaders_of_its_home(cast, idea):
    with clock.at(ADOPTED):
        teams.accept(teams.ask_in(idea, cast.tomas, by=cast.amara), by=cast.tomas)
    sweep(THREE)
    assert on_desk(cast.tomas, THREE) == []
    people.leave(cast.amara.main_membership)
    assert (on_desk(cast.tomas, THREE), on_desk(cast.femi, THREE)) == ([3], [])
    people.leave(cast.tomas.main_membership)
    assert (on_desk(cast.femi, THREE), on_desk(cast.gwen, THREE), on_desk(cast.ada, THREE)) == ([3], [], [])
    yes(idea.watches[0], cast.femi)


def test_what_is_not_used_any_more_goes_back_and_is_watched_anew_when_it_is_adopted_again(cast, idea):
    sweep(THREE)
    with clock.at(THREE):
        no = {"used": StillUsed.NO, "less_bad": None, "note": "The phone broke."}
        gone = watches.answer(idea.watches[0], **no, by=cast.amara, version=0)
        assert gone.words == "not used any more"
        moves.move(idea, Stage.PLANNING, by=cast.amara, version=idea.version)
        assert watches.current(idea) == []
    assert sweep(SIX) == 0
    assert on_desk(cast.amara, SIX) == []
