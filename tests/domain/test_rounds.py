"""Several organisations on one sign-off: side by side, all must agree, the first no or not yet is the answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import (
    answers,
    asking,
    cases,
    deciders,
    desk,
    events,
    gates,
    moves,
    people,
    plans,
    readings,
    screening,
    sign_off,
)
from ideas.domain.errors import Invalid, Refused
from ideas.models import Answer, Gate, Outcome, SignOff, Stage
from tests import factories

if TYPE_CHECKING:
    from ideas.models import Decision, Idea, Person
    from tests.cast import Cast

MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def a_monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def both(cast: Cast) -> tuple[SignOff, SignOff]:
    """Femi is asked for Northmere, the home, and Mina for Eastfold."""
    cast.eastfold.sign_off_days = 5
    home = factories.asked(cast)
    other = sign_off.ask(home.idea, cast.mina, by=cast.amara, organisation=cast.eastfold)
    return home, other


def says(request: SignOff, outcome: Outcome, by: Person, **fields) -> Decision:
    given = {"version": cases.version(request.idea, request.gate), "has_no_interest": True}
    if outcome is Outcome.APPROVE and request.gate is Gate.TRY:
        given["ends_on"] = clock.today() + 30 * DAY
    if outcome is Outcome.NOT_YET:
        given["would_change"] = "More."
    if outcome is Outcome.NO:
        given["reason"] = "So."
    return sign_off.decide(request, outcome, by=by, **(given | fields))


def kinds(idea: Idea) -> list[str]:
    return [event.kind for event in idea.events]


def test_each_organisation_has_its_own_request_with_its_own_day(cast: Cast, both) -> None:
    home, other = both
    idea = home.idea

    assert (other.organisation, other.asked_organisation, other.round_id) == (cast.eastfold, cast.eastfold, home.id)
    assert (home.due_on, other.due_on) == (dt.date(2026, 12, 7), dt.date(2026, 11, 30))
    assert (idea.stage, idea.due_on, idea.open_sign_off) == (Stage.SIGN_OFF, other.due_on, other)
    assert desk.of(cast.mina).answers == [other]
    assert kinds(idea).count("stage.entered") == 2, "to planning, and once to sign-off"
    assert "Mina B. of Eastfold Council" in gates.requirements(idea, Stage.TRYING)[0].hint


def test_all_must_say_yes_and_it_ends_on_the_earliest_day(cast: Cast, both) -> None:
    home, other = both
    idea = home.idea

    says(home, Outcome.APPROVE, cast.femi, ends_on=clock.today() + 40 * DAY, condition_while="Keep the old way too.")
    assert (idea.stage, idea.due_on, plans.approval(idea)) == (Stage.SIGN_OFF, other.due_on, None)
    assert gates.standing_approval(idea) is None

    last = says(other, Outcome.APPROVE, cast.mina, ends_on=clock.today() + 20 * DAY, condition_while="Tell us.")

    assert (idea.stage, idea.trial_ends_on, idea.due_on) == (Stage.TRYING, last.ends_on, last.ends_on)
    assert plans.approval(idea) is last
    assert plans.conditions(idea) == ["Keep the old way too.", "Tell us."]
    assert any(_told(event).startswith("Mina B. said yes, for Eastfold Council, until") for event in idea.events)


def _told(event) -> str:
    return events.sentence(event)


@pytest.mark.parametrize(("outcome", "stage"), [(Outcome.NOT_YET, Stage.PLANNING), (Outcome.NO, Stage.STOPPED)])
def test_the_first_no_or_not_yet_closes_the_others_and_says_so(cast: Cast, both, outcome, stage) -> None:
    home, other = both

    says(other, outcome, cast.mina)

    assert (home.is_open, home.is_withdrawn, home.withdrawn_by) == (False, True, None)
    assert home.withdrawal_reason == f"Mina B. of Eastfold Council said {outcome.words.lower()}."
    assert (home.idea.stage, home.idea.due_on) == (stage, None)
    assert "sign_off.closed" in kinds(home.idea)
    with pytest.raises(Refused, match=r"Mina B\. of Eastfold Council said"):
        says(home, Outcome.APPROVE, cast.femi)


def test_a_no_after_a_yes_is_the_answer(cast: Cast, both) -> None:
    home, other = both
    says(home, Outcome.APPROVE, cast.femi)

    says(other, Outcome.NOT_YET, cast.mina)

    assert (home.idea.stage, plans.approval(home.idea)) == (Stage.PLANNING, None)
    assert gates.standing_approval(home.idea) is None


def test_not_ours_takes_that_one_out_and_leaves_the_others_standing(cast: Cast, both) -> None:
    home, other = both

    decision = says(other, Outcome.NOT_OURS, cast.mina, reason="The trust's own van.")

    assert (decision.reason, decision.ends_on, home.is_open) == ("The trust's own van.", None, True)
    assert (home.idea.stage, home.idea.due_on) == (Stage.SIGN_OFF, home.due_on)
    says(home, Outcome.APPROVE, cast.femi)
    assert home.idea.stage is Stage.TRYING


def test_not_ours_as_the_last_answer_lets_the_yeses_stand(cast: Cast, both) -> None:
    home, other = both
    yes = says(home, Outcome.APPROVE, cast.femi)

    says(other, Outcome.NOT_OURS, cast.mina)

    assert (home.idea.stage, home.idea.trial_ends_on) == (Stage.TRYING, yes.ends_on)


def test_not_ours_from_everybody_takes_it_back_to_planning(cast: Cast, both) -> None:
    home, other = both
    says(home, Outcome.NOT_OURS, cast.femi)
    assert home.idea.stage is Stage.SIGN_OFF

    says(other, Outcome.NOT_OURS, cast.mina)

    assert (home.idea.stage, home.idea.due_on) == (Stage.PLANNING, None)
    alone = sign_off.ask(home.idea, cast.femi, by=cast.amara)
    assert alone.round_id == alone.id
    says(alone, Outcome.NOT_OURS, cast.femi)
    assert home.idea.stage is Stage.PLANNING


def test_to_adopt_all_must_agree_too_and_not_ours_leaves_it_in_trying(cast: Cast) -> None:
    idea = factories.ready_to_adopt(cast)
    home = sign_off.ask(idea, cast.femi, by=cast.amara)
    other = sign_off.ask(idea, cast.mina, by=cast.amara, organisation=cast.eastfold)

    says(home, Outcome.APPROVE, cast.femi)
    assert idea.stage is Stage.TRYING
    says(other, Outcome.APPROVE, cast.mina)
    assert idea.stage is Stage.ADOPTED

    idea = factories.ready_to_adopt(cast)
    says(sign_off.ask(idea, cast.femi, by=cast.amara), Outcome.NOT_OURS, cast.femi)
    assert (idea.stage, idea.due_on) == (Stage.TRYING, idea.trial_ends_on)


def test_a_yes_to_adopt_falls_with_what_was_counted(cast: Cast) -> None:
    idea = factories.ready_to_adopt(cast)
    home = sign_off.ask(idea, cast.femi, by=cast.amara)
    other = sign_off.ask(idea, cast.mina, by=cast.amara, organisation=cast.eastfold)
    says(home, Outcome.APPROVE, cast.femi)
    readings.enter(idea.measures[0], taken_on=clock.today() - DAY, value=50, by=cast.amara)
    db.session.expire_all()

    with pytest.raises(Refused, match=r"Femi A\. of Northmere Hospitals said yes to something else"):
        says(other, Outcome.APPROVE, cast.mina)

    says(other, Outcome.NOT_OURS, cast.mina)
    assert [each.room for each in gates.missing(idea, Stage.ADOPTED)] == [gates.Room.SIGN_OFF]


def test_taking_one_back_takes_all_back_because_all_had_to_agree(cast: Cast, both) -> None:
    home, other = both
    says(other, Outcome.APPROVE, cast.mina)

    sign_off.take_back(home, by=cast.amara, reason="We think again")

    assert not home.idea.open_sign_offs
    assert (home.idea.stage, gates.standing_approval(home.idea)) == (Stage.PLANNING, None)


def test_moving_the_card_closes_them_all(cast: Cast, both) -> None:
    home, other = both
    moves.move(home.idea, Stage.PLANNING, by=cast.amara, version=home.idea.version)
    assert (home.is_withdrawn, other.is_withdrawn) == (True, True)


def test_what_one_said_yes_to_must_be_what_the_next_says_yes_to(cast: Cast, both) -> None:
    home, other = both
    idea = home.idea
    says(home, Outcome.APPROVE, cast.femi)
    plans.revise(idea, {"smallest_test": "Ten phones on all wards."}, by=cast.amara, version=idea.version)

    with pytest.raises(Refused, match=r"Femi A\. of Northmere Hospitals said yes to something else"):
        says(other, Outcome.APPROVE, cast.mina)
    says(other, Outcome.NOT_OURS, cast.mina)

    assert idea.stage is Stage.PLANNING, "nobody said yes to what it is now"


def test_a_yes_that_is_over_before_the_last_one_comes_stands_no_more(cast: Cast, both) -> None:
    home, other = both
    says(home, Outcome.APPROVE, cast.femi, ends_on=clock.today() + DAY)

    with clock.at(MONDAY + 2 * DAY), pytest.raises(Refused, match="said yes to something else, or their yes is over"):
        says(other, Outcome.APPROVE, cast.mina)


def test_a_check_that_one_yes_made_a_condition_is_one(cast: Cast) -> None:
    idea = factories.ready_to_ask(cast)
    asked = screening.none_of_these() | {"money": Answer.YES}
    check = screening.answer(idea, asked, by=cast.amara, version=idea.version)[0]
    home = sign_off.ask(idea, cast.femi, by=cast.amara)
    other = sign_off.ask(idea, cast.mina, by=cast.amara, organisation=cast.eastfold)
    yes = says(home, Outcome.APPROVE, cast.femi, checks=[each.id for each in answers.still_open(home)])

    assert answers.still_open(other) == []
    says(other, Outcome.APPROVE, cast.mina)

    assert (check.condition_of, idea.stage) == (yes, Stage.TRYING)


def test_its_home_is_asked_first_and_nobody_twice(cast: Cast) -> None:
    idea = factories.ready_to_ask(cast)
    with pytest.raises(Refused, match="Ask its home first"):
        sign_off.ask(idea, cast.mina, by=cast.amara, organisation=cast.eastfold)

    home = sign_off.ask(idea, cast.femi, by=cast.amara)
    for organisation in (None, cast.northmere):
        with pytest.raises(Refused, match="has been asked already"):
            sign_off.ask(idea, cast.ruth, by=cast.amara, organisation=organisation)
    with pytest.raises(Invalid):
        sign_off.ask(idea, cast.femi, by=cast.amara, organisation=cast.eastfold)
    assert deciders.could_be_asked(idea) == [cast.eastfold, cast.willow_bank]
    other = sign_off.ask(idea, cast.mina, by=cast.amara, organisation=cast.eastfold)
    says(other, Outcome.NOT_OURS, cast.mina)
    with pytest.raises(Refused, match=r"Mina B\. has been asked already"):
        asking.refuse_unless_ready(idea, cast.eastfold)
    assert home.is_open


def test_the_refusal_names_the_place_where_no_leader_may_decide(cast: Cast) -> None:
    idea = factories.asked(cast).idea
    people.leave(cast.mina.memberships[0])
    with pytest.raises(Refused, match="No leader of Eastfold Council may decide this idea, so nobody there"):
        asking.refuse_unless_ready(idea, cast.eastfold)


def test_an_organisation_that_gives_no_care_is_never_asked(cast: Cast, both) -> None:
    idea = both[0].idea
    with pytest.raises(Refused, match="gives care"):
        deciders.asked_by_id(idea, str(cast.lantern.id))
    assert deciders.asked_by_id(idea, "") is cast.northmere
    assert deciders.asked_by_id(idea, str(cast.willow_bank.id)) is cast.willow_bank


def test_the_database_keeps_one_open_request_for_each_organisation(cast: Cast, both) -> None:
    home, _ = both
    copied = {
        column.key: getattr(home, column.key) for column in SignOff.__table__.columns if column.key not in ("id",)
    }
    db.session.commit()
    with pytest.raises(sa.exc.IntegrityError):
        db.session.execute(sa.insert(SignOff).values(**copied))
    db.session.rollback()


def test_a_yes_that_stands_again_ends_on_its_day_when_a_hand_moves_the_card(cast: Cast, both) -> None:
    home, other = both
    idea, place = home.idea, home.idea.plan.place
    yes = says(home, Outcome.APPROVE, cast.femi)
    plans.revise(idea, {"place": "All wards"}, by=cast.amara, version=idea.version)
    says(other, Outcome.NOT_OURS, cast.mina)
    assert idea.stage is Stage.PLANNING
    plans.revise(idea, {"place": place}, by=cast.amara, version=idea.version)

    moves.move(idea, Stage.TRYING, by=cast.amara, version=idea.version)

    assert (idea.trial_ends_on, idea.due_on) == (yes.ends_on, yes.ends_on)
