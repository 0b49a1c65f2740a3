"""Throttling: what is counted, for how long, and what the right password gives back."""

import contextlib
import datetime as dt

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.domain import throttles
from ideas.models import Throttle

NAME = "sign-in:amara@example.org"
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def tries(times, *, name=NAME, address="192.0.2.1"):
    for _ in range(times):
        throttles.count(name, address=address)


def test_ten_tries_at_one_name_pass_and_the_eleventh_waits(session):
    tries(throttles.TRIES)
    with pytest.raises(throttles.TooOften, match="Wait 5 minutes"):
        tries(1)


def test_another_name_is_not_held_up_by_it(session):
    tries(throttles.TRIES)
    tries(1, name="sign-in:femi@example.org")


def test_many_names_tried_from_one_address_make_it_wait(session):
    for n in range(throttles.TRIES_FROM_AN_ADDRESS):
        tries(1, name=f"sign-in:{n}")
    with pytest.raises(throttles.TooOften):
        tries(1, name="sign-in:another")
    tries(1, name="sign-in:another", address="192.0.2.2")


def test_the_wait_is_over_when_the_window_is(session):
    with clock.at(NOON):
        tries(throttles.TRIES)
    with clock.at(NOON + throttles.WINDOW), pytest.raises(throttles.TooOften):
        tries(1)
    with clock.at(NOON + throttles.WINDOW + dt.timedelta(seconds=1)):
        tries(throttles.TRIES)
        with pytest.raises(throttles.TooOften):
            tries(1)


def test_who_goes_on_guessing_waits_twice_as_long_each_time_and_twenty_minutes_at_most(session):
    moment = NOON
    for minutes in (5, 10, 20, 20):
        with clock.at(moment):
            tries(throttles.TRIES)
            with pytest.raises(throttles.TooOften, match=f"Wait {minutes} minutes"):
                tries(1)
        moment += dt.timedelta(minutes=minutes, seconds=1)
    # Who lets it be for a while starts anew.
    with clock.at(moment + throttles.LONGEST):
        tries(throttles.TRIES)
        with pytest.raises(throttles.TooOften, match="Wait 5 minutes"):
            tries(1)


def test_who_guesses_locks_neither_the_account_elsewhere_nor_the_ward_behind_the_same_address(session):
    for _ in range(throttles.TRIES * 5):
        with contextlib.suppress(throttles.TooOften):
            tries(1)
    tries(1, address="192.0.2.2")
    tries(1, name="sign-in:femi@example.org")


def test_one_name_is_not_guessed_at_from_ever_more_addresses(session):
    for n in range(throttles.TRIES_AT_A_NAME):
        tries(1, address=f"192.0.2.{n}")
    with pytest.raises(throttles.TooOften):
        tries(1, address="198.51.100.1")


def test_the_right_password_starts_its_name_anew_and_gives_the_address_one_try_back(session):
    for n in range(throttles.TRIES_FROM_AN_ADDRESS - 1):
        tries(1, name=f"sign-in:{n}")
    # However often somebody signs in rightly between: it gives back only its own try.
    for _ in range(3):
        tries(1)
        throttles.forget(NAME, address="192.0.2.1")
    tries(1, name="sign-in:last")
    with pytest.raises(throttles.TooOften):
        tries(1, name="sign-in:one too many")


def test_no_name_and_no_address_is_kept_in_words(session):
    tries(1)
    for key in session.scalars(sa.select(Throttle.key)):
        assert len(key) == 64
        assert "amara" not in key
        assert "192" not in key


def test_old_counts_are_swept_away_and_new_ones_stay(session):
    with clock.at(NOON):
        tries(1)
    with clock.at(NOON + throttles.WINDOW + throttles.LONGEST + dt.timedelta(seconds=1)):
        tries(1, name="sign-in:femi@example.org", address="192.0.2.2")
        assert throttles.sweep_old() == 3
        assert throttles.sweep_old() == 0
    assert len(session.scalars(sa.select(Throttle.key)).all()) == 3
