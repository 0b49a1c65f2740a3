"""Passwords: kept as argon2id hashes, compared in the same time whether the person exists or not."""

from __future__ import annotations

import re
import secrets

import argon2

from ideas import clock
from ideas.db import db
from ideas.models import Credential, Person

from .errors import Invalid

#: OWASP's password storage cheat sheet: 19 MiB, two passes, one lane.
hasher = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

SHORTEST = 12
LONGEST = 128

#: Compared when nobody has that sign-in name, so that the answer takes as long.
_NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$WJmqmZqsynEhyV72Whdwug$4FYA+X1LOd4xt6qOS2c86PMQ3Pmt4oVsztNMatQgq38"


#: The words that the commonest passwords are made of, and the keys that lie side by side.
_COMMON = (
    "password", "passwort", "welcome", "letmein", "iloveyou", "administrator", "admin", "changeme", "secret",
    "sunshine", "princess", "football", "liverpool", "superman", "monkey", "dragon", "trustno", "hello", "headroom",
)  # fmt: skip
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1q2w3e4r5t6y7u8i9o0p",
         "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "q1w2e3r4t5y6u7i8o9p0")  # fmt: skip
#: Four keys or more, side by side, forwards or backwards; the longest first.
_ANY_RUN = re.compile(
    "|".join(
        re.escape(keys[start : start + length])
        for length in range(28, 3, -1)
        for run in _RUNS
        for keys in (run, run[::-1])
        for start in range(len(keys) - length + 1)
    )
)
#: What people put in the place of letters.
_LOOKS_LIKE = str.maketrans("@$013457", "asoleast")


def check_choice(password: str, person: Person) -> None:
    """Refuse a password that is easy to guess. Any characters will do; length is what counts. Raises Invalid.

    Easy to guess is what leaves too little when names, the commonest words, runs of keys and repeats are taken out.
    """
    if len(password) < SHORTEST:
        raise Invalid("new", f"Use {SHORTEST} characters or more. Three random words make a good one.")
    if len(password) > LONGEST:
        raise Invalid("new", f"Use {LONGEST} characters or fewer.")
    known = [person.sign_in.split("@")[0], *person.name.split(), *(o.name for o in person.organisations)]
    known += [word for name in known for word in re.split(r"\W+", name)]
    if len(set(password.casefold())) < 5 or len(_left(password, known)) < SHORTEST // 2:
        raise Invalid(
            "new",
            "This is easy to guess. Leave out names, common words and repeats; three random words make a good one.",
        )


def _left(password: str, known: list[str]) -> str:
    """What somebody would still have to guess who tries the known words first."""
    left = password.casefold()
    words = {word.casefold() for word in known if len(word) > 3} | set(_COMMON)
    for word in sorted(words, key=len, reverse=True):
        left = _without(left, word)
    left = re.sub(_ANY_RUN, "", left)
    # A part that is said again says nothing new.
    return re.sub(r"(.{2,}?)\1+", r"\1", left)


def _without(text: str, word: str) -> str:
    """The text less a word, also where signs stand for its letters ("p@ssw0rd")."""
    while (at := text.translate(_LOOKS_LIKE).find(word.translate(_LOOKS_LIKE))) >= 0:
        text = text[:at] + text[at + len(word) :]
    return text


def make_up() -> str:
    """A random password of three words that can be said and typed, such as "tavodi-kemura-nosepi" (55 bits)."""
    return "-".join(
        "".join(secrets.choice("bdfghjkmnprstvz") + secrets.choice("aeiou") for _ in range(3)) for _ in range(3)
    )


def set_password(person: Person, password: str) -> Credential:
    """Keep this password for the person, in the place of the one before."""
    credential = db.session.get(Credential, person.id) or Credential(person_id=person.id)
    credential.password_hash = hasher.hash(password)
    credential.changed_at = clock.now()
    db.session.add(credential)
    db.session.flush()
    return credential


def fits(person: Person | None, password: str) -> bool:
    """Whether this is the person's password. Takes as long for nobody as for somebody."""
    if len(password) > LONGEST:
        return False
    credential = db.session.get(Credential, person.id) if person else None
    try:
        hasher.verify(credential.password_hash if credential else _NOBODYS, password)
    except argon2.exceptions.VerificationError:
        return False
    if credential is None:
        return False
    if hasher.check_needs_rehash(credential.password_hash):
        credential.password_hash = hasher.hash(password)
    return True
