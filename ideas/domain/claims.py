"""Without a name: an idea with no author, and the six words by which its author comes back to it.

No verb here is given a person but the one that puts a name to it: what is not known cannot be kept.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ideas import clock
from ideas.access import Action, demand
from ideas.db import db
from ideas.models import Audience, Event, Idea, Place, TeamMember
from ideas.text import claim_words

from . import events, homes, ideas, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from ideas.models import Organisation, Person

#: A shorter key of a form could be one that somebody made up, and another made up too.
_KEY_CHARACTERS = 20


@dataclasses.dataclass(frozen=True)
class Sent:
    """An idea that was said without a name, and its six words: the only time that they are there."""

    idea: Idea
    words: list[str]


def say(
    *,
    now: str,
    change: str,
    title: str,
    hurts_organisation: Organisation | None,
    home: Organisation | None,
    hurts_place: str,
    audience: Audience,
    secret: bytes,
    key: str,
) -> Sent:
    """Say it with nobody's name. The same form (its `key`) sent again on that day or the next is the same idea.

    Who may is asked by the caller: somebody who may say things, or stands before a poster. `secret` is the server's.
    Raises Invalid: a draft, a home that gives no care, or nobody to read it here first.
    """
    if audience is Audience.DRAFT:
        raise Invalid("without_name", "A draft cannot be without a name. Choose who may read it, or keep your name.")
    words = _words(secret, key, now, change, title)
    claim_hash = _hashed(secret, "".join(words))
    if sent := _with_hash(claim_hash):
        return _again(sent, words)
    try:
        with db.session.begin_nested():
            idea = ideas.draw_up(
                now=now,
                change=change,
                title=title,
                hurts_organisation=hurts_organisation,
                home=home,
                hurts_place=hurts_place,
                audience=audience,
                author=None,
                # No hour and no minute: beside a rota they could tell who it was.
                moment=clock.beginning(clock.today()),
            )
            idea.claim_hash = claim_hash
            events.record(events.Kind.IDEA_SAID_WITHOUT_NAME, idea, by=None, place=ideas.whence(idea))
            homes.ask(idea, by=None)
    except IntegrityError:
        # The same form arrived at the same moment, and was first.
        if sent := _with_hash(claim_hash):
            return Sent(sent, words)
        raise
    return Sent(idea, words)


def _words(secret: bytes, key: str, *told: str) -> list[str]:
    """The six words. They follow from the form's key, which only its page holds.

    So the same form sent again is known, and answered with the same words, while neither is kept anywhere.
    """
    drawn = key if len(key) >= _KEY_CHARACTERS else secrets.token_urlsafe(32)
    return claim_words.chosen(hmac.digest(secret, "\0".join(("words", drawn, *told)).encode(), hashlib.sha256))


def _again(idea: Idea, words: list[str]) -> Sent:
    if (clock.today() - clock.day(idea.said_at)).days > 1:
        raise Refused("This was sent some days ago. Its six words were shown then, and are not shown again.")
    return Sent(idea, words)


def find(typed: str, *, secret: bytes) -> Idea | None:
    """The idea to which these six words belong, however they were typed."""
    return _with_hash(_hashed(secret, claim_words.plain(typed)))


def history(idea: Idea) -> list[events.Told]:
    """Everything that happened to it, oldest first: whoever holds the six words reads it as its author does."""
    found = sa.select(Event).where(Event.idea_id == idea.id).order_by(Event.id)
    return [events.Told(events.when(event), events.sentence(event)) for event in db.session.scalars(found)]


def edit(idea: Idea, *, now: str, change: str, title: str, version: int) -> Idea:
    """Change its words, as its author, who stays without a name. Raises Stale."""
    versions.hold_at(idea, version)
    if changed := ideas.reword(idea, now=now, change=change, title=title):
        events.record(events.Kind.IDEA_EDITED_WITHOUT_NAME, idea, by=None, what=changed)
        versions.step_on(idea)
    return idea


def put_name(idea: Idea, *, by: Person) -> Idea:
    """Become its author, with all that an author may and never may. Raises Denied or Refused."""
    versions.hold(idea)
    if idea.author_id == by.id:
        return idea
    demand(by, Action.PUT_NAME, idea)
    if not idea.is_without_name:
        raise Refused("Somebody's name stands on it already.")
    if idea.open_sign_off:
        raise Refused("A leader has been asked about it. Its author cannot change until the answer is there.")
    moment = clock.now()
    idea.claim_hash = None
    idea.author = by
    idea.team_members.append(
        TeamMember(person=by, place=Place.AUTHOR, asked_at=moment, answered_at=moment, accepted=True)
    )
    events.record(events.Kind.IDEA_CLAIMED, idea, by=by)
    versions.step_on(idea)
    return idea


def _with_hash(claim_hash: str) -> Idea | None:
    return db.session.scalars(sa.select(Idea).where(Idea.claim_hash == claim_hash)).unique().one_or_none()


def _hashed(secret: bytes, plain: str) -> str:
    return hmac.new(secret, f"claim\0{claim_words.plain(plain)}".encode(), hashlib.sha256).hexdigest()
