"""Who decides: whatever happens before, no decision stands whose decider had no right to it at that moment."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ideas import clock
from ideas.access import Denied
from ideas.db import db
from ideas.domain import cases, hand_overs, moves, people, sign_off, sponsors, teams
from ideas.domain.errors import Invalid, Refused
from ideas.models import Decision, Gate, Idea, Outcome, PledgeKind, Role, Stage
from tests import factories

BEGIN = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
PEOPLE = ("amara", "femi", "ben", "ruth", "tomas", "ada", "gwen", "lena", "sol", "mina")
PLACES = ("northmere", "willow_bank", "lantern", "eastfold")
somebody = st.sampled_from(PEOPLE)
#: Those who may come to decide, more often than the others: else little is ever decided.
likely = st.sampled_from(("femi", "ruth", "ben", "mina", *PEOPLE))

#: What the history says about one decision, in the words of the database alone: none of our rules is asked.
_WHO = sa.text("""
    SELECT d.id, d.decided_by_id AS person, d.decided_at AS moment, d.asked_leader_id, s.idea_id, s.organisation_id,
           i.author_id
    FROM decisions d JOIN sign_offs s ON s.id = d.sign_off_id JOIN ideas i ON i.id = s.idea_id
""").columns(moment=Decision.decided_at.type)
_LED_THERE = sa.text("""
    SELECT count(*) FROM memberships m WHERE m.person_id = :person AND m.organisation_id = :organisation_id
    AND m.role = 'leader' AND m.started_at <= :moment AND (m.ended_at IS NULL OR m.ended_at > :moment)
""")
_OF_A_SUPPLIER = sa.text("""
    SELECT count(*) FROM memberships m JOIN organisations o ON o.id = m.organisation_id WHERE m.person_id = :person
    AND o.sector = 'supplier' AND m.started_at <= :moment AND (m.ended_at IS NULL OR m.ended_at > :moment)
""")
_EVER_IN_TEAM = sa.text("""
    SELECT count(*) FROM team_members t WHERE t.idea_id = :idea_id AND t.person_id = :person
    AND t.accepted AND t.answered_at <= :moment
""")
_SPONSORED = sa.text("""
    SELECT count(*) FROM sponsorships p WHERE p.idea_id = :idea_id AND p.person_id = :person
    AND p.accepted AND p.answered_at <= :moment
