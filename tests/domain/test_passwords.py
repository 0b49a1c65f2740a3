"""Passwords: which may be chosen, and that they are compared exactly as typed."""

import statistics
import time

import argon2
import pytest

from ideas.domain import passwords, people
from ideas.domain.errors import Invalid
from tests.cast import QUICK

RANDOM = "kettle orbit mango"


@pytest.fixture
def dana(session):
    return people.add("Dana Whitfield", "dana.w@example.org")


def fits_the_rules(password, person):
    try:
        passwords.check_choice(password, person)
    except Invalid as refusal:
        assert refusal.field == "new"
        return False
    return True


def of_length(length):
    return (RANDOM * 10)[:length]


@pytest.mark.parametrize(("length", "may"), [(11, False), (12, True), (64, True), (128, True), (129, False)])
def test_length_has_its_borders(dana, length, may):
    # No repeats here: a part that is said again says nothing new.
    password = "".join(chr(0x4E00 + n * 7) for n in range(length))
    assert fits_the_rules(password, dana) is may


@pytest.mark.parametrize(
    "password",
    [
        "kettle orbit mango",
        "Kettle-Orbit-Mango",
        "løve gjør blind-høne",
        "less-bad-than-now",
        "9#vQ!tz2&Lm8",
        "🐙 eats 🍋 and 🥁 too",
    ],
)
def test_any_characters_will_do(dana, password):
    assert fits_the_rules(password, dana)


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "            ",
        "abababababababab",
        "password1234",
        "Password123!",
        "P@ssw0rd1234",
        "passwordpassword",
        "123456789012",
        "qwertyuiop12",
        "poiuytrewq09",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "iloveyou1234",
        "welcome2026!",
        "letmein12345",
        "administrator",
        "headroom1234",
        "abcdefghijkl",
    ],
)
def test_what_everybody_chooses_is_refused(dana, password):
    assert not fits_the_rules(password, dana)


def test_names_and_places_of_ones_own_are_refused(cast, dana):
    assert not fits_the_rules("DanaWhitfield1", dana)
    assert not fits_the_rules("northmere2026", cast.amara)
    assert not fits_the_rules("Northmere Hospitals 1", cast.amara)
    # A word that is known may stand among others.
    assert fits_the_rules("northmere kettle orbit", cast.amara)


@pytest.mark.parametrize("password", [f" {RANDOM} ", "tab\tand  two  blanks", "ümläut-é-e\u0301", "x" * 128])
def test_a_password_is_compared_exactly_as_typed(dana, password):
    passwords.set_password(dana, password)
    assert passwords.fits(dana, password)
    assert not passwords.fits(dana, password.strip() if password != password.strip() else password + " ")
    assert not passwords.fits(dana, password.swapcase() if password.swapcase() != password else password[:-1])


def test_a_password_that_nobody_can_have_is_not_even_compared(dana, monkeypatch):
    passwords.set_password(dana, "x" * 128)
    monkeypatch.setattr(passwords, "hasher", None)
    assert not passwords.fits(dana, "x" * 129)
    assert not passwords.fits(dana, "x" * 1_000_000)


def test_only_its_scramble_is_kept(dana):
    credential = passwords.set_password(dana, RANDOM)
    assert credential.password_hash.startswith("$argon2id$")
    assert "kettle" not in credential.password_hash


def test_a_weaker_scramble_is_made_anew_at_the_next_sign_in(dana, monkeypatch):
    credential = passwords.set_password(dana, RANDOM)
    weak = credential.password_hash
    monkeypatch.setattr(passwords, "hasher", argon2.PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert passwords.fits(dana, RANDOM)
    assert credential.password_hash != weak
    assert passwords.fits(dana, RANDOM)


def test_nobody_has_no_password(dana):
    assert not passwords.fits(None, "")
    assert not passwords.fits(dana, "")


def test_the_answer_takes_as_long_for_nobody_as_for_somebody(dana, monkeypatch):
    monkeypatch.setattr(passwords, "hasher", argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1))
    passwords.set_password(dana, RANDOM)
    others = people.add("No Password", "none")
    times = {}
    for _ in range(9):
        for name, person in (("wrong", dana), ("nobody", None), ("without", others)):
            began = time.process_time()
            assert not passwords.fits(person, "not this one")
            times.setdefault(name, []).append(time.process_time() - began)
    wrong = statistics.median(times["wrong"])
    for name in ("nobody", "without"):
        assert 0.5 < statistics.median(times[name]) / wrong < 2, times


def test_the_dummy_is_as_hard_as_what_is_kept():
    parameters = argon2.extract_parameters(passwords._NOBODYS)
    real = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
    assert (parameters.time_cost, parameters.memory_cost, parameters.parallelism) == (
        real.time_cost,
        real.memory_cost,
        real.parallelism,
    )
    assert passwords.hasher is QUICK


def test_a_made_up_password_may_be_chosen_and_is_another_each_time(dana):
    made = {passwords.make_up() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        assert fits_the_rules(password, dana)
