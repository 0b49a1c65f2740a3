"""A place with one leader: its partner answers what is hers, what she hands over, and what nobody there may decide."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.access import Denied
from ideas.db import db
from ideas.domain import (
    backings,
    cards,
    cases,
    deciders,
    desk,
    events,
    hand_overs,
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
from ideas.domain.backings import Backing
from ideas.domain.errors import Invalid, Refused
from ideas.models import Decision, Outcome, PledgeKind, Role, SignOff, Stage
from tests import factories

if TYPE_CHECKING:
    from ideas.models import Idea, Person
    from tests.cast import Cast

MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def a_monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def partner(cast: Cast) -> None:
    """Eastfold Council is Willow Bank's partner."""
    partners.name(cast.willow_bank, cast.eastfold, sponsor_may_decide=False, by=cast.gwen)


@pytest.fixture
def same(cast: Cast) -> None:
    """And Gwen may decide what she backs."""
    partners.name(cast.willow_bank, cast.eastfold, sponsor_may_decide=True, by=cast.gwen)


def ready(cast: Cast, *, by: Person, sponsor: Person | None = None) -> Idea:
    """An idea of Willow Bank's that can be asked about."""
    idea = factories.new(cast, by=by, hurts_organisation=cast.willow_bank, home=cast.willow_bank)
    teams.take_on(idea, by=by)
    moves.move(idea, Stage.PLANNING, by=by, version=idea.version)
    plans.revise(idea, dict(factories.PLAN), by=by, version=idea.version)
    steps.add(idea, "Borrow a phone", by=by, owner=by, due_on=clock.today() + 3 * DAY)
    screening.answer(idea, screening.none_of_these(), by=by, version=idea.version)
    if sponsor:
        sponsors.accept(sponsors.ask(idea, sponsor, by=by), by=sponsor, kind=PledgeKind.COVER, note="A day")
    return idea


def says_yes(request: SignOff, by: Person, **fields) -> Decision:
    version = cases.version(request.idea, request.gate)
    given = {"version": version, "has_no_interest": True, "ends_on": clock.today() + 30 * DAY}
    return sign_off.decide(request, Outcome.APPROVE, by=by, **(given | fields))


def test_the_managers_own_idea_goes_to_the_partner_and_the_request_says_who_answers(cast: Cast, partner) -> None:
    idea = ready(cast, by=cast.gwen, sponsor=cast.ben)
    assert deciders.could_decide(idea) == [cast.mina]
    assert deciders.answering(idea, cast.willow_bank) is cast.eastfold

    request = sign_off.ask(idea, cast.mina, by=cast.gwen)

    assert (request.organisation, request.asked_organisation) == (cast.eastfold, cast.willow_bank)
    assert request.is_stood_in_for
    assert "Mina B. of Eastfold Council" in events.sentence(idea.events[-2])
    says_yes(request, cast.mina)
    assert idea.stage is Stage.TRYING
    assert any("Mina B. said yes, for Willow Bank Care Home" in events.sentence(event) for event in idea.events)


def test_the_ideas_of_others_there_stay_with_the_manager(cast: Cast, partner) -> None:
    idea = ready(cast, by=cast.dele, sponsor=cast.ben)
    assert deciders.could_decide(idea) == [cast.gwen]
    with pytest.raises(Invalid):
        sign_off.ask(idea, cast.mina, by=cast.dele)

    request = sign_off.ask(idea, cast.gwen, by=cast.dele)

    assert (request.organisation, request.is_stood_in_for) == (cast.willow_bank, False)
    with pytest.raises(Denied):
        sign_off.take_over(request, by=cast.mina)


def test_without_a_partner_nobody_can_be_asked_about_the_managers_idea(cast: Cast) -> None:
    idea = ready(cast, by=cast.gwen, sponsor=cast.ben)
    assert partners.is_needed(cast.willow_bank)
    assert not partners.is_needed(cast.northmere)
    assert not partners.is_needed(cast.lantern)
    assert deciders.could_decide(idea) == []
    with pytest.raises(Refused, match="No leader of Willow Bank Care Home may decide"):
        sign_off.ask(idea, cast.mina, by=cast.gwen)


def test_what_the_manager_backs_goes_to_the_partner_where_the_two_may_not_be_the_same(cast: Cast, partner) -> None:
    idea = ready(cast, by=cast.dele, sponsor=cast.gwen)
    assert deciders.could_decide(idea) == [cast.mina]


