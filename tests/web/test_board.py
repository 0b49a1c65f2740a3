"""The board: six columns, their cards, and the filter in the address."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ideas import clock
from ideas.domain import moves, sponsors, steps, teams
from ideas.models import PledgeKind, Stage
from ideas.web.board.cards import gist
from ideas.web.templating import lower_first
from tests import factories
from tests.helpers.page import text
from tests.helpers.statements import counted

if TYPE_CHECKING:
    from tests.cast import Cast

NOW = factories.NOW.rstrip(".")


def card(idea) -> str:
    return f"#idea-{idea.ref}-card"


def cards(page) -> list[str]:
    return [text(title) for title in page.all(".card__title")]


def test_a_card_says_what_is_bad_what_would_be_less_bad_and_what_comes_next(
    cast: Cast, signed_in, visit, session
) -> None:
    idea = factories.in_planning(cast)
    session.commit()

    page = visit("/board", by=signed_in(cast.femi))

    shown = page.text(f".col--planning {card(idea)}")
    for words in ("Northmere Hospitals", "NHS", idea.title, NOW, "Next: say the smallest test", "Amara O.", "today"):
        assert words in shown
    assert page.one(f"{card(idea)} h3 a").attrs["href"] == f"/ideas/{idea.ref}"


def test_a_new_card_that_nobody_carries_says_so_and_not_twice(cast: Cast, signed_in, visit, session) -> None:
    idea = factories.new(cast)
    session.commit()

    shown = visit("/board", by=signed_in(cast.femi)).text(card(idea))

    assert "Needs an owner" in shown
    assert "Next:" not in shown


def test_a_change_that_nobody_knows_yet_leaves_no_arrow(cast: Cast, signed_in, visit, session) -> None:
    idea = factories.new(cast, change="")
    session.commit()

    assert "→" not in visit("/board", by=signed_in(cast.femi)).text(card(idea))


def test_a_card_in_sign_off_shows_its_clock_and_its_sponsors(cast: Cast, signed_in, visit, session) -> None:
    request = factories.asked(cast)
    session.commit()
    femis = signed_in(cast.femi)

    assert "Due in" in visit("/board", by=femis).text(card(request.idea))
    assert "1 sponsor" in visit("/board", by=femis).text(card(request.idea))
    request.due_on = request.idea.due_on = clock.today() - dt.timedelta(days=2)
    session.commit()
    assert "Overdue by 2 days" in visit("/board?overdue=1", by=femis).text(card(request.idea))


def test_a_card_in_trying_counts_its_days_says_its_condition_and_when_its_time_is_up(
    cast: Cast, signed_in, visit, session
) -> None:
    request = factories.asked(cast)
    factories.approve(request, cast, condition_while="Families are told the same day")
    idea = request.idea
    session.commit()
    femis = signed_in(cast.femi)

    shown = visit("/board", by=femis).text(f".col--trying {card(idea)}")
    assert "day 1 of 56" in shown
    assert "Condition: Families are told the same day" in shown
    assert "Due" not in shown, "its end is weeks away"

    idea.trial_ends_on = idea.due_on = clock.today() + dt.timedelta(days=3)
    session.commit()
    assert "Ends in 3 days" in visit("/board", by=femis).text(card(idea))

    idea.trial_started_on = clock.today() - dt.timedelta(days=57)
    idea.trial_ends_on = idea.due_on = clock.today() - dt.timedelta(days=1)
    session.commit()
    assert "Time is up" in visit("/board", by=femis).text(card(idea))


def test_late_steps_stand_on_the_card(cast: Cast, signed_in, visit, session) -> None:
    idea = factories.in_planning(cast)
    steps.add(idea, "Borrow a phone", by=cast.amara, due_on=clock.today() - dt.timedelta(days=1))
    session.commit()

    assert "1 late step" in visit("/board", by=signed_in(cast.femi)).text(card(idea))


def test_a_stopped_card_shows_its_lesson_and_an_adopted_one_since_when(cast: Cast, signed_in, visit, session) -> None:
    stopped, adopted = factories.stopped(cast), factories.adopted(cast)
    session.commit()

    page = visit("/board", by=signed_in(cast.femi))

    assert "Learned: Nobody rings after six" in page.text(f".col--stopped {card(stopped)}")
    assert "since" in page.text(f".col--adopted {card(adopted)}")


def test_a_stay_that_is_longer_than_usual_is_said(cast: Cast, signed_in, visit, session) -> None:
    today = clock.today()
    for days in (7, 7, 7, 7, 7):
        with clock.at(today - dt.timedelta(days=days)):
            idea = factories.new(cast)
            teams.take_on(idea, by=cast.amara)
        moves.move(idea, Stage.PLANNING, by=cast.amara, version=idea.version)
    with clock.at(today - dt.timedelta(days=11)):
        waits = factories.new(cast)
    session.commit()

    page = visit("/board", by=signed_in(cast.femi))

    assert "usual 7 days" in page.text("#new-head")
    assert "11 days, usual is 7" in page.text(card(waits))


def test_every_count_agrees(cast: Cast, signed_in, visit, session) -> None:
    for make in (factories.new, factories.new, factories.in_planning, factories.stopped):
        make(cast)
    factories.new(cast, hurts_organisation=cast.willow_bank, home=cast.willow_bank)
    factories.new(cast, audience="draft")
    session.commit()

    page = visit("/board", by=signed_in(cast.femi))

    assert page.text("#board-reach") == "5 ideas from 2 organisations in 2 sectors"
    columns = [int(text(count).split()[0]) for count in page.all(".col header .count")]
    assert columns == [3, 1, 0, 0, 0, 1]
    assert [int(text(count).split()[0]) for count in page.all(".switch .count")] == columns
    assert "Everything 5" in page.text("#board-chips")
    assert len(cards(page)) == 5


def test_a_long_column_shows_ten_cards_and_leads_to_the_rest_with_the_same_filter(
    cast: Cast, signed_in, visit, session
) -> None:
    for _ in range(12):
        factories.new(cast)
    session.commit()

    page = visit("/board?organisation=northmere-hospitals&needs=sponsor", by=signed_in(cast.femi))

    assert len(page.all(".col--new .card")) == 10
    link = page.one("#new-foot a")
    assert text(link) == "All 12 new"
    address = link.attrs["href"]
    assert address.startswith("/ideas?") and "stage=new" in address and "organisation=northmere-hospitals" in address


@pytest.mark.parametrize("query", ["", "mine=1", "needs=sponsor", "organisation=northmere-hospitals", "sector=acute"])
def test_the_rest_of_a_column_is_as_many_as_it_says(cast: Cast, signed_in, visit, session, query: str) -> None:
    for _ in range(11):
        factories.new(cast)
    for _ in range(11):
        factories.new(cast, by=cast.dele, hurts_organisation=cast.willow_bank, home=cast.willow_bank)
    session.commit()
    amaras = signed_in(cast.amara)

    link = visit(f"/board?{query}", by=amaras).one("#new-foot a")
    listed = visit(link.attrs["href"], by=amaras)

    assert f"{text(link).split()[1]} ideas" in listed.text("#found")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"ours", "sponsored", "theirs", "late"}),
        ("?mine=1", {"ours", "draft", "sponsored", "late"}),
        ("?overdue=1", {"late"}),
        ("?needs=sponsor", {"ours", "theirs"}),
        ("?organisation=willow-bank-care-home", {"theirs"}),
        ("?sector=adult_social_care", {"theirs"}),
        ("?sector=acute&needs=sponsor", {"ours"}),
        ("?organisation=northmere-hospitals&overdue=1", {"late"}),
        ("?organisation=lantern-software", set()),
        ("?mine=0&organisation=&sector=", {"ours", "sponsored", "theirs", "late"}),
    ],
)
def test_a_filter_lets_through_what_it_says(cast: Cast, signed_in, visit, session, query: str, found: set[str]) -> None:
    all_kinds(cast)
    session.commit()

    page = visit(f"/board{query}", by=signed_in(cast.amara))

    assert set(cards(page)) == found
    total = sum(int(text(count).split()[0]) for count in page.all(".col header .count"))
    assert total == len(found)


def all_kinds(cast: Cast) -> None:
    factories.new(cast, title="ours")
    factories.new(cast, title="draft", audience="draft")
    sponsored = factories.new(cast, title="sponsored")
    asked = sponsors.ask(sponsored, cast.ben, by=cast.amara)
    sponsors.accept(asked, by=cast.ben, kind=PledgeKind.COVER, note="Tuesday nights")
    factories.new(cast, by=cast.dele, title="theirs", hurts_organisation=cast.willow_bank, home=cast.willow_bank)
    late = factories.asked(cast, title="late")
    late.due_on = late.idea.due_on = clock.today() - dt.timedelta(days=1)


def test_an_organisation_is_known_by_its_id_too(cast: Cast, signed_in, visit, session) -> None:
    all_kinds(cast)
    session.commit()

    page = visit(f"/board?organisation={cast.willow_bank.id}", by=signed_in(cast.amara))

    assert cards(page) == ["theirs"]
    assert page.text("h1") == "Board: Willow Bank Care Home"
    assert page.text("#board-chips [aria-current]").startswith("Willow Bank Care Home 1")


@pytest.mark.parametrize(
    "query",
    [
        "?organisation=nowhere",
        "?organisation=999999999999999999999999",
        "?sector=wizardry",
        "?stage=limbo",
        "?mine=banana",
        "?needs=cake",
        "?organisation=%00%0a<script>",
        "?sector=" + "x" * 5000,
    ],
)
def test_what_the_address_asks_for_and_nobody_knows_is_left_out_and_said(
    cast: Cast, signed_in, visit, session, query: str
) -> None:
    factories.new(cast)
    session.commit()

    page = visit(f"/board{query}", by=signed_in(cast.femi))

    assert len(cards(page)) == 1
    assert "something we do not know" in page.text("main")


def test_a_phone_shows_the_stage_of_the_address_or_the_first_that_holds_something(
    cast: Cast, signed_in, visit, session
) -> None:
    factories.in_planning(cast)
    session.commit()
    femis = signed_in(cast.femi)

    chosen = [visit(f"/board{query}", by=femis).one(".switch [checked]") for query in ("", "?stage=sign-off")]

    assert [radio.attrs["value"] for radio in chosen] == ["planning", "sign-off"]


def test_only_the_team_is_offered_a_move(cast: Cast, signed_in, visit, session) -> None:
    idea = factories.in_planning(cast)
    session.commit()

    hers, his = (visit("/board", by=signed_in(person)) for person in (cast.amara, cast.femi))

    assert [option.attrs["value"] for option in hers.all(f"{card(idea)} option")] == [
        "",
        "new",
        "sign-off",
        "trying",
        "adopted",
        "stopped",
    ]
    assert hers.one(".card").attrs["data-move-url"] == f"/ideas/{idea.ref}/moves"
    assert not his.all(".move, [data-move-url]")


def test_a_draft_is_on_the_board_of_its_author_alone_and_cannot_move(cast: Cast, signed_in, visit, session) -> None:
    factories.new(cast, audience="draft", title="not yet for others")
    session.commit()

    hers, his = (visit("/board?mine=1", by=signed_in(person)) for person in (cast.amara, cast.femi))

    assert "Draft" in hers.text(".card")
    assert not hers.all(".move")
    assert cards(his) == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Nobody has said anything yet"),
        ("?organisation=willow-bank-care-home", "Nobody here has said anything yet"),
        ("?mine=1", "Nothing here is yours yet"),
        ("?overdue=1", "Nothing is overdue"),
        ("?needs=sponsor", "Every idea here has a sponsor"),
    ],
)
def test_an_empty_board_says_how_to_begin(cast: Cast, signed_in, visit, query: str, words: str) -> None:
    page = visit(f"/board{query}", by=signed_in(cast.gwen))

    assert words in page.text("main")
    assert page.text("#board-reach") == "No ideas"


@pytest.mark.parametrize(
    ("query", "is_offered"),
    [
        ("", True),
        ("?organisation=willow-bank-care-home", True),
        ("?organisation=northmere-hospitals", False),
        ("?sector=acute", False),
        ("?mine=1", False),
    ],
)
def test_an_empty_board_offers_the_poster_of_where_one_works(
    cast: Cast, signed_in, visit, query: str, is_offered: bool
) -> None:
    page = visit(f"/board{query}", by=signed_in(cast.dele))

    links = [link.attrs["href"] for link in page.all("[aria-labelledby=nothing] a.nhsuk-button--secondary")]
    assert links == (["/organisations/willow-bank-care-home/places"] if is_offered else [])


def test_who_is_not_signed_in_is_asked_to(cast: Cast, client) -> None:
    answer = client.get("/board?mine=1")

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in?next=")


def test_a_board_needs_as_many_statements_for_sixty_cards_as_for_six(cast: Cast, signed_in, session) -> None:
    amaras = signed_in(cast.amara)
    makers = [
        factories.new,
        factories.in_planning,
        factories.asked,
        factories.in_trying,
        factories.adopted,
        factories.stopped,
    ]

    def statements() -> int:
        session.commit()
        session.expire_all()
        with counted() as sent:
            assert amaras.get("/board").status_code == 200
        return len(sent)

    for make in makers:
        make(cast)
    few = statements()
    for make in makers:
        for _ in range(3):
            made = make(cast)
            teams.ask_in(getattr(made, "idea", made), cast.tomas, by=cast.amara)
    many = statements()

    assert few == many
    assert many <= 30


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Short.", "Short"),
        ("First line\nsecond line", "First line"),
        ("\n\n  Spaced   out  \n", "Spaced out"),
        ("", ""),
        ("Asked by Femi A.", "Asked by Femi A."),
        ("One sentence that is long enough. " + "Then many more words " * 9, "One sentence that is long enough"),
        ("word " * 40, ("word " * 18).strip() + " …"),
        ("x" * 200, "x" * 90 + " …"),
    ],
)
def test_a_gist_is_the_first_line_in_whole_words(typed: str, shown: str) -> None:
    assert gist(typed) == shown


def test_our_words_begin_small_inside_a_sentence_and_short_names_stay() -> None:
    assert [lower_first(words) for words in ("Find a host", "DPIA", "")] == ["find a host", "DPIA", ""]
