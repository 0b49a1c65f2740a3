"""Passwords: kept as argon2id hashes, compared in the same time whether the person exists or not."""

from __future__ import annotations

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


def check_choice(password: str, person: Person) -> None:
    """Refuse a password that is easy to guess. Any characters will do; length is what counts. Raises Invalid."""
    if len(password) < SHORTEST:
        raise Invalid("new", f"Use {SHORTEST} characters or more. Three random words make a good one.")
    if len(password) > LONGEST:
        raise Invalid("new", f"Use {LONGEST} characters or fewer.")
    lowered = password.casefold()
    known = [person.sign_in.split("@")[0], *person.name.split(), *(o.name for o in person.organisations), "headroom"]
    without = lowered
    for word in sorted((w.casefold() for w in known if len(w) > 3), key=len, reverse=True):
        without = without.replace(word, "")
    if len(without) < SHORTEST // 2 or len(set(lowered)) < 5:
        raise Invalid("new", "This is easy to guess. Leave out names and repeats; three random words make a good one.")


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
