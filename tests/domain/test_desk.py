"""What is on whose desk."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ideas import clock
from ideas.domain import checks, desk, moved, moves, people, screening, sponsors, steps, teams
from ideas.models import Answer, CheckState, PledgeKind, Stage
from tests import factories

if TYPE_CHECKING:
    from tests.cast import Cast

DAY = dt.timedelta(days=1)


def test_a_request_waits_for_the_leader_it_is_before_and_for_nobody_else(cast: Cast) -> None:
    request = factories.asked(cast)

    assert desk.of(cast.femi).answers == [request]
    assert all(not desk.of(person).answers for person in (cast.ben, cast.ruth, cast.amara, cast.gwen))


def test_answers_stand_in_the_order_of_their_days(cast: Cast) -> None:
    first, second = factories.asked(cast), factories.asked(cast)
    second.due_on = first.due_on - DAY

    assert desk.of(cast.femi).answers == [second, first]


def test_an_overdue_request_may_be_taken_over_by_the_other_leaders_who_may_decide_it(cast: Cast) -> None:
    request = factories.asked(cast)
    assert not desk.of(cast.ruth).to_take_over

    request.due_on = clock.today() - DAY

    assert desk.of(cast.ruth).to_take_over == [request]
    assert not desk.of(cast.ben).to_take_over, "he sponsors it"
    assert not desk.of(cast.gwen).to_take_over, "she leads elsewhere"
    assert desk.of(cast.femi).late == desk.of(cast.ruth).late == 1


def test_a_request_whose_leader_may_no_longer_answer_is_before_the_others_at_once(cast: Cast) -> None:
    request = factories.asked(cast)

    people.leave(cast.femi.active_memberships[0])

    assert desk.of(cast.ruth).to_take_over == [request]
    assert not desk.of(cast.femi).answers


def test_what_one_is_asked_for_waits_until_it_is_answered(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    asked = sponsors.ask(idea, cast.gwen, by=cast.amara)
    place = teams.ask_in(idea, cast.gwen, by=cast.amara)
    assert (desk.of(cast.gwen).sponsorships, desk.of(cast.gwen).places) == ([asked], [place])
    assert desk.of(cast.gwen).waiting == 2

    sponsors.accept(asked, by=cast.gwen, kind=PledgeKind.COVER, note="Tuesday nights")
    teams.decline(place, by=cast.gwen)

    assert desk.of(cast.gwen).waiting == 0


def test_steps_of_this_week_and_late_ones_wait_for_their_owner(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    today = clock.today()
    made = {
        days: steps.add(idea, f"in {days} days", by=cast.amara, owner=cast.tomas, due_on=today + days * DAY)
        for days in (7, -2, 8, 0)
    }
    steps.add(idea, "without a day", by=cast.amara, owner=cast.tomas)
    steps.add(idea, "of somebody else", by=cast.amara, owner=cast.amara, due_on=today)

    assert desk.of(cast.tomas).steps == [made[-2], made[0], made[7]]
    assert desk.of(cast.tomas).late == 1
    steps.tick(made[-2], by=cast.tomas)
    assert desk.of(cast.tomas).steps == [made[0], made[7]]
    moves.move(idea, Stage.STOPPED, by=cast.amara, version=idea.version, lesson="Nobody rings after six.")
    assert desk.of(cast.tomas).steps == [], "nothing is due on what is stopped"


def test_a_check_waits_for_the_adviser_who_was_asked_until_they_answer(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    answers = dict.fromkeys(screening.none_of_these(), Answer.NO) | {next(iter(screening.none_of_these())): Answer.YES}
    check = screening.answer(idea, answers, by=cast.amara, version=idea.version)[0]
    checks.record(check, CheckState.OPEN, by=cast.amara, asked_person=cast.ada, due_on=clock.today() - DAY)
    assert (desk.of(cast.ada).checks, desk.of(cast.ada).late) == ([check], 1)

    checks.record(check, CheckState.DONE, by=cast.ada, answer="Seen on 3 September.")

    assert not desk.of(cast.ada).checks


def test_ones_own_ideas_are_those_one_wrote_carries_or_helps_to_carry(cast: Cast) -> None:
    idea = factories.ready_to_ask(cast)
    teams.accept(teams.ask_in(idea, cast.tomas, by=cast.amara), by=cast.tomas)

    assert [own.idea for own in desk.of(cast.amara).mine] == [own.idea for own in desk.of(cast.tomas).mine] == [idea]
    assert not desk.of(cast.ben).mine, "backing it does not make it his"


def test_what_one_said_yes_to_backing_stands_apart_with_the_pledge(cast: Cast) -> None:
    asked = factories.ready_to_ask(cast)
    sponsors.ask(factories.in_planning(cast), cast.ben, by=cast.amara)

    bens = desk.of(cast.ben)

    assert ([each.idea for each in bens.backed], bens.backed_total) == ([asked], 1), "the other waits for his answer"
    assert [pledge.words for pledge in bens.backed[0].pledges] == ["3.5 hours a week, protected time"]
    assert not desk.of(cast.gwen).backed


def test_of_much_that_one_backs_the_most_pressing_ten_are_shown_and_all_are_counted(cast: Cast) -> None:
    for _ in range(11):
        factories.ready_to_ask(cast)
    pressing = factories.asked(cast).idea

    bens = desk.of(cast.ben)

    assert (bens.backed[0].idea, len(bens.backed), bens.backed_total) == (pressing, 10, 12)


def test_of_many_of_ones_own_the_most_pressing_ten_are_shown_and_all_are_counted(cast: Cast) -> None:
    for _ in range(11):
        factories.stopped(cast)
    pressing = factories.asked(cast).idea

    mine = desk.of(cast.amara)

    assert (mine.mine[0].idea, len(mine.mine), mine.mine_total) == (pressing, 10, 12)


def test_each_of_ones_own_says_what_it_needs_next(cast: Cast) -> None:
    made = [factories.in_planning, factories.ready_to_ask, factories.in_trying, factories.adopted, factories.stopped]
    needs = []
    for make in made:
        idea = make(cast)
        own = next(own for own in desk.of(cast.amara).mine if own.idea is idea)
        needs.append(own.next.words if own.next else None)
    factories.asked(cast)
    waits = next(own for own in desk.of(cast.amara).mine if own.idea.stage is Stage.SIGN_OFF)

    assert needs == ["Say the smallest test", "Ask a named leader", "Add a measure with a reading", None, None]
    assert waits.next is None, "the answer is awaited"


def test_what_moved_is_what_others_did_to_my_ideas_since_i_looked(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    elsewhere = factories.new(cast, by=cast.dele)
    moved.say_seen(cast.amara)
    assert desk.of(cast.amara).moved == []

    steps.add(idea, "Mine", by=cast.amara)
    teams.accept(teams.ask_in(idea, cast.tomas, by=cast.amara), by=cast.tomas)
    teams.ask_in(elsewhere, cast.tomas, by=cast.dele)

    told = desk.of(cast.amara).moved
    assert [(one.idea, [event.kind for event in one.events], one.more) for one in told] == [(idea, ["team.joined"], 0)]
    moved.say_seen(cast.amara)
    assert desk.of(cast.amara).moved == []


def test_many_events_of_one_idea_are_told_together(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    teams.accept(teams.ask_in(idea, cast.tomas, by=cast.amara), by=cast.tomas)
    moved.say_seen(cast.amara)

    for number in range(5):
        steps.add(idea, f"Step {number}", by=cast.tomas)

    (told,) = desk.of(cast.amara).moved
    assert ([event.payload["title"] for event in told.events], told.more) == (["Step 4", "Step 3"], 3)


def test_what_happened_after_the_page_was_shown_stays_to_be_seen(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    teams.accept(teams.ask_in(idea, cast.tomas, by=cast.amara), by=cast.tomas)
    shown = desk.of(cast.amara).moved[0].events[0].id
    steps.add(idea, "Between page and click", by=cast.tomas)

    moved.say_seen(cast.amara, newest=shown)

    (told,) = desk.of(cast.amara).moved
    assert [event.kind for event in told.events] == ["step.added"]


def test_seen_never_goes_back(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    teams.accept(teams.ask_in(idea, cast.tomas, by=cast.amara), by=cast.tomas)
    shown = desk.of(cast.amara).moved[0].events[0].id
    moved.say_seen(cast.amara)
    moment = cast.amara.seen_at

    moved.say_seen(cast.amara, newest=shown)

    assert cast.amara.seen_at == moment


def test_an_event_that_one_may_not_see_says_nothing_about_when_it_was(cast: Cast) -> None:
    with clock.at(clock.now() - 3 * DAY):
        hidden = factories.new(cast, audience="draft").events[0]
    before = clock.now()

    moved.say_seen(cast.tomas, newest=hidden.id)

    assert cast.tomas.seen_at and cast.tomas.seen_at >= before


def test_a_first_day_is_bare_and_shows_what_was_said_where_one_works(cast: Cast) -> None:
    said = [factories.new(cast) for _ in range(4)]
    factories.new(cast, audience="draft")
    factories.new(cast, hurts_organisation=cast.willow_bank, home=cast.willow_bank)
    factories.stopped(cast)

    assert desk.of(cast.tomas).is_bare
    assert desk.near(cast.tomas) == said[:0:-1]
    assert not desk.of(cast.amara).is_bare


def test_a_decision_leaves_the_desk_of_the_leader(cast: Cast) -> None:
    request = factories.asked(cast)
    factories.approve(request, cast)

    assert not desk.of(cast.femi).answers
