"""Sessions: how long they hold, and all that ends them."""

import datetime as dt

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.domain import passwords, people, sessions
from ideas.domain.errors import Invalid
from ideas.models import Role, Session
from tests.cast import PASSWORD, give_password

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def begun(person):
    with clock.at(NOON):
        return sessions.begin(person, device="A browser")


def use(token, *moments):
    for moment in moments:
        with clock.at(moment):
            found = sessions.find(token)
            assert found
            sessions.note_use(found.id)


@pytest.mark.parametrize(("name", "hours"), [("amara", 12), ("femi", 2), ("ada", 2), ("sol", 12), ("lena", 2)])
def test_a_session_that_is_not_used_ends(session, cast, name, hours):
    token = begun(getattr(cast, name))
    with clock.at(NOON + dt.timedelta(hours=hours)):
        assert sessions.find(token)
    with clock.at(NOON + dt.timedelta(hours=hours) + SECOND):
        assert sessions.find(token) is None


@pytest.mark.parametrize(("name", "every", "in_all"), [("amara", 11, 7 * 24), ("femi", 1, 12), ("ada", 1, 12)])
def test_a_session_ends_however_much_it_is_used(session, cast, name, every, in_all):
    token = begun(getattr(cast, name))
    use(token, *(NOON + dt.timedelta(hours=h) for h in range(every, in_all, every)))
    with clock.at(NOON + dt.timedelta(hours=in_all)):
        assert sessions.find(token)
    with clock.at(NOON + dt.timedelta(hours=in_all) + SECOND):
        assert sessions.find(token) is None


def test_who_becomes_a_leader_has_the_shorter_time_at_once(session, cast):
    token = begun(cast.amara)
    with clock.at(NOON + dt.timedelta(hours=3)):
        assert sessions.find(token)
        people.join(cast.amara, cast.northmere, job="matron", role=Role.LEADER)
        session.expire_all()
        assert sessions.find(token) is None


def test_a_leaders_session_that_ran_out_is_not_revived_by_becoming_a_member(session, cast):
    """Signed out everywhere means there too, or the hours of a member would hold for what a leader left open."""
    token = begun(cast.femi)
    with clock.at(NOON + dt.timedelta(hours=3)):
        assert sessions.find(token) is None
        sessions.end_all(cast.femi)
        people.leave(cast.femi.active_memberships[0])
        people.join(cast.femi, cast.northmere, job="nurse", role=Role.MEMBER)
        session.expire_all()
        assert sessions.find(token) is None


def test_a_clock_that_goes_back_does_not_revive_what_was_ended(session, cast):
    token = begun(cast.amara)
    with clock.at(NOON + SECOND):
        sessions.end(sessions.find(token))
    with clock.at(NOON - dt.timedelta(hours=1)):
        assert sessions.find(token) is None


def test_only_a_hash_of_the_token_is_kept(session, cast):
    token = begun(cast.amara)
    row = session.scalars(sa.select(Session)).one()
    assert token not in (row.token_hash, row.device)
    assert len(token) >= 43


def test_ending_one_leaves_the_others(session, cast):
    one, other = begun(cast.amara), begun(cast.amara)
    with clock.at(NOON):
        sessions.end(sessions.find(one))
        assert sessions.find(one) is None
        assert sessions.find(other)
        assert len(sessions.of(cast.amara)) == 1


def test_ending_all_ends_ones_own_and_nobody_elses(session, cast):
    mine, theirs = begun(cast.amara), begun(cast.femi)
    with clock.at(NOON):
        sessions.end_all(cast.amara)
        assert sessions.find(mine) is None
        assert sessions.find(theirs)


def test_a_changed_password_ends_every_session(session, cast):
    give_password(cast.amara)
    tokens = [begun(cast.amara) for _ in range(3)]
    with clock.at(NOON):
        sessions.change_password(cast.amara, current=PASSWORD, new="kettle orbit mango")
        assert [sessions.find(token) for token in tokens] == [None] * 3
    assert passwords.fits(cast.amara, "kettle orbit mango")
    assert not passwords.fits(cast.amara, PASSWORD)


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [("wrong", "kettle orbit mango", "current"), (PASSWORD, PASSWORD, "new"), (PASSWORD, "short", "new")],
)
def test_a_refused_change_of_password_changes_nothing(session, cast, current, new, field):
    give_password(cast.amara)
    token = sessions.begin(cast.amara, device="A browser")
    with pytest.raises(Invalid) as refusal:
        sessions.change_password(cast.amara, current=current, new=new)
    assert refusal.value.field == field
    assert sessions.find(token)
    assert passwords.fits(cast.amara, PASSWORD)


def test_the_use_of_a_session_is_noted_only_now_and_then(session, cast):
    token = begun(cast.amara)
    with clock.at(NOON + dt.timedelta(minutes=5)):
        assert not sessions.needs_noting(sessions.find(token))
    with clock.at(NOON + dt.timedelta(minutes=5) + SECOND):
        assert sessions.needs_noting(sessions.find(token))


@pytest.mark.parametrize("name", ["amara@example.org", " Amara@Example.ORG "])
def test_a_sign_in_name_is_known_whatever_its_capitals(session, cast, name):
    give_password(cast.amara)
    assert sessions.authenticate(name, PASSWORD) is cast.amara
    assert sessions.authenticate(name, PASSWORD + " ") is None


def test_old_sessions_are_swept_away(session, cast):
    begun(cast.amara)
    with clock.at(NOON + sessions.KEPT + SECOND):
        sessions.begin(cast.amara, device="A browser")
        assert sessions.sweep_old() == 1
        assert sessions.sweep_old() == 0
