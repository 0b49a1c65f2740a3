"""The board's order, its usual times, and what a card knows."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from ideas import clock
from ideas.db import db
from ideas.domain import board, cards, hidings, moves, search, steps, teams
from ideas.domain.search import Filter
from ideas.models import Audience, Idea, Stage
from tests import factories

if TYPE_CHECKING:
    from tests.cast import Cast

TODAY = dt.date(2026, 11, 23)
EVERYTHING = Filter()


def in_column(cast: Cast, stage: Stage, wanted: Filter = EVERYTHING) -> list[Idea]:
    column = next(column for column in board.columns(cast.femi, wanted) if column.stage is stage)
    return [db.session.get_one(Idea, card.id) for card in column.cards]


def test_what_is_late_stands_first_then_what_waits_then_the_longest_in_the_stage(cast: Cast) -> None:
    days_ago = {}
    for days in (20, 3, 30, 10):
        with clock.at(TODAY - dt.timedelta(days=days)):
            made = factories.in_planning if days in (3, 30) else lambda cast: factories.asked(cast).idea
            days_ago[days] = made(cast)
    with clock.at(TODAY):
        assert in_column(cast, Stage.SIGN_OFF) == [days_ago[20], days_ago[10]], "the older request is overdue"
        assert in_column(cast, Stage.PLANNING) == [days_ago[30], days_ago[3]], "the longest there comes first"


def test_stopped_and_adopted_show_the_newest_first(cast: Cast) -> None:
    with clock.at(TODAY - dt.timedelta(days=9)):
        before = factories.stopped(cast)
    with clock.at(TODAY):
        after = factories.stopped(cast)
        assert in_column(cast, Stage.STOPPED) == [after, before]


def test_a_column_shows_ten_cards_and_counts_all(cast: Cast) -> None:
    for _ in range(12):
        factories.new(cast)

    column = board.columns(cast.femi, EVERYTHING)[0]

    assert (len(column.cards), column.total, column.has_more) == (10, 12, True)


def test_the_usual_time_is_the_middle_of_the_stays_and_unknown_while_there_are_few(cast: Cast) -> None:
    for days in (1, 2, 3, 40):
        stay(cast, days)
    assert board.usual_days() == {}

    stay(cast, 5)

    assert board.usual_days() == {Stage.NEW: 3}


def stay(cast: Cast, days: int) -> None:
    with clock.at(TODAY - dt.timedelta(days=days)):
        idea = factories.new(cast)
        teams.take_on(idea, by=cast.amara)
    with clock.at(TODAY):
        moves.move(idea, Stage.PLANNING, by=cast.amara, version=idea.version)


def test_a_card_says_when_it_stays_longer_than_usual(cast: Cast) -> None:
    with clock.at(TODAY - dt.timedelta(days=8)):
        idea = factories.in_planning(cast)
    with clock.at(TODAY):
        assert cards.Card(idea, usual_days=7).stays_long
        assert not cards.Card(idea, usual_days=8).stays_long
        assert not cards.Card(idea).stays_long


def test_a_card_counts_the_days_of_its_trial_and_says_when_its_time_is_up(cast: Cast) -> None:
    with clock.at(TODAY):
        card = cards.Card(factories.in_trying(cast))
        assert (card.trial_days, card.time_is_up) == ((1, 56), False)
    with clock.at(TODAY + dt.timedelta(days=56)):
        assert (card.trial_days, card.time_is_up) == ((56, 56), False)
    with clock.at(TODAY + dt.timedelta(days=60)):
        assert (card.trial_days, card.time_is_up) == ((56, 56), True)


def test_late_steps_show_while_an_idea_goes_on_and_not_once_it_is_stopped(cast: Cast) -> None:
    with clock.at(TODAY):
        idea = factories.in_planning(cast)
        steps.add(idea, "Borrow a phone", by=cast.amara, owner=cast.amara, due_on=TODAY)
    with clock.at(TODAY + dt.timedelta(days=1)):
        assert len(cards.Card(idea).late_steps) == 1
        moves.move(idea, Stage.STOPPED, by=cast.amara, version=idea.version, lesson="Nobody rings after six.")
        assert cards.Card(idea).late_steps == []


def test_a_condition_stands_on_the_card_while_it_is_tried(cast: Cast) -> None:
    request = factories.asked(cast)
    factories.approve(request, cast, condition_while="Families are told the same day")
    assert cards.Card(request.idea).condition == "Families are told the same day"

    moves.move(request.idea, Stage.PLANNING, by=cast.amara, version=request.idea.version)

    assert cards.Card(request.idea).condition == ""


def test_organisations_and_sectors_are_counted_by_home_or_by_where_it_hurts(cast: Cast) -> None:
    factories.new(cast)
    factories.new(cast)
    factories.new(cast, hurts_organisation=cast.willow_bank, home=None)
    factories.new(cast, audience="draft", hurts_organisation=cast.eastfold, home=cast.eastfold)

    assert board.reach(cast.femi, EVERYTHING) == board.Reach(organisations=2, sectors=2)
    assert board.counts(cast.femi, [EVERYTHING, Filter(mine=True)], known={EVERYTHING: 3}) == [3, 0]
    assert board.counts(cast.amara, [EVERYTHING, Filter(mine=True)], known={}) == [3, 4]


def test_the_card_of_one_idea_is_there_only_when_the_filter_lets_it_through(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    columns = board.heads(cast.amara, EVERYTHING)

    assert board.card(cast.amara, Filter(mine=True), idea, columns)
    assert board.card(cast.amara, Filter(overdue=True), idea, columns) is None
    assert board.card(cast.femi, Filter(mine=True), idea, columns) is None


def test_counted_in_one_go_it_is_what_is_counted_one_by_one(cast: Cast) -> None:
    """What is open is counted by an index, all else beside it: whoever asks, both ways tell the same."""
    factories.in_planning(cast)
    factories.ready_to_ask(cast)
    factories.adopted(cast)
    factories.new(cast, audience="draft")
    factories.new(cast, audience=Audience.HERE_FIRST)
    hidings.hide(factories.new(cast), "Somebody is named in it.", by=cast.femi)

    for person in (cast.amara, cast.femi, cast.gwen, cast.sol):
        for wanted in (EVERYTHING, Filter(mine=True), Filter(organisation=cast.northmere), Filter(overdue=True)):
            tallies = search.tally(person, wanted)
            for stage in Stage:
                assert tallies[stage].total == search.count(person, dataclasses.replace(wanted, stage=stage))
            lack = sum(tally.lack_a_sponsor for tally in tallies.values())
            assert lack == search.count(person, dataclasses.replace(wanted, needs_sponsor=True))
