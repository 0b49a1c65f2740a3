"""What the select finds is what the rule allows: over a made-up world of everything that a right to read hangs on."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.access import Action, may, scopes, visible
from ideas.db import db
from ideas.domain import people
from ideas.models import (
    Audience,
    Case,
    Check,
    Event,
    Gate,
    Idea,
    Measure,
    Person,
    Place,
    Plan,
    Reading,
    SignOff,
    Sponsorship,
    Stage,
    Step,
    TeamMember,
)
from tests import factories
from tests.cast import PLAYERS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.cast import Cast

#: The worlds are drawn from these; another number, another world.
SEEDS = (1, 2)
IDEAS = 120


@pytest.mark.parametrize("seed", SEEDS)
def test_the_select_and_the_rule_agree_on_every_idea_for_everybody(cast: Cast, session: Session, seed: int) -> None:
    readers = [getattr(cast, name) for name in PLAYERS] + odd_ones(cast)
    draw = random.Random(seed)
    case = Case(idea_id=factories.new(cast).id, version="", content={}, kept_at=clock.now())
    for number in range(IDEAS):
        session.add(drawn(draw, number, cast, readers, case))
    session.commit()
    session.expire_all()
    every = session.scalars(sa.select(Idea)).unique().all()

    for reader in readers:
        found = set(session.scalars(visible(Idea, reader).with_only_columns(Idea.id)))
        allowed = {idea.id for idea in every if may(reader, Action.READ, idea)}
        assert found == allowed, (seed, reader.name, found ^ allowed)
        assert not may(reader, Action.SAY) or 0 < len(found) < IDEAS


def test_what_is_here_first_is_read_where_it_is_asked_and_where_the_partner_answers(cast: Cast) -> None:
    idea = factories.new(cast, audience=Audience.HERE_FIRST)
    assert not may(cast.dele, Action.READ, idea)
    assert not may(cast.mina, Action.READ, idea)

    idea.sign_offs.append(
        SignOff(
            organisation=cast.eastfold, asked_organisation=cast.willow_bank, gate=Gate.TRY, leader=cast.mina,
            asked_at=clock.now(), due_on=clock.today(), case=Case(idea_id=idea.id, version="", content={},
            kept_at=clock.now()),
        )
    )  # fmt: skip
    db.session.flush()

    for reader in (cast.dele, cast.gwen, cast.mina):
        assert may(reader, Action.READ, idea), reader.name
        assert db.session.scalar(visible(Idea, reader).with_only_columns(Idea.id)) == idea.id, reader.name


def test_a_select_that_is_written_once_finds_the_same(cast: Cast, session: Session) -> None:
    idea = factories.ready_to_adopt(cast, audience=Audience.HERE_FIRST)
    readers = [cast.amara, cast.femi, cast.dele, cast.mina, *odd_ones(cast)]
    for reader in readers[-4:]:
        idea.team_members.append(TeamMember(person=reader, place=Place.MEMBER, asked_at=clock.now()))
    session.commit()

    for reader in readers:
        for model in (Idea, Event, Measure, Reading, SignOff, Step, TeamMember):
            once = scopes.visible_to(model, scopes.reads(reader)).with_only_columns(model.id)
            found = session.scalars(once, scopes.values(reader)).all()
            assert sorted(found) == sorted(session.scalars(visible(model, reader).with_only_columns(model.id)))


def odd_ones(cast: Cast) -> list[Person]:
    """Who belongs nowhere, who left, who belongs to two places, and to a supplier beside a hospital."""
    stray, left, both, seller = (people.add(name, name.lower()) for name in ("Stray", "Left", "Both", "Seller"))
    people.leave(people.join(left, cast.northmere, job="nurse", role="member"))
    for person, places in ((both, (cast.willow_bank, cast.eastfold)), (seller, (cast.northmere, cast.lantern))):
        for place in places:
            people.join(person, place, job="nurse", role="member")
    return [stray, left, both, seller]


def drawn(draw: random.Random, number: int, cast: Cast, persons: list[Person], case: Case) -> Idea:
    """An idea with any of the rows that may let somebody read it, in any of their states."""
    moment = clock.now()
    places = [cast.northmere, cast.willow_bank, cast.lantern, cast.eastfold, None]
    audience = draw.choice(list(Audience))

    is_gone = audience is Audience.WITHDRAWN

    def some() -> list[Person]:
        return draw.sample(persons, draw.choice((0, 0, 1, 2)))

    def answered() -> dict[str, Any]:
        accepted = draw.choice((None, True, False))
        return {"accepted": accepted, "answered_at": moment if accepted is not None else None}

    return Idea(
        number=10**8 + number, now="It hurts.", change="", title=f"Idea {number}", said_at=moment,
        stage=Stage.NEW, stage_since=moment, plan=Plan(),
        audience=audience, opens_on=clock.today() + dt.timedelta(days=1) if audience is Audience.HERE_FIRST else None,
        author=None if is_gone else draw.choice([*persons, None]),
        owner=None if is_gone else draw.choice([*persons, None, None]),
        hurts_organisation=draw.choice(places), home_organisation=draw.choice(places),
        team_members=[
            TeamMember(person=one, place=draw.choice(list(Place)), asked_at=moment,
                       ended_at=draw.choice((None, moment)), **answered())
            for one in ([] if is_gone else some())
        ],
        sponsorships=[
            Sponsorship(person=one, asked_by=cast.amara, asked_at=moment, reason="no time", **answered())
            for one in some()
        ],
        steps=[Step(title="Do it", owner=one) for one in some()],
        checks=[Check(kind=f"check {n}", asked_person=one) for n, one in enumerate(some())],
        sign_offs=[
            SignOff(organisation=draw.choice(places[:4]), asked_organisation=draw.choice(places[:4]), gate=Gate.TRY,
                    leader=one, asked_at=moment, due_on=clock.today(), closed_at=moment, case=case)
            for one in some()
        ],
    )  # fmt: skip
