"""The sweep of overdue requests: to the deputy of a leader who is away, else before all leaders there, once."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import events, hand_overs, people, receipts, sessions
from ideas.models import Idea, Receipt, Session
from ideas.worker import loop
from ideas.worker.sweeps import SWEEPS
from tests import factories

MONDAY = dt.date(2026, 11, 23)
DUE = dt.date(2026, 12, 7)
AFTER = dt.date(2026, 12, 8)


@pytest.fixture
def request_(cast):
    """Femi was asked on 23 November, and owes an answer by 7 December."""
    with clock.at(MONDAY):
        made = factories.asked(cast)
        db.session.commit()
    return made


def away(cast, deputy, *, since=AFTER, until=AFTER):
    """Femi is away, and has named a deputy."""
    with clock.at(MONDAY):
        people.say_away(cast.femi, deputy=deputy, since=since, until=until)
        db.session.commit()


def sweep(app, on=AFTER):
    """What the worker does on that day, in a session of its own."""
    db.session.commit()
    with clock.at(on):
        assert loop.run_once(app)
    db.session.expire_all()


def told(request):
    return [event.kind for event in request.idea.events if event.by is None]


def test_an_overdue_request_goes_to_the_deputy_of_a_leader_who_is_away(app, cast, request_):
    away(cast, cast.ruth)
    sweep(app)
    assert request_.leader == cast.ruth
    assert request_.due_on == DUE, "the date stays"
    assert events.sentence(request_.idea.events[-1]) == "No answer by 7 December 2026. Ruth A. is asked now, as deputy"


def test_without_a_deputy_it_is_before_all_leaders_there(app, cast, request_):
    sweep(app)
    assert request_.leader == cast.femi
    assert told(request_) == [events.Kind.SIGN_OFF_OVERDUE]
    assert "Every leader of Northmere Hospitals can take it over" in events.sentence(request_.idea.events[-1])


def test_a_second_pass_changes_nothing(app, cast, request_):
    away(cast, cast.ruth, until=AFTER + dt.timedelta(days=30))
    sweep(app)
    handed_over_at = request_.handed_over_at
    sweep(app)
    sweep(app, on=AFTER + dt.timedelta(days=3))
    assert (request_.leader, request_.handed_over_at) == (cast.ruth, handed_over_at)
    assert told(request_) == [events.Kind.SIGN_OFF_HANDED_OVER]


def test_a_request_that_is_due_today_or_closed_is_left_alone(app, cast, request_):
    sweep(app, on=DUE)
    assert request_.handed_over_at is None
    with clock.at(DUE):
        factories.approve(request_, cast)
        db.session.commit()
    sweep(app)
    assert (request_.handed_over_at, told(request_)) == (None, [])


@pytest.mark.parametrize(
    ("deputy", "since", "until"),
    [
        ("ben", AFTER, AFTER),
        ("ruth", MONDAY, DUE),
        ("ruth", AFTER + dt.timedelta(days=1), AFTER + dt.timedelta(days=9)),
    ],
    ids=["a deputy who sponsors it", "an absence that is over", "an absence to come"],
)
def test_only_an_eligible_deputy_of_an_absence_of_that_day_is_asked(app, cast, request_, deputy, since, until):
    away(cast, getattr(cast, deputy), since=since, until=until)
    sweep(app)
    assert request_.leader == cast.femi
    assert told(request_) == [events.Kind.SIGN_OFF_OVERDUE]


def test_a_deputy_who_joined_a_supplier_meanwhile_is_not_asked(app, cast, request_):
    away(cast, cast.ruth)
    people.join(cast.ruth, cast.lantern, job="adviser", role="member")
    db.session.commit()
    sweep(app)
    assert request_.leader == cast.femi


def test_the_worker_does_it_once(app, cast, request_):
    away(cast, cast.ruth)
    db.session.commit()
    with clock.at(AFTER):
        for _ in range(2):
            result = app.test_cli_runner().invoke(args=["worker", "--once"])
            assert result.exit_code == 0, result.output
    db.session.expire_all()
    assert request_.leader == cast.ruth
    assert told(request_) == [events.Kind.SIGN_OFF_HANDED_OVER]


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_request_that_somebody_answers_at_this_moment_waits_for_the_next_pass(app, cast, request_, kind):
    with db.engine.begin() as other:
        other.execute(sa.select(Idea.id).with_for_update())
        with clock.at(AFTER):
            assert hand_overs.hand_over_overdue() == 0
        db.session.rollback()
    with clock.at(AFTER):
        assert hand_overs.hand_over_overdue() == 1


def test_old_sessions_and_receipts_are_swept_by_the_same_worker(app, cast):
    assert {sweep.act for sweep in SWEEPS} >= {hand_overs.hand_over_overdue, sessions.sweep_old, receipts.sweep_old}
    with clock.at(MONDAY):
        sessions.begin(cast.femi, device="A browser")
        receipts.keep("a-key-of-this-form", cast.femi, location="/")
        db.session.commit()
    sweep(app, on=MONDAY + dt.timedelta(days=1))
    assert [db.session.scalar(sa.select(sa.func.count()).select_from(table)) for table in (Session, Receipt)] == [1, 1]
    sweep(app, on=MONDAY + dt.timedelta(days=60))
    assert [db.session.scalar(sa.select(sa.func.count()).select_from(table)) for table in (Session, Receipt)] == [0, 0]
