"""Faces of cards are kept, and are never old: after every act the board shows what it would show made afresh."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.access import Denied
from ideas.db import db
from ideas.domain import (
    board,
    hand_overs,
    ideas,
    moves,
    partners,
    people,
    plans,
    screening,
    sign_off,
    sponsors,
    steps,
    teams,
)
from ideas.domain.errors import Invalid, Refused
from ideas.domain.search import Filter
from ideas.models import Answer, Idea, PledgeKind, Stage
from ideas.web.board import faces
from tests import factories
from tests.domain.test_partners import ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from sqlalchemy.orm import Session

    from tests.cast import Cast

TODAY = dt.date(2026, 11, 23)
ACTS = 40


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "_kept", {})


@pytest.mark.parametrize("seed", [1])
def test_after_every_act_a_kept_card_is_what_a_fresh_one_would_be(
    app: Flask, cast: Cast, session: Session, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw, day, done = random.Random(seed), TODAY, 0
    with app.test_request_context(), clock.at(day):
        for make in (factories.new, factories.ready_to_ask, factories.in_trying, factories.adopted):
            make(cast)
        session.commit()
        compare(cast, monkeypatch)
    for _ in range(ACTS):
        day += dt.timedelta(days=draw.choice((0, 0, 0, 1, 4)))
        with app.test_request_context(), clock.at(day):
            every = session.scalars(sa.select(Idea).order_by(Idea.id)).unique().all()
            act = draw.choice(POSSIBLE)
            try:
                act(cast, draw.choice(every), draw)
                session.commit()
                done += 1
            except (Denied, Refused, Invalid, StopIteration):
                session.rollback()
            session.expire_all()
            compare(cast, monkeypatch)
    assert done > ACTS / 4


def test_a_kept_card_tells_at_once_that_whoever_decides_may_back_it(
    app: Flask, cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(cast, by=cast.dele)
    session.commit()
    with app.test_request_context():
        compare(cast, monkeypatch)
        partners.name(cast.willow_bank, cast.eastfold, sponsor_may_decide=True, by=cast.gwen)
        session.commit()
        compare(cast, monkeypatch)


def compare(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for person in (cast.amara, cast.gwen):
        entries = [card for column in board.columns(person, Filter()) for card in column.cards]
        shown = faces.of(entries)
        with monkeypatch.context() as patch:
            patch.setattr(faces, "_kept", {})
            assert shown == faces.of(entries)
        for entry in entries:
            # The board asks it in columns; the right itself has the last word.
            assert list(entry.moves) == moves.offered(db.session.get_one(Idea, entry.id), by=person)


def say(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    return factories.new(cast, title=f"Another {draw.random()}", home=draw.choice((cast.northmere, None)))


def edit(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    words = {"now": "It is otherwise now.", "change": draw.choice(("", "Less bad.")), "title": f"Name {draw.random()}"}
    return ideas.edit(idea, **words, by=cast.amara, version=idea.version)


def take_on(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    return teams.take_on(idea, by=draw.choice((cast.amara, cast.tomas)))


def hand_on(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    ask = teams.ask_to_own(idea, cast.tomas, by=cast.amara)
    return teams.accept(ask, by=cast.tomas)


def join(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    return teams.accept(teams.ask_in(idea, cast.gwen, by=cast.amara), by=cast.gwen)


def move(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    return moves.move(idea, draw.choice(tuple(Stage)), by=cast.amara, version=idea.version, lesson="It was too much.")


def plan(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    return plans.revise(idea, dict(factories.PLAN), by=cast.amara, version=idea.version)


def screen(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    answers = dict.fromkeys(screening.none_of_these(), draw.choice((Answer.NO, Answer.NOT_SURE)))
    return screening.answer(idea, answers, by=cast.amara, version=idea.version)


def add_step(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    due = clock.today() + dt.timedelta(days=draw.choice((0, 2, 9)))
    return steps.add(idea, "Borrow a phone", by=cast.amara, owner=cast.amara, due_on=due)


def tick(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    return steps.tick(next(step for step in idea.steps if not step.is_done), by=cast.amara)


def take_out(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    return steps.remove(next(iter(idea.steps)), by=cast.amara)


def back(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    asked = sponsors.ask(idea, draw.choice((cast.ben, cast.ruth)), by=cast.amara)
    return sponsors.accept(asked, by=asked.person, kind=PledgeKind.COVER, note="Tuesday nights")


def ask(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    return sign_off.ask(idea, cast.femi, by=cast.amara)


def approve(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    request = idea.open_sign_off or next(iter(()))
    return factories.approve(request, cast, condition_while=draw.choice(("", "Families are told the same day")))


def hand_over(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    return hand_overs.hand_over_overdue()


def leave(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    return people.leave(next(iter(cast.tomas.active_memberships)))


def come_back(cast: Cast, idea: Idea, draw: random.Random) -> Any:
    if cast.tomas.active_memberships:
        raise StopIteration
    gone = cast.tomas.memberships[0]
    return people.join(cast.tomas, gone.organisation, job=gone.job, role=gone.role)


POSSIBLE: list[Callable[[Cast, Idea, random.Random], Any]] = [
    say,
    edit,
    take_on,
    hand_on,
    join,
    move,
    move,
    plan,
    screen,
    add_step,
    add_step,
    tick,
    take_out,
    back,
    ask,
    ask,
    approve,
    approve,
    hand_over,
    leave,
    come_back,
]


def test_what_was_undone_is_not_kept_under_what_comes_next(
    app: Flask, cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    idea = factories.new(cast)
    session.commit()
    with app.test_request_context():
        edit(cast, idea, random.Random(1))
        compare(cast, monkeypatch)
        session.rollback()
        edit(cast, idea, random.Random(2))
        compare(cast, monkeypatch)


def test_no_more_faces_are_kept_than_there_is_room_for(
    app: Flask, cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faces, "MOST", 3)
    for _ in range(5):
        factories.new(cast)
    session.commit()

    with app.test_request_context():
        compare(cast, monkeypatch)
        shown = faces.of([card for column in board.columns(cast.amara, Filter()) for card in column.cards])

    assert len(shown) == 5
    assert len(faces._kept) == 3


def test_ideas_count_the_sponsors_who_said_yes(cast: Cast, session: Session) -> None:
    idea = factories.ready_to_ask(cast)
    sponsors.ask(idea, cast.ruth, by=cast.amara)
    declined = sponsors.ask(idea, cast.femi, by=cast.amara)
    sponsors.decline(declined, by=cast.femi, reason="Not my area")
    session.commit()

    assert idea.sponsor_count == len(idea.accepted_sponsorships) == 1
