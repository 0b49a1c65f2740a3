"""The weekly minute: one answer for the team, kept as readings, weeks of pledges, a barrier and a note."""

from __future__ import annotations

import datetime as dt

import pytest

from ideas import clock
from ideas.access import Denied
from ideas.db import db
from ideas.domain import desk, events, measures, moves, readings, teams, weekly_minutes
from ideas.domain.errors import Invalid, Refused, Stale
from ideas.domain.weekly_minutes import Said
from ideas.models import Direction, Kept, Rhythm, Stage
from tests import factories

#: A Wednesday.
STARTED = dt.date(2026, 9, 23)
#: The Thursday of its ninth week.
TODAY = dt.date(2026, 11, 19)
MONDAY = dt.date(2026, 11, 16)


@pytest.fixture
def idea(cast):
    with clock.at(STARTED):
        made = factories.in_trying(cast)
        teams.accept(teams.ask_in(made, cast.tomas, by=cast.amara), by=cast.tomas)
        measures.add(made, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
        db.session.commit()
    with clock.at(TODAY):
        yield made


def wait(idea):
    return idea.measures[0]


def pledge(idea):
    return weekly_minutes.pledges_of_time(idea)[0]


def all_four(idea, number=38):
    return Said(
        numbers={wait(idea).id: number},
        time={pledge(idea).id: Kept.PARTLY},
        in_the_way="No phone on Tuesday.",
        worse="The clerk stays later.",
    )


def say(idea, said, by, version=0, week=MONDAY):
    minute = weekly_minutes.answer(idea, said, week_starts_on=week, by=by, version=version)
    db.session.commit()
    return minute


def told(idea):
    return [events.sentence(event) for event in idea.events]


def test_what_is_counted_every_day_gets_a_number_each_day(cast, idea):
    measures.revise(wait(idea), {"rhythm": Rhythm.DAY}, by=cast.amara)
    version = 0
    for days, numbers in ((0, (5, 6)), (1, (9,)), (2, (4,))):
        with clock.at(MONDAY + dt.timedelta(days=days)):
            for number in numbers:
                minute = say(idea, Said(numbers={wait(idea).id: number}), cast.tomas, version=version)
                version = minute.version
                assert Said.of(minute).numbers == {wait(idea).id: number}
    assert wait(idea).series == [(MONDAY + dt.timedelta(days=days), value) for days, value in ((0, 6), (1, 9), (2, 4))]
    with clock.at(MONDAY + dt.timedelta(days=3)):
        assert weekly_minutes.counted(idea, weekly_minutes.this_week(idea)) == [wait(idea)]
        assert not Said.of(minute).numbers


def test_one_answer_becomes_a_reading_a_week_of_the_pledge_a_barrier_and_a_note(cast, idea):
    minute = say(idea, all_four(idea), by=cast.tomas)

    (reading,) = wait(idea).readings
    assert (reading.value, reading.taken_on, reading.entered_by_id) == (38, TODAY, cast.tomas.id)
    (week,) = minute.pledge_weeks
    assert (week.pledge, week.kept) == (pledge(idea), Kept.PARTLY)
    assert (minute.barrier.text, minute.barrier.idea_id) == ("No phone on Tuesday.", idea.id)
    assert (minute.worse, minute.number, minute.week.words) == ("The clerk stays later.", 9, "16 to 22 November")
    assert told(idea)[-2:] == [
        "Tomas N. entered a reading of Wait: 38 minutes on 19 November 2026",
        "Tomas N. said for the team how week 9 was. "
        "1 number. Time: some. In the way: No phone on Tuesday. Worse: The clerk stays later.",
    ]


def test_the_first_answer_stands_and_the_second_is_told(cast, idea):
    say(idea, all_four(idea), by=cast.tomas)

    with pytest.raises(Stale, match=r"Tomas N\. answered for week 9 while you wrote\. Theirs stands"):
        say(idea, all_four(idea, 40), by=cast.amara)
    db.session.rollback()
    assert [reading.value for reading in wait(idea).readings] == [38]


def test_a_wrong_number_is_put_right_and_the_history_tells_both(cast, idea):
    minute = say(idea, all_four(idea), by=cast.tomas)
    right = Said(numbers={wait(idea).id: 33}, time={pledge(idea).id: Kept.YES})
    with clock.at(TODAY + dt.timedelta(days=3)):
        say(idea, right, by=cast.amara, version=minute.version)

    (reading,) = wait(idea).readings
    assert (reading.value, reading.taken_on, reading.weekly_minute) == (33, TODAY, minute)
    assert Said.of(minute) == right
    assert (minute.barrier, minute.answered_by, minute.changed_by) == (None, cast.tomas, cast.amara)
    assert told(idea)[-2] == (
        "Amara O. corrected a reading of Wait: 38 minutes on 19 November 2026 became 33 minutes on 19 November 2026"
    )
    assert told(idea)[-1] == (
        "Amara O. put right what was said of week 9. Now: 1 number. Time: yes. Before: "
        "1 number. Time: some. In the way: No phone on Tuesday. Worse: The clerk stays later."
    )
    count = len(idea.events)
    say(idea, right, by=cast.amara, version=minute.version)
    assert len(idea.events) == count


def test_a_week_that_is_over_is_not_written_any_more(cast, idea):
    minute = say(idea, all_four(idea), by=cast.tomas)
    over = pytest.raises(Stale, match="send it for week 10, 23 to 29 November")
    with clock.at(MONDAY + dt.timedelta(days=7)), over:
        say(idea, all_four(idea, 1), by=cast.tomas, version=minute.version)


def test_a_week_is_skipped_without_a_reason_and_may_still_be_told(cast, idea):
    minute = weekly_minutes.skip(idea, week_starts_on=MONDAY, by=cast.tomas, version=0)
    assert minute.is_skipped
    assert told(idea)[-1] == "Tomas N. said for the team that there is nothing to report of week 9"

    say(idea, all_four(idea), by=cast.amara, version=minute.version)

    assert not minute.is_skipped
    assert "Before: nothing to report." in told(idea)[-1]


def test_nothing_answered_is_no_answer(cast, idea):
    with pytest.raises(Invalid, match="Nothing to report this week"):
        say(idea, Said(), by=cast.tomas)


def test_a_number_that_stands_on_the_evidence_page_is_not_asked_for_again(cast, idea):
    week = weekly_minutes.this_week(idea)
    assert weekly_minutes.counted(idea, week) == [wait(idea)]

    readings.enter(wait(idea), taken_on=MONDAY, value=41, by=cast.amara)

    assert weekly_minutes.counted(idea, week) == []
    with pytest.raises(Invalid, match="Somebody entered this number on the evidence page"):
        say(idea, all_four(idea), by=cast.tomas)


@pytest.mark.parametrize(
    ("rhythm", "last", "is_asked"),
    [
        (Rhythm.DAY, 1, True),
        (Rhythm.DAY, 0, False),
        (Rhythm.WEEK, 4, True),
        (Rhythm.WEEK, 3, False),
        (Rhythm.FORTNIGHT, 11, True),
        (Rhythm.FORTNIGHT, 10, False),
        (Rhythm.MONTH, 27, True),
        (Rhythm.MONTH, 26, False),
        (Rhythm.EVENT, 50, False),
    ],
)
def test_each_rhythm_is_asked_for_in_its_week(cast, idea, rhythm, last, is_asked):
    measure = measures.add(idea, name="Falls", unit="falls", direction=Direction.LOWER, rhythm=rhythm, by=cast.amara)
    readings.enter(measure, taken_on=TODAY - dt.timedelta(days=last), value=1, by=cast.amara)

    assert (measure in weekly_minutes.counted(idea, weekly_minutes.this_week(idea))) is is_asked


def test_putting_a_week_right_leaves_a_number_that_was_counted_again_since(cast, idea):
    minute = say(idea, all_four(idea), by=cast.tomas)
    with clock.at(TODAY + dt.timedelta(days=1)):
        readings.enter(wait(idea), taken_on=clock.today(), value=41, by=cast.amara)
        assert weekly_minutes.counted(idea, minute.week) == [wait(idea)]
        say(idea, all_four(idea, 33), by=cast.amara, version=minute.version)

    assert [reading.value for reading in wait(idea).readings] == [33, 41]


def test_outside_the_team_and_outside_a_trial_nobody_answers(cast, idea):
    for stranger in (cast.femi, cast.ben, cast.dele, cast.sol):
        with pytest.raises(Denied):
            say(idea, all_four(idea), by=stranger)
    moves.move(idea, Stage.STOPPED, by=cast.amara, version=idea.version, lesson="Nobody rings.")
    with pytest.raises(Refused, match="not being tried now"):
        say(idea, all_four(idea), by=cast.amara)


def test_the_desk_asks_each_of_the_team_once_a_week(cast, idea):
    for member in (cast.amara, cast.tomas):
        mine = desk.of(member)
        assert [(turn.idea, turn.week.number) for turn in mine.weeks_to_answer] == [(idea, 9)]
        assert mine.waiting == 1 + len(mine.steps)
    assert not desk.of(cast.ben).weeks

    say(idea, all_four(idea), by=cast.tomas)

    mine = desk.of(cast.amara)
    assert [turn.minute.answered_by for turn in mine.weeks] == [cast.tomas]
    assert mine.waiting == len(mine.steps)
    with clock.at(MONDAY + dt.timedelta(days=7)):
        assert [turn.week.number for turn in desk.of(cast.amara).weeks_to_answer] == [10]


def test_a_week_is_monday_to_sunday_in_london(cast, idea):
    # In summer, London's Monday begins while UTC still has Sunday.
    last_minute = dt.datetime(2026, 10, 18, 22, 59, tzinfo=dt.UTC)
    with clock.at(last_minute):
        assert weekly_minutes.this_week(idea).number == 4
    with clock.at(last_minute + dt.timedelta(minutes=1)):
        assert weekly_minutes.this_week(idea).number == 5
