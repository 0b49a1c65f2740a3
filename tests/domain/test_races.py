"""Races: many do the same from the same version at the same moment. One stands, the others are told."""

from __future__ import annotations

import collections
import concurrent.futures
import datetime as dt
import itertools
import threading
from typing import TYPE_CHECKING, TypeVar

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from ideas import clock
from ideas.access import Denied
from ideas.db import db
from ideas.domain import (
    administration,
    audit,
    cases,
    claims,
    ideas,
    invitations,
    joining,
    leaving,
    measures,
    moves,
    organisations,
    password_links,
    people,
    sign_off,
    us_too,
    weekly_minutes,
    withdrawals,
)
from ideas.domain.errors import Invalid, Refused, Stale
from ideas.models import (
    Audience,
    AuditEntry,
    Decision,
    Direction,
    Event,
    Gate,
    Idea,
    Invitation,
    Membership,
    Organisation,
    Outcome,
    Person,
    Plan,
    Role,
    Sector,
    SignOff,
    Stage,
    StageEntry,
    UsToo,
    WeeklyMinute,
)  # fmt: skip
from ideas.text import references, tokens
from tests import factories
from tests.cast import PLAYERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.cast import Cast

Row = TypeVar("Row")

THREADS = 20
ROUNDS = 50
#: How many rounds run at the same time: while the writers of one wait for each other, those of another go on.
ROUNDS_AT_ONCE = 4
WON = "won"
#: What the second of two organisations says, in turn.
OTHERS = (Outcome.APPROVE, Outcome.NOT_YET)