def test_who_was_ever_in_the_team_never_decides_the_partners_leaders_too(cast: Cast, same) -> None:
    idea = ready(cast, by=cast.dele, sponsor=cast.ben)
    teams.accept(teams.ask_in(idea, cast.mina, by=cast.dele), by=cast.mina)
    teams.accept(teams.ask_in(idea, cast.gwen, by=cast.dele), by=cast.gwen)
    assert deciders.could_decide(idea) == []


def test_the_manager_sends_it_on_to_the_partner_rather_than_decide_alone(cast: Cast, partner) -> None:
    request = sign_off.ask(ready(cast, by=cast.dele, sponsor=cast.ben), cast.gwen, by=cast.dele)
    due = request.due_on
    assert deciders.could_take(request) == [cast.mina]

    sign_off.send_on(request, cast.mina, by=cast.gwen, reason="I would rather not decide alone")

    assert (request.organisation, request.leader, request.due_on) == (cast.eastfold, cast.mina, due)
    assert "to Mina B. of Eastfold Council" in events.sentence(request.idea.events[-1])
    assert desk.of(cast.mina).answers == [request]
    with pytest.raises(Denied):
        says_yes(request, cast.gwen)


def test_where_others_lead_too_a_partner_does_not_come_in(cast: Cast, partner) -> None:
    partners.name(cast.northmere, cast.eastfold, sponsor_may_decide=False, by=cast.ada)
    request = factories.asked(cast)
    assert deciders.could_take(request) == [cast.ruth]
    assert deciders.stand_ins(request) == []


def test_an_answer_that_is_late_goes_to_the_partner(cast: Cast, partner) -> None:
    request = sign_off.ask(ready(cast, by=cast.dele, sponsor=cast.ben), cast.gwen, by=cast.dele)

    with clock.at(MONDAY + 20 * DAY):
        assert hand_overs.hand_over_overdue() == 1
        assert (request.organisation, request.leader) == (cast.eastfold, cast.mina)
        assert request.handed_over_at is not None
        assert events.sentence(request.idea.events[-1]) == (
            "Mina B. of Eastfold Council is asked now, in the place of Willow Bank Care Home"
        )
        assert desk.of(cast.mina).answers == [request]


def test_when_the_manager_leaves_what_was_before_her_goes_to_the_partner(cast: Cast, partner) -> None:
    request = sign_off.ask(ready(cast, by=cast.dele, sponsor=cast.ben), cast.gwen, by=cast.dele)
    assert hand_overs.let_partners_answer() == 0
    people.leave(cast.gwen.active_memberships[0])

    assert hand_overs.let_partners_answer() == 1
    assert (request.organisation, request.leader) == (cast.eastfold, cast.mina)
    assert hand_overs.let_partners_answer() == 0


def test_nobody_stands_in_where_the_partner_may_not_either(cast: Cast, partner) -> None:
    request = sign_off.ask(ready(cast, by=cast.dele, sponsor=cast.mina), cast.gwen, by=cast.dele)
    people.leave(cast.gwen.active_memberships[0])
    assert hand_overs.let_partners_answer() == 0
    assert request.organisation is cast.willow_bank


def test_pledge_and_approval_in_one_act_are_marked_and_the_partner_is_told(cast: Cast, same) -> None:
    idea = ready(cast, by=cast.dele)
    request = sign_off.ask(idea, cast.gwen, by=cast.dele)
    assert backings.is_asked(request)
    with pytest.raises(Invalid, match="Nobody backs it yet"):
        says_yes(request, cast.gwen)

    decision = says_yes(request, cast.gwen, backing=Backing(PledgeKind.PROTECTED_TIME, note="Tuesday afternoons"))

    assert (decision.decided_by_sponsor, decision.sponsor_may_decide, idea.stage) == (True, True, Stage.TRYING)
    assert [s.person for s in idea.accepted_sponsorships] == [cast.gwen]
    assert cards.Card(idea).is_backed_by_its_decider
    assert any("Sponsor and decider are the same" in events.sentence(event) for event in idea.events)
    assert desk.of(cast.mina).to_know == [request]
    assert not desk.of(cast.femi).to_know
    assert not desk.of(cast.gwen).to_know
    with clock.at(MONDAY + 29 * DAY):
        assert not desk.of(cast.mina).to_know


