"""Those who said us too where it was tried are asked at its end and three months on, and nobody is told apart."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.access import Denied
from ideas.db import db
from ideas.domain import events, felt, felt_rounds, gates, hidings, moves, people, us_too
from ideas.domain.errors import Refused
from ideas.models import Felt, FeltAsk, Role, Stage
from tests import factories

#: Its trial begins in winter time, and three months after its end it is summer time.
BEGINS = dt.date(2026, 11, 2)
STOPPED = dt.date(2026, 11, 30)


def say(idea, *persons):
    for person in persons:
        us_too.say(idea, by=person, membership=person.main_membership)


def stop(idea, cast):
    moves.move(idea, Stage.STOPPED, by=cast.amara, version=idea.version, lesson="Nobody rang.")


def sweep(on):
    with clock.at(on):
        felt_rounds.close_due()
        return felt_rounds.ask_due()


def asks():
    return db.session.scalars(sa.select(FeltAsk).order_by(FeltAsk.id)).all()


@pytest.fixture
def ended(cast, session):
    """Six of Northmere and Dele of Willow Bank said us too; it was tried at Northmere, and stopped on 30 November."""
    with clock.at(BEGINS):
        idea = factories.in_trying(cast)
        say(idea, cast.amara, cast.tomas, cast.femi, cast.ben, cast.ruth, cast.ada, cast.dele)
    with clock.at(STOPPED):
        stop(idea, cast)
    return idea


def answer(idea, felts, on):
    with clock.at(on):
        for ask, given in zip(asks(), felts, strict=False):
            felt.answer(ask, given, by=ask.person)


def test_each_is_asked_once_at_the_end_and_once_three_months_on(cast, ended):
    assert (sweep(STOPPED), sweep(STOPPED)) == (1, 0)
    assert [ask.person.first_name for ask in asks()] == ["Amara", "Tomas", "Femi", "Ben", "Ruth", "Ada"]
    assert events.sentence(ended.events[-1]).startswith("Headroom asked 6 people who said “us too” where")
    assert [sweep(dt.date(2027, 2, day)) for day in (27, 28)] == [0, 1], "30 February is its last day"
    assert sweep(dt.date(2027, 3, 28)) == 0
    assert [each.moment for each in ended.felt_rounds] == ["end", "later"]


def test_what_they_said_is_told_once_when_the_round_is_over_and_never_whose(cast, ended):
    sweep(STOPPED)
    answer(ended, [Felt.LESS_BAD] * 3 + [Felt.SAME, Felt.WORSE], STOPPED)
    answer(ended, [Felt.WORSE], dt.date(2026, 12, 14))
    assert not ended.felt_rounds[0].is_shown, "no figure that could move"
    ask = asks()[0]
    with clock.at(dt.date(2026, 12, 15)), pytest.raises(Refused, match="over"):
        felt.answer(ask, Felt.SAME, by=cast.amara)

    sweep(dt.date(2026, 12, 15))

    (told,) = ended.felt_rounds
    assert (told.asked, told.answered, told.less_bad, told.same, told.worse) == (6, 5, 2, 1, 2)
    assert not asks(), "whose answer is whose is gone"
    us_too.take_back(ended, by=cast.amara)
    assert told.answered == 5
    assert "5 of 6 who were asked" in events.sentence(ended.events[-1])


def test_four_answers_are_not_told_and_what_they_said_is_not_kept(cast, ended):
    sweep(STOPPED)
    answer(ended, [Felt.WORSE] * 4, STOPPED)
    sweep(dt.date(2026, 12, 15))
    (kept,) = ended.felt_rounds
    assert (kept.answered, kept.less_bad, kept.same, kept.worse, kept.is_shown) == (4, None, None, None, False)
    assert not asks()


def test_whoever_left_or_may_not_read_it_any_more_is_not_asked(cast, ended):
    people.leave(cast.ada.main_membership)
    sweep(STOPPED)
    assert "Ada" not in [ask.person.first_name for ask in asks()]
    tomas = next(ask for ask in asks() if ask.person == cast.tomas)
    people.leave(cast.tomas.main_membership)
    people.join(cast.tomas, cast.eastfold, job="nurse", role=Role.MEMBER)
    with clock.at(STOPPED), pytest.raises(Denied):
        felt.answer(tomas, Felt.SAME, by=cast.tomas)
    with clock.at(STOPPED), pytest.raises(Denied):
        felt.answer(tomas, Felt.SAME, by=cast.femi)


def test_of_a_hidden_idea_only_those_who_read_it_are_asked(cast, ended):
    with clock.at(STOPPED):
        hidings.hide(ended, "It names a colleague.", by=cast.femi)
    sweep(STOPPED)
    assert [ask.person.first_name for ask in asks()] == ["Amara", "Femi", "Ben", "Ruth", "Ada"]


def test_whoever_takes_it_back_is_asked_no_more(cast, ended):
    sweep(STOPPED)
    with clock.at(STOPPED):
        us_too.take_back(ended, by=cast.tomas)
    assert "Tomas" not in [ask.person.first_name for ask in asks()]


def test_when_its_time_is_up_they_are_asked_although_nobody_moved_it_and_that_opens_the_gate(cast, session):
    with clock.at(BEGINS):
        idea = factories.in_trying(cast)
        say(idea, cast.amara, cast.tomas, cast.femi, cast.ben, cast.ruth)
    ends = idea.trial_ends_on
    assert sweep(ends) == 0
    assert sweep(ends + dt.timedelta(days=1)) == 1
    answer(idea, [Felt.LESS_BAD] * 5, ends + dt.timedelta(days=1))
    assert not gates.evidence(idea)[0].is_met
    sweep(ends + dt.timedelta(days=16))
    assert gates.evidence(idea)[0].is_met, "answers of the people it touched stand beside no readings"
    with clock.at(ends + dt.timedelta(days=17)):
        stop(idea, cast)
    assert sweep(ends + dt.timedelta(days=17)) == 0, "once for each trial"


def test_a_trial_of_which_nobody_said_us_too_asks_nobody(cast, session):
    with clock.at(BEGINS):
        idea = factories.in_trying(cast)
        say(idea, cast.gwen)
        stop(idea, cast)
    assert sweep(BEGINS) == 0


def test_a_month_that_is_too_short_ends_on_its_last_day():
    days = [dt.date(2026, 11, 30), dt.date(2027, 11, 30), dt.date(2026, 12, 31)]
    assert [clock.months_after(day, 3) for day in days] == [
        dt.date(2027, 2, 28),
        dt.date(2028, 2, 29),
        dt.date(2027, 3, 31),
    ]
    assert clock.months_after(dt.date(2027, 10, 31), 12) == dt.date(2028, 10, 31)