@pytest.mark.parametrize("wanted", [Stage.NEW, Stage.STOPPED])
def test_of_many_who_move_one_card_one_moves_it(app: Flask, cast: Cast, session, wanted: Stage) -> None:
    amara = cast.amara.id
    cards = [_in_planning(cast) for _ in range(ROUNDS // 2)]
    db.session.commit()

    def move(card: int) -> None:
        moves.move(_get(Idea, card), wanted, by=_get(Person, amara), version=1, lesson="Nobody rings after six.")

    assert _rounds(app, move, cards) == [{WON: 1, Stale: THREADS - 1}] * len(cards)

    entries = dict(_count_by_idea(StageEntry.idea_id, StageEntry.stage == wanted))
    assert entries == dict.fromkeys(cards, 1), "one entry in the stage for each card"
    told = dict(_count_by_idea(Event.idea_id, Event.kind == "stage.entered"))
    assert told == dict.fromkeys(cards, 1), "one line in the history of each"
    versions = set(db.session.scalars(sa.select(Idea.version).where(Idea.id.in_(cards))))
    assert versions == {2}


def test_all_who_say_something_at_once_are_heard_though_they_draw_one_number(
    app: Flask, cast: Cast, session, monkeypatch: pytest.MonkeyPatch
) -> None:
    amara, drawn = cast.amara.id, itertools.count()
    db.session.commit()
    monkeypatch.setattr(references, "draw", lambda taken: 5_000 + next(drawn) // THREADS)

    def say() -> None:
        ideas.say(now=factories.NOW, change=factories.CHANGE, title=factories.TITLE, by=_get(Person, amara))

    ends = _at_once(app, say)

    assert ends == {WON: THREADS}
    numbers = db.session.scalars(sa.select(Idea.number)).all()
    assert len(numbers) == len(set(numbers)) == THREADS


def test_of_many_answers_to_one_request_one_stands(app: Flask, cast: Cast, session) -> None:
    femi = cast.femi.id
    requests = [_asked(cast) for _ in range(ROUNDS)]
    versions = {request.id: cases.version(request.idea, Gate.TRY) for request in requests}
    ids = list(versions)
    ideas = [request.idea_id for request in requests]
    db.session.commit()

    def decide(request_id: int) -> None:
        sign_off.decide(
            _get(SignOff, request_id),
            Outcome.NOT_YET,
            by=_get(Person, femi),
            version=versions[request_id],
            has_no_interest=True,
            would_change="Say who answers when the pharmacist is on leave.",
        )

    assert _rounds(app, decide, ids) == [{WON: 1, Refused: THREADS - 1}] * len(ids)

    decided = dict(_count_by_idea(Decision.sign_off_id, Decision.sign_off_id.in_(ids)))
    assert decided == dict.fromkeys(ids, 1), "one decision for each request"
    told = dict(_count_by_idea(Event.idea_id, Event.kind == "sign_off.not_yet"))
    assert told == dict.fromkeys(ideas, 1), "one line in the history of each"
    back = dict(_count_by_idea(StageEntry.idea_id, StageEntry.came_from == Stage.SIGN_OFF))
    assert back == dict.fromkeys(ideas, 1), "each went back to planning once"


def test_of_many_who_answer_for_one_team_one_does(app: Flask, cast: Cast, session) -> None:
    amara, monday = cast.amara.id, clock.monday(clock.today())
    idea = factories.in_trying(cast).id
    db.session.commit()
    said = weekly_minutes.Said(worse="The clerk stays later.")

    ends = _at_once(
        app,
        lambda: weekly_minutes.answer(_get(Idea, idea), said, week_starts_on=monday, by=_get(Person, amara), version=0),
    )

    assert ends == {WON: 1, Stale: THREADS - 1}
    assert db.session.scalar(sa.select(sa.func.count(WeeklyMinute.id))) == 1


def test_when_two_organisations_answer_at_once_both_hold_or_the_first_no_is_the_answer(
    app: Flask, cast: Cast, session
) -> None:
    """A yes and a yes start one trial; a yes and a not yet go back to planning once, whoever is first."""
    leaders = (cast.femi.id, cast.mina.id)
    rounds_ = []
    for _ in range(ROUNDS // 5):
        home = factories.asked(cast)
        other = sign_off.ask(home.idea, cast.mina, by=cast.amara, organisation=cast.eastfold)
        rounds_.append((home.idea_id, home.id, other.id, cases.version(home.idea, Gate.TRY)))
    db.session.commit()
    ends_on = clock.today() + dt.timedelta(days=30)

    for n, (_, home_id, other_id, version) in enumerate(rounds_):
        turns = iter([(home_id, leaders[0], Outcome.APPROVE), (other_id, leaders[1], OTHERS[n % 2])])

        def decide(turns=turns, version=version) -> None:
            request_id, leader, outcome = next(turns)
            given = {"ends_on": ends_on} if outcome is Outcome.APPROVE else {"would_change": "More."}
            request, by = _get(SignOff, request_id), _get(Person, leader)
            sign_off.decide(request, outcome, by=by, version=version, has_no_interest=True, **given)

        ends = _at_once(app, decide, threads=2)
        assert ends in ({WON: 2}, {WON: 1, Refused: 1}), ends

    db.session.rollback()
    for n, (idea_id, home_id, other_id, _) in enumerate(rounds_):
        idea = db.session.get_one(Idea, idea_id)
        requests = [db.session.get_one(SignOff, each) for each in (home_id, other_id)]
        assert not idea.open_sign_offs
        moved = [entry.stage for entry in idea.stage_entries][-1]
        if OTHERS[n % 2] is Outcome.APPROVE:
            assert (idea.stage, moved, [r.decision is not None for r in requests]) == (
                Stage.TRYING, Stage.TRYING, [True, True],
            )  # fmt: skip
        else:
            assert (idea.stage, moved, requests[1].decision.outcome) == (
                Stage.PLANNING, Stage.PLANNING, Outcome.NOT_YET,
            )  # fmt: skip
        assert [entry.stage for entry in idea.stage_entries].count(moved) == (1 if moved is Stage.TRYING else 2)


def test_of_many_requests_to_move_one_card_one_is_answered_with_a_move(
    app: Flask, cast: Cast, session, signed_in
) -> None:
    idea = factories.in_planning(cast)
    session.commit()
    path, fields = f"/ideas/{idea.ref}/moves", {"stage": "new", "version": idea.version}
    browsers = iter([signed_in(cast.amara) for _ in range(THREADS)])
    answers: list[int] = []

    def move() -> None:
        answers.append(next(browsers).post(path, data=fields).status_code)

    _at_once(app, move)

    assert collections.Counter(answers) == {303: 1, 409: THREADS - 1}
    session.expire_all()
    assert [entry.stage for entry in idea.stage_entries].count(Stage.NEW) == 2, "where it began, and one move"


def test_a_form_that_is_sent_many_times_at_once_is_answered_each_time_with_what_it_made(
    app: Flask, cast: Cast, session, signed_in
) -> None:
    """Who taps twice on a slow phone sees what the second one is told, and it is done."""
    idea = factories.in_planning(cast)
    measure = measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    session.commit()
    path = f"/measures/{measure.id}/readings"
    fields = {"taken_on": clock.today(), "value": 3, "key": "the-very-same-key"}
    browsers = iter([signed_in(cast.amara) for _ in range(THREADS // 2)])
    answers: list[int] = []

    def enter() -> None:
        answers.append(next(browsers).post(path, data=fields).status_code)

    _at_once(app, enter, threads=THREADS // 2)

    assert answers == [303] * (THREADS // 2)
    session.expire_all()
    assert [reading.value for reading in measure.readings] == [3]


def test_of_many_who_choose_one_sign_in_name_at_once_the_others_are_told_at_its_field(
    app: Flask, cast: Cast, session
) -> None:
    session.commit()

    assert _at_once(app, lambda: people.add("Nia Pugh", "nia")) == {WON: 1, Invalid: THREADS - 1}


def test_a_link_that_is_made_many_times_at_once_is_one(app: Flask, cast: Cast, session) -> None:
    ada, northmere, token = cast.ada.id, cast.northmere.id, tokens.draw()
    session.commit()

    def make() -> None:
        here, by = session.get_one(Organisation, northmere), session.get_one(Person, ada)
        invitations.invite(here, Role.MEMBER, by=by, token=token)

    assert _at_once(app, make) == {WON: THREADS}
    assert session.scalar(sa.select(sa.func.count(Invitation.id))) == 1


def test_a_link_for_who_could_lead_that_is_made_many_times_at_once_is_one(app: Flask, cast: Cast, session) -> None:
    unled = organisations.add("Hazel Court", Sector.ADULT_SOCIAL_CARE)
    idea = factories.new(cast, by=cast.dele, home=unled)
    session.commit()
    idea_id, dele, token = idea.id, cast.dele.id, tokens.draw()
    session.commit()

    def make() -> None:
        invitations.nominate(session.get_one(Idea, idea_id), by=session.get_one(Person, dele), token=token)

    assert _at_once(app, make) == {WON: THREADS}
    assert session.scalar(sa.select(sa.func.count(Invitation.id))) == 1


def test_of_many_who_use_the_links_of_one_person_one_sets_the_password(app: Flask, cast: Cast, session) -> None:
    made = [password_links.make(cast.tomas.memberships[0], by=cast.ada)[1] for _ in range(2)]
    session.commit()
    browsers, turns = iter([app.test_client() for _ in range(THREADS)]), iter(range(THREADS))
    answers: list[int] = []

    def choose() -> None:
        n = next(turns)
        new = {"new": f"kettle orbit mango {n}"}
        answers.append(next(browsers).post(f"/password/{made[n % 2]}", data=new).status_code)

    _at_once(app, choose)

    assert collections.Counter(answers) == {303: 1, 409: THREADS - 1}


def test_of_administrators_who_end_each_other_at_once_one_stays(app: Flask, cast: Cast, session) -> None:
    ring = [cast.ada.id]
    for n in range(5):
        other = people.add("Admin", f"admin{n}")
        people.join(other, cast.northmere, job="administrator", role=Role.ADMIN)
        ring.append(other.id)
    memberships = {m.person_id: m.id for p in ring for m in session.get_one(Person, p).memberships}
    session.commit()
    turns = iter([(who, ring[n - 1]) for n, who in enumerate(ring)])

    def end() -> None:
        who, other = next(turns)
        leaving.end(session.get_one(Membership, memberships[other]), by=session.get_one(Person, who))

    ends = _at_once(app, end, threads=len(ring))

    assert set(ends) <= {WON, Denied, Refused}, ends
    left = sa.select(Membership.id).where(Membership.role == Role.ADMIN, Membership.holds())
    session.rollback()
    assert len(session.scalars(left).all()) == len(ring) - ends[WON] >= 1


def test_who_is_let_go_at_that_moment_is_given_no_role_after_it(app: Flask, cast: Cast, session) -> None:
    """Else the administrator who is a moment late would let somebody in again who was shown out."""
    ada, people_of_it = cast.ada.id, []
    for n in range(ROUNDS // 5):
        nia = people.join(people.add("Nia Pugh", f"nia{n}"), cast.northmere, job="porter", role=Role.MEMBER)
        people_of_it.append(nia)
    ids = [each.id for each in people_of_it]
    db.session.commit()

    def end(id_: int) -> None:
        leaving.end(_get(Membership, id_), by=_get(Person, ada))

    def give(id_: int) -> None:
        administration.give_role(_get(Membership, id_), Role.LEADER, by=_get(Person, ada))

    for id_ in ids:
        turns = iter([end, give])
        ends = _at_once(app, lambda turns=turns, id_=id_: next(turns)(id_), threads=2)
        assert ends in ({WON: 2}, {WON: 1, Refused: 1}), ends
        db.session.rollback()
        told = db.session.scalars(sa.select(AuditEntry.act).order_by(AuditEntry.id.desc()).limit(2)).all()
        db.session.rollback()
        assert told[0] == audit.Act.MEMBERSHIP_ENDED, "nothing is given after the end"


def test_of_many_who_use_one_link_one_comes_in(app: Flask, cast: Cast, session) -> None:
    link, _ = invitations.invite(cast.northmere, Role.LEADER, by=cast.ada)
    several = [people.add("Nia Pugh", f"nia{n}").id for n in range(THREADS)]
    link_id = link.id
    db.session.commit()
    turns = iter(several)

    def accept() -> None:
        invitations.accept(_get(Invitation, link_id), _get(Person, next(turns)), job="porter")

    assert _at_once(app, accept) == {WON: 1, Refused: THREADS - 1}
    of_them = sa.select(sa.func.count(Membership.id)).where(Membership.person_id.in_(several))
    assert db.session.scalar(of_them) == 1


def test_of_a_yes_and_a_no_to_one_joiner_one_is_the_answer(app: Flask, cast: Cast, session) -> None:
    ada, femi, waiting = cast.ada.id, cast.femi.id, []
    for n in range(ROUNDS // 5):
        asked = joining.ask(people.add("Nia Pugh", f"nia{n}"), cast.northmere, job="porter")
        db.session.flush()
        waiting.append(asked.id)
    db.session.commit()

    for id_ in waiting:
        turns = iter([(joining.confirm, ada), (joining.turn_down, femi)])

        def answer(turns=turns, id_=id_) -> None:
            says, who = next(turns)
            says(_get(Membership, id_), by=_get(Person, who))

        assert _at_once(app, answer, threads=2) == {WON: 1, Refused: 1}
    is_both = sa.and_(Membership.confirmed_at.is_not(None), Membership.ended_at.is_not(None))
    assert not db.session.scalars(sa.select(Membership.id).where(is_both)).all()


def test_an_idea_that_is_taken_back_while_somebody_puts_their_name_to_it_is_one_or_the_other(
    app: Flask, cast: Cast, session
) -> None:
    tomas = cast.tomas.id
    nameless = [factories.without_name(cast, key=f"a-key-of-twenty-or-more-{n}").idea.id for n in range(ROUNDS // 5)]
    db.session.commit()

    for id_ in nameless:
        turns = iter([lambda idea: claims.put_name(idea, by=_get(Person, tomas)), withdrawals.withdraw_without_name])
        assert _at_once(app, lambda turns=turns, id_=id_: next(turns)(_get(Idea, id_)), threads=2) == {
            WON: 1,
            Refused: 1,
        }
        db.session.rollback()
        idea = db.session.get_one(Idea, id_)
        assert (idea.author_id == tomas) is (idea.audience is Audience.OPEN)
        db.session.rollback()


def test_however_many_say_us_too_and_take_it_back_the_count_is_right(app: Flask, cast: Cast, session) -> None:
    idea = factories.new(cast).id
    told = itertools.cycle([getattr(cast, name).id for name in PLAYERS])
    turn = threading.Lock()
    db.session.commit()

    def change_ones_mind() -> None:
        with turn:
            person = _get(Person, next(told))
        said = _get(Idea, idea)
        if us_too.own(said, person):
            us_too.take_back(said, by=person)
        else:
            us_too.say(said, by=person, membership=person.memberships[0])

    ends = _at_once(app, change_ones_mind)

    assert ends == {WON: THREADS}
    db.session.expire_all()
    left = db.session.scalar(sa.select(sa.func.count(UsToo.id)))
    assert db.session.get_one(Idea, idea).us_too_count == left


def _rounds(app: Flask, act: Callable[[int], None], things: list[int]) -> list[dict[object, int]]:
    """For each thing a round of many threads that do the same with it; how each round ended."""
    with concurrent.futures.ThreadPoolExecutor(ROUNDS_AT_ONCE) as rounds:
        return list(rounds.map(lambda thing: _at_once(app, lambda: act(thing)), things))


def _at_once(app: Flask, act: Callable[[], None], *, threads: int = THREADS) -> dict[object, int]:
    """Run the act in many threads that start together, each with its own transaction; count how they ended."""
    ends: list[object] = []
    start = threading.Barrier(threads)

    def run() -> None:
        with app.app_context():
            start.wait()
            try:
                act()
                db.session.commit()
                ends.append(WON)
            except Exception as error:  # whatever it is, it is counted, and then it is not as it should be
                db.session.rollback()
                ends.append(type(error))

    running = [threading.Thread(target=run) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return dict(collections.Counter(ends))


def _get(model: type[Row], id_: int) -> Row:
    """The row, without what pages load with it: the losers of four thousand tries need none of that."""
    lean = [orm.joinedload(SignOff.idea).lazyload("*")] if model is SignOff else []
    return db.session.get_one(model, id_, options=[orm.lazyload("*"), *lean])


def _count_by_idea(key: sa.ColumnElement[int], condition: sa.ColumnElement[bool]) -> list[tuple[int, int]]:
    db.session.rollback()
    rows = db.session.execute(sa.select(key, sa.func.count()).where(condition).group_by(key))
    return [(row[0], row[1]) for row in rows]


def _in_planning(cast: Cast) -> int:
    """A card in planning, made without the acts that lead there: fifty are needed, and quickly."""
    idea = _idea(cast, Stage.PLANNING)
    db.session.flush()
    return idea.id


def _asked(cast: Cast) -> SignOff:
    """A card in sign-off, before Femi."""
    idea = _idea(cast, Stage.SIGN_OFF)
    db.session.flush()
    request = SignOff(
        organisation=cast.northmere,
        asked_organisation=cast.northmere,
        gate=Gate.TRY,
        leader=cast.femi,
        asked_by=cast.amara,
        asked_at=clock.now(),
        due_on=clock.today() + dt.timedelta(days=14),
        case=cases.keep(idea, Gate.TRY),
    )
    idea.sign_offs.append(request)
    db.session.flush()
    return request


_numbers = iter(range(1, 10_000_000))


def _idea(cast: Cast, stage: Stage) -> Idea:
    idea = Idea(
        number=next(_numbers),
        title=factories.TITLE,
        now=factories.NOW,
        change=factories.CHANGE,
        audience="open",
        said_at=clock.now(),
        stage=stage,
        stage_since=clock.now(),
        author=cast.amara,
        owner=cast.amara,
        home_organisation=cast.northmere,
        plan=Plan(),
    )
    db.session.add(idea)
    return idea