""")


def ineligible_decisions() -> list[tuple[int, str]]:
    """Each decision whose decider had no right to it at its moment, with the bar, worked out from the history."""
    moment = sa.bindparam("moment", type_=Decision.decided_at.type)
    found = []
    for row in db.session.execute(_WHO).mappings().all():
        bars = {
            "was not the leader who was asked": row["person"] != row["asked_leader_id"],
            "wrote it": row["person"] == row["author_id"],
            "did not lead there": not _count(_LED_THERE, moment, row),
            "belonged to a supplier": _count(_OF_A_SUPPLIER, moment, row),
            "was ever in its team": _count(_EVER_IN_TEAM, moment, row),
            "sponsored it": _count(_SPONSORED, moment, row),
        }
        found += [(row["id"], bar) for bar, holds in bars.items() if holds]
    return found


def _count(statement, moment, row):
    wanted = {name: row[name] for name in statement.compile().params if name != "moment"}
    return db.session.scalar(statement.bindparams(moment), {**wanted, "moment": row["moment"]})


class Hospital(RuleBasedStateMachine):
    """One idea at Northmere; people join, leave, help, back, carry, ask, take over and decide in any order."""

    cast = None
    decided = 0
    refused = 0
    judged = 0

    @initialize(leader=st.sampled_from(("femi", "ruth")))
    def begin(self, leader):
        db.session.rollback()
        self.cast = type(self).cast
        self.moment = BEGIN
        self.judged = type(self).decided
        self.idea = db.session.scalars(sa.select(Idea)).unique().one()
        assert self.asks(leader)

    def teardown(self):
        """However it came to stand, everybody tries to decide it at last."""
        if self.cast:
            for name in PEOPLE:
                if self.request:
                    self._decide(self.person(name), Outcome.NO)
            assert ineligible_decisions() == []
        db.session.rollback()

    def person(self, name):
        return getattr(self.cast, name)

    @property
    def request(self):
        return self.idea.open_sign_off

    def attempt(self, act):
        """Do it a minute later than what came before; a refusal is an answer too."""
        self.moment += dt.timedelta(minutes=1)
        with clock.at(self.moment):
            try:
                act()
            except (Denied, Refused, Invalid):
                return False
        return True

    @rule(who=likely, where=st.sampled_from(PLACES), role=st.sampled_from(list(Role)))
    def joins(self, who, where, role):
        self.attempt(lambda: people.join(self.person(who), getattr(self.cast, where), job="a job", role=role))

    @rule(who=likely, which=st.integers(0, 3))
    def leaves(self, who, which):
        held = self.person(who).active_memberships
        if held:
            self.attempt(lambda: people.leave(held[which % len(held)]))

    @rule(partner=st.sampled_from(("willow_bank", "eastfold", None)))
    def names_a_partner(self, partner):
        self.cast.northmere.partner = getattr(self.cast, partner) if partner else None

    @precondition(lambda self: self.request)
    @rule()
    def a_partner_stands_in(self):
        self.attempt(hand_overs.let_partners_answer)

    @rule(who=somebody, by=somebody)
    def joins_the_team(self, who, by):
        person = self.person(who)
        self.attempt(lambda: teams.accept(teams.ask_in(self.idea, person, by=self.person(by)), by=person))

    @rule(who=somebody)
    def leaves_the_team(self, who):
        for member in self.idea.team_members:
            if member.person is self.person(who) and member.is_active and member.person_id != self.idea.owner_id:
                member.ended_at = self.moment

    @rule(who=somebody, by=somebody)
    def carries_it(self, who, by):
        person = self.person(who)
        self.attempt(lambda: teams.accept(teams.ask_to_own(self.idea, person, by=self.person(by)), by=person))

    @rule(who=likely, by=somebody)
    def sponsors_it(self, who, by):
        person = self.person(who)

        def back():
            asked = sponsors.ask(self.idea, person, by=self.person(by))
            sponsors.accept(asked, by=person, kind=PledgeKind.COVER, note="A day")

        self.attempt(back)

    def asks(self, leader):
        return self.attempt(lambda: sign_off.ask(self.idea, self.person(leader), by=self.idea.owner))

    @precondition(lambda self: not self.request)
    @rule(leader=likely)
    def asks_again(self, leader):
        if self.idea.stage in (Stage.TRYING, Stage.STOPPED):
            self.attempt(lambda: moves.move(self.idea, Stage.PLANNING, by=self.idea.owner, version=self.idea.version))
        self.asks(leader)

    @precondition(lambda self: self.request)
    @rule(who=likely)
    def takes_over(self, who):
        self.attempt(lambda: sign_off.take_over(self.request, by=self.person(who)))

    @precondition(lambda self: self.request)
    @rule(to=likely, by=likely)
    def sends_on(self, to, by):
        self.attempt(lambda: sign_off.send_on(self.request, self.person(to), by=self.person(by), reason="Leave"))

    @precondition(lambda self: self.request)
    @rule(by=somebody)
    def takes_back(self, by):
        self.attempt(lambda: sign_off.take_back(self.request, by=self.person(by), reason="Not now"))

    @precondition(lambda self: self.request)
    @rule(days=st.integers(15, 40))
    def is_overdue(self, days):
        self.moment += dt.timedelta(days=days)
        self.attempt(hand_overs.hand_over_overdue)

    @precondition(lambda self: self.request)
    @rule(who=likely, outcome=st.sampled_from(list(Outcome)))
    def decides(self, who, outcome):
        self._decide(self.person(who), outcome)

    @precondition(lambda self: self.request)
    @rule(outcome=st.sampled_from(list(Outcome)), loses=st.sampled_from(("nothing", "nothing", "rights", "innocence")))
    def the_named_leader_decides(self, outcome, loses):
        leader = self.request.leader
        if loses == "rights" and leader.active_memberships:
            self.attempt(lambda: people.leave(leader.active_memberships[0]))
        elif loses == "innocence":
            self.attempt(lambda: people.join(leader, self.cast.lantern, job="adviser", role=Role.MEMBER))
        self._decide(leader, outcome)

    def _decide(self, person, outcome):
        request = self.request
        ends = self.moment.date() + dt.timedelta(days=30)
        given = {"version": cases.version(self.idea, request.gate), "ends_on": ends, "smaller_yes": "One bay"}
        given |= {"reason": "So", "would_change": "More", "has_no_interest": True}
        if self.attempt(lambda: sign_off.decide(request, outcome, by=person, **given)):
            type(self).decided += 1
        else:
            type(self).refused += 1

    @invariant()
    def nobody_has_decided_without_the_right(self):
        """Judged when there is a new decision: a moment that is past stays as it was."""
        if self.judged < type(self).decided:
            assert ineligible_decisions() == []
            self.judged = type(self).decided


@pytest.fixture
def hospital(cast):
    """The machine on this database; what each of its runs does is rolled back."""
    with clock.at(BEGIN - dt.timedelta(days=1)):
        factories.ready_to_ask(cast)
    db.session.commit()
    return type("HospitalHere", (Hospital,), {"cast": cast, "decided": 0, "refused": 0})


def test_no_decision_stands_whose_decider_had_no_right_to_it(hospital):
    bounded = settings(
        max_examples=30, stateful_step_count=15, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(hospital, settings=bounded)
    assert hospital.decided >= 15, "it must decide something to show anything"
    assert hospital.refused >= 15


@pytest.mark.parametrize(
    ("bar", "before"),
    [
        ("did not lead there", lambda c, idea: people.leave(c.femi.memberships[0])),
        ("belonged to a supplier", lambda c, idea: people.join(c.femi, c.lantern, job="adviser", role=Role.MEMBER)),
        ("was ever in its team", lambda c, idea: teams.accept(teams.ask_in(idea, c.femi, by=c.amara), by=c.femi)),
        ("sponsored it", lambda c, idea: backs(c.femi, idea, c.amara)),
    ],
)
def test_a_decision_without_the_right_would_be_found(cast, bar, before):
    """The judge of the machine above can say no: it finds a row that was put in past all our rules."""
    with clock.at(BEGIN):
        request = factories.asked(cast)
        before(cast, request.idea)
    assert ineligible_decisions() == []
    db.session.add(
        Decision(
            sign_off=request, outcome=Outcome.NO, decided_by=cast.femi, decided_at=BEGIN + dt.timedelta(hours=1),
            case=request.case, reason="No", has_no_interest=True, gate=Gate.TRY, author_id=request.idea.author_id,
            owner_id=request.idea.owner_id, asked_leader_id=cast.femi.id, sector=cast.northmere.sector,
        )
    )  # fmt: skip
    db.session.flush()
    assert [found for _, found in ineligible_decisions()] == [bar]


def backs(leader, idea, by):
    """This leader sponsors it."""
    sponsors.accept(sponsors.ask(idea, leader, by=by), by=leader, kind=PledgeKind.COVER, note="A day")
