"""What is asked of the server: the pages people open most, and the two acts they do most."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import http.client
import itertools
import os
import queue
import time
import urllib.parse
import uuid
from typing import TYPE_CHECKING

import brotli
import sqlalchemy as sa
from itsdangerous import URLSafeTimedSerializer

from ideas.db import db
from ideas.domain import sessions
from ideas.models import Audience, Idea, Person, Stage

from . import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

#: What every browser of today unpacks.
ENCODINGS = "gzip, br"
#: Ideas whose pages are opened in turn.
PAGES = 40


@dataclasses.dataclass(frozen=True)
class Visitor:
    """Somebody's browser, signed in: the headers that it sends."""

    headers: dict[str, str]


@dataclasses.dataclass(frozen=True)
class Answer:
    """What came back: the status, the body as it was sent, and how long it took in all."""

    status: int
    body: bytes
    seconds: float
    encoding: str

    @property
    def page(self) -> bytes:
        """The body as it is read."""
        return _UNPACKED[self.encoding](self.body)


_UNPACKED: dict[str, Callable[[bytes], bytes]] = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@dataclasses.dataclass
class Scene:
    """One thing that people do, again and again."""

    name: str
    #: does it once over this connection
    act: Callable[[http.client.HTTPConnection], Answer]
    expected: int = 200
    #: how often in each round, so that all rounds take about as long
    times: int = 40


def visitor(app: Flask, person: Person) -> Visitor:
    """A browser in which this person is signed in. Commits."""
    token = sessions.begin(person, device="A browser")
    db.session.commit()
    proof = hashlib.sha1(os.urandom(64)).hexdigest()
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = signer.dumps({"_user_id": token, "_fresh": True, "csrf_token": proof})
    form = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(proof)
    name = app.config["SESSION_COOKIE_NAME"]
    return Visitor({"Cookie": f"{name}={cookie}", "X-CSRFToken": str(form), "Accept-Encoding": ENCODINGS})


def ask(
    connection: http.client.HTTPConnection, path: str, headers: dict[str, str], form: dict[str, str] | None = None
) -> Answer:
    """One request and its answer. With a form it is a POST."""
    begun = time.perf_counter()
    if form is None:
        connection.request("GET", path, headers=headers)
    else:
        typed = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        connection.request("POST", path, urllib.parse.urlencode(form), typed)
    response = connection.getresponse()
    body = response.read()
    return Answer(response.status, body, time.perf_counter() - begun, response.headers.get("Content-Encoding", ""))


def floor() -> Scene:
    """The bare page."""
    return Scene("floor", lambda connection: ask(connection, "/", {"Accept-Encoding": ENCODINGS}), times=200)


def scenes(app: Flask) -> list[Scene]:
    """All that is measured of the product, on the database of this app."""
    amara, femi = (_person(f"{name}@example.org") for name in ("amara", "femi"))
    hers, his = visitor(app, amara), visitor(app, femi)
    open_ideas = db.session.scalars(sa.select(Idea).where(Idea.audience == Audience.OPEN).order_by(Idea.number))
    refs = itertools.cycle([idea.ref for idea in open_ideas.all()[:PAGES]])

    def get(name: str, path: Callable[[], str], by: Visitor) -> Scene:
        return Scene(name, lambda connection: ask(connection, path(), by.headers))

    movable, much = _movable(app), _counts_much()
    return [
        get("board", lambda: "/board", hers),
        get("list", lambda: "/ideas", hers),
        get("idea", lambda: f"/ideas/{next(refs)}", hers),
        get("evidence", lambda: f"/ideas/{much}/evidence", his),
        get("desk", lambda: "/", his),
        Scene("say it", lambda connection: ask(connection, "/ideas", hers.headers, _said()), expected=303),
        Scene("move", lambda connection: _move(connection, movable), expected=303),
        Scene("drag", lambda connection: _drag(connection, movable), expected=200),
    ]


def _person(sign_in: str) -> Person:
    return db.session.scalars(sa.select(Person).where(Person.sign_in == sign_in)).one()


def _counts_much() -> str:
    """The reference of an idea with six charts of fifty readings. Commits."""
    tried = sa.select(Idea).where(Idea.stage == Stage.TRYING, Idea.audience == Audience.OPEN).order_by(Idea.id)
    idea = db.session.scalars(tried.limit(1)).unique().one()
    counted.count_much(idea)
    db.session.commit()
    return idea.ref


def _said() -> dict[str, str]:
    return {
        "now": "Carers ring the ward switchboard and wait 50 minutes to ask about changed medicines.",
        "change": "One phone number on the discharge letter, answered from 2 to 6 pm.",
        "title": "One number for carers to ring",
        "audience": "open",
        "key": uuid.uuid4().hex,
    }


@dataclasses.dataclass
class _Movable:
    """An idea that goes back and forth between New and Planning, and its owner's browser."""

    owner: Visitor
    ref: str
    version: int
    stage: Stage


def _movable(app: Flask) -> queue.SimpleQueue[_Movable]:
    """Ideas in planning, each with its owner's browser. Whoever moves one has it alone."""
    found: queue.SimpleQueue[_Movable] = queue.SimpleQueue()
    browsers: dict[int, Visitor] = {}
    planned = sa.select(Idea).where(Idea.stage == Stage.PLANNING, Idea.owner_id.is_not(None)).order_by(Idea.id)
    for idea in db.session.scalars(planned.limit(64)).unique().all():
        owner = idea.owner
        if owner is not None:
            if owner.id not in browsers:
                browsers[owner.id] = visitor(app, owner)
            found.put(_Movable(browsers[owner.id], idea.ref, idea.version, idea.stage))
    return found


def _move(connection: http.client.HTTPConnection, movable: queue.SimpleQueue[_Movable]) -> Answer:
    """As a browser without script: the answer leads on to the idea."""
    return _moved(connection, movable, {}, {})


def _drag(connection: http.client.HTTPConnection, movable: queue.SimpleQueue[_Movable]) -> Answer:
    """As from the board with the mouse: the answer is the card and the counts that it changes."""
    return _moved(connection, movable, {"HX-Request": "true"}, {"board": "?"})


def _moved(
    connection: http.client.HTTPConnection,
    movable: queue.SimpleQueue[_Movable],
    headers: dict[str, str],
    fields: dict[str, str],
) -> Answer:
    idea = movable.get()
    to = Stage.NEW if idea.stage is Stage.PLANNING else Stage.PLANNING
    sent = {"stage": to.value, "version": str(idea.version), **fields}
    answer = ask(connection, f"/ideas/{idea.ref}/moves", {**idea.owner.headers, **headers}, sent)
    if answer.status < 400:
        idea.version, idea.stage = idea.version + 1, to
    movable.put(idea)
    return answer