def test_a_sponsor_decides_where_it_is_allowed_and_is_marked(cast: Cast, same) -> None:
    idea = ready(cast, by=cast.dele, sponsor=cast.gwen)
    request = sign_off.ask(idea, cast.gwen, by=cast.dele)
    assert not backings.is_asked(request)

    assert says_yes(request, cast.gwen).decided_by_sponsor


def test_another_place_does_not_take_a_pledge_with_its_answer(cast: Cast) -> None:
    request = factories.asked(cast)
    with pytest.raises(Invalid, match="nobody decides what they back"):
        factories.approve(request, cast, backing=Backing(PledgeKind.COVER, note="A day"))


def test_the_partner_backs_nothing_so_somebody_else_has_to(cast: Cast, same) -> None:
    idea = ready(cast, by=cast.gwen)
    with pytest.raises(Refused, match="missing") as refusal:
        sign_off.ask(idea, cast.mina, by=cast.gwen)
    assert [need.words for need in refusal.value.missing] == ["Find a sponsor"]

    sponsors.accept(sponsors.ask(idea, cast.mina, by=cast.gwen), by=cast.mina, kind=PledgeKind.COVER, note="A day")
    assert deciders.could_decide(idea) == [], "the partner's leader who backs it does not decide it"


def send_on(request: SignOff, cast: Cast) -> None:
    sign_off.send_on(request, cast.mina, by=cast.gwen, reason="I would rather not decide alone")


def let_it_be_late(request: SignOff, cast: Cast) -> None:
    with clock.at(MONDAY + 20 * DAY):
        hand_overs.hand_over_overdue()


@pytest.mark.parametrize("hand_on", [send_on, let_it_be_late])
def test_what_comes_to_the_partner_and_nobody_backs_is_not_tried(cast: Cast, same, hand_on) -> None:
    idea = ready(cast, by=cast.dele)
    request = sign_off.ask(idea, cast.gwen, by=cast.dele)
    hand_on(request, cast)
    assert request.leader is cast.mina

    with pytest.raises(Refused, match="Nobody backs it yet") as refusal:
        says_yes(request, cast.mina)
    assert [need.words for need in refusal.value.missing] == ["Find a sponsor"]
    assert idea.stage is Stage.SIGN_OFF

    sponsors.accept(sponsors.ask(idea, cast.ben, by=cast.dele), by=cast.ben, kind=PledgeKind.COVER, note="A day")
    says_yes(request, cast.mina)
    assert idea.stage is Stage.TRYING


def test_a_sponsor_who_decides_where_that_is_not_allowed_is_refused_by_the_database_too(cast: Cast) -> None:
    request = factories.asked(cast)
    decision = factories.approve(request, cast)
    row = {c.key: getattr(decision, c.key) for c in Decision.__table__.columns if c.key not in ("id", "sign_off_id")}
    other = factories.asked(cast)
    db.session.commit()
    row |= {"sign_off_id": other.id, "decided_by_sponsor": True, "sponsor_may_decide": False}
    with pytest.raises(sa.exc.IntegrityError, match="sponsor_only_where_allowed"):
        db.session.execute(sa.insert(Decision).values(**row))
    db.session.rollback()


def test_only_who_looks_after_the_place_names_its_partner(cast: Cast) -> None:
    for person in (cast.dele, cast.mina, cast.femi, cast.ada, cast.lena):
        with pytest.raises(Denied):
            partners.name(cast.willow_bank, cast.eastfold, sponsor_may_decide=False, by=person)
    for wrong in (cast.willow_bank, cast.lantern):
        with pytest.raises(Invalid):
            partners.name(cast.willow_bank, wrong, sponsor_may_decide=False, by=cast.gwen)
    with pytest.raises(Invalid, match="Name a partner first"):
        partners.name(cast.willow_bank, None, sponsor_may_decide=True, by=cast.gwen)
    partners.name(cast.willow_bank, cast.eastfold, sponsor_may_decide=True, by=cast.gwen)
    people.join(people.add("Ida Grey", "ida@example.org"), cast.willow_bank, job="clerk", role=Role.ADMIN)
    with pytest.raises(Denied):
        partners.name(cast.willow_bank, None, sponsor_may_decide=False, by=cast.gwen)
