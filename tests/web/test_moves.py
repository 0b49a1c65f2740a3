"""Moves: one request behind mouse, keyboard, finger and a browser without script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ideas.domain import moves, plans, teams
from ideas.models import Event, Stage
from ideas.web.board import faces
from tests import factories
from tests.helpers.page import Page, text

if TYPE_CHECKING:
    from ideas.models import Idea
    from tests.cast import Cast

HTMX = {"HX-Request": "true"}
LESSON = "Nobody rings after six. Ask the night team first."


def path(idea: Idea) -> str:
    return f"/ideas/{idea.ref}/moves"


def move(client, idea: Idea, stage: str, **fields):
    headers = fields.pop("headers", {})
    return client.post(path(idea), data={"stage": stage, "version": idea.version} | fields, headers=headers)


def stages(session, idea: Idea) -> list[str]:
    session.expire_all()
    return [entry.stage.value for entry in idea.stage_entries]


@pytest.fixture
def idea(cast: Cast, session) -> Idea:
    made = factories.in_planning(cast)
    session.commit()
    return made


@pytest.fixture
def amaras(cast: Cast, signed_in):
    return signed_in(cast.amara)


# The form of a card, as a browser sends it.


def test_the_form_of_a_card_moves_it_and_comes_back_to_the_same_board(idea, amaras, visit, session) -> None:
    board = visit("/board?mine=1", by=amaras)
    fields = board.fields(f"#idea-{idea.ref}-card form") | {"stage": "new"}

    answer = amaras.post(path(idea), data=fields)

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/board?mine=1&stage=new"
    assert stages(session, idea) == ["new", "planning", "new"]
    assert "Moved from Planning to New" in visit("/board?mine=1", by=amaras).text("#notices")
    newest = session.query(Event).order_by(Event.id.desc()).first()
    assert (newest.kind, newest.by.first_name) == ("stage.entered", "Amara")


def test_a_move_from_elsewhere_goes_on_from_the_idea(idea, amaras) -> None:
    assert move(amaras, idea, "new").headers["Location"] == f"/ideas/{idea.ref}"


@pytest.mark.parametrize(
    ("board", "back"),
    [
        ("?", "/board?stage=new"),
        ("?sector=acute&overdue=1", "/board?sector=acute&overdue=1&stage=new"),
        ("?organisation=nowhere&evil=//example.org", "/board?stage=new"),
        ("//example.org/?mine=1", "/board?stage=new"),
        ("https://example.org", "/board?stage=new"),
        ("?" + "x=1&" * 400, "/board?stage=new"),
        ("\x00\r\nSet-Cookie: a=b", "/board?stage=new"),
    ],
)
def test_the_way_back_is_always_a_board_of_ours(idea, amaras, board: str, back: str) -> None:
    answer = move(amaras, idea, "new", board=board)

    assert (answer.status_code, answer.headers["Location"]) == (303, back)


# The same request, from htmx.


def test_htmx_gets_the_card_in_its_new_column_and_every_count_that_it_changes(idea, amaras, session, visit) -> None:
    board = visit("/board", by=amaras)
    answer = move(amaras, idea, "new", board="?", headers=HTMX)

    page = Page.of(answer)
    assert answer.status_code == 200
    assert page.one(f"#idea-{idea.ref}-card[hx-swap-oob=delete]")
    arrives = page.one("[hx-swap-oob='afterbegin:#new-cards']")
    assert idea.title in text(arrives)
    assert "data-focus" in arrives.query(".card")[0].attrs, "the focus goes where the card went"
    session.expire_all()
    assert f'name="version" value="{idea.version}"' in page.html, "it can be moved again at once"
    assert page.text("#new-head").startswith("New 1")
    assert page.text("#planning-head").startswith("Planning 0")
    assert page.text("#switch-new") == "1 idea"
    assert "Moved from Planning to New" in page.text("#announcer")
    ids = {element.attrs["id"] for element in page.all("[id][hx-swap-oob=true]")}
    assert {f"{stage.value}-{part}" for stage in Stage for part in ("head", "foot")} <= ids
    assert {"chip-everything", "chip-overdue", "chip-needs", "announcer"} <= ids
    assert page.text("#chip-needs") == board.text("#chip-needs") == "1 idea"
    assert {"chip-mine", "board-reach"}.isdisjoint(ids), "what a move leaves as it was is not counted again"


def test_every_part_that_htmx_swaps_is_on_the_board(idea, amaras, visit) -> None:
    board = visit("/board", by=amaras)

    page = Page.of(move(amaras, idea, "new", board="?", headers=HTMX))

    for part in page.all("[hx-swap-oob=true], [hx-swap-oob=delete]"):
        assert board.one(f"#{part.attrs['id']}")


@pytest.mark.parametrize("stage", ["new", "stopped"])
def test_a_card_that_was_dragged_is_kept_as_it_would_be_made_afresh(idea, amaras, visit, stage, monkeypatch) -> None:
    move(amaras, idea, stage, lesson=LESSON, board="?", headers=HTMX)
    card = f"#idea-{idea.ref}-card"
    kept = visit("/board", by=amaras).text(card)
    monkeypatch.setattr(faces, "_kept", {})
    assert visit("/board", by=amaras).text(card) == kept


def test_a_card_that_the_filter_no_longer_lets_through_goes_and_the_focus_goes_to_its_stage(idea, amaras) -> None:
    answer = move(amaras, idea, "stopped", lesson=LESSON, board="?needs=sponsor", headers=HTMX)

    page = Page.of(answer)
    assert not page.all(".card")
    assert page.text("#board-reach") == "No ideas"
    assert "data-focus" in page.one("#stopped-words").attrs
    assert page.text("#planning-head").startswith("Planning 0")


def test_htmx_from_elsewhere_is_sent_to_the_idea(idea, amaras) -> None:
    answer = move(amaras, idea, "new", headers=HTMX)

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/ideas/{idea.ref}")


# Stopping.


def test_stopping_from_a_card_leads_to_the_page_that_asks_for_the_lesson(idea, amaras, visit, session) -> None:
    answer = move(amaras, idea, "stopped", board="?mine=1", headers=HTMX)

    assert answer.status_code == 204
    page = visit(answer.headers["HX-Redirect"], by=amaras)
    assert page.text("h1") == "Stop this idea"
    assert "not for reporting an incident" in page.text("main")
    assert stages(session, idea)[-1] == "planning"

    done = amaras.post(path(idea), data=page.fields("main form") | {"lesson": LESSON})

    assert done.headers["Location"] == "/board?mine=1&stage=stopped"
    assert stages(session, idea)[-1] == "stopped"
    assert [lesson.text for lesson in idea.lessons] == [LESSON]
    assert 'name="accepted" content="lesson-' in amaras.get("/board").get_data(as_text=True), "the kept words can go"


@pytest.mark.parametrize(
    ("lesson", "words"),
    [
        (None, "Say what you learned"),
        ("  \n ", "Say what you learned"),
        ("x" * 4001, "Make this shorter"),
        ("Mrs Jones, 943 476 5919, never rang.", "NHS number"),
        ("Born 04/05/1942, she could not hear.", "tick this box"),
    ],
)
def test_a_lesson_that_is_missing_or_cannot_be_kept_is_asked_for_with_the_words_kept(
    idea, amaras, session, lesson: str | None, words: str
) -> None:
    answer = move(amaras, idea, "stopped", **({} if lesson is None else {"lesson": lesson}))

    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.title.startswith("Error: ")
    assert words in page.text(".nhsuk-error-summary")
    assert page.fields("main form")["lesson"].strip() == (lesson or "").strip()
    assert stages(session, idea)[-1] == "planning"


def test_control_characters_in_a_lesson_are_left_out(idea, amaras, session) -> None:
    move(amaras, idea, "stopped", lesson="Nobody\x00 rings\x1b[31m after six.\r\n\r\nAsk first.")

    session.expire_all()
    assert idea.lessons[0].text == "Nobody rings[31m after six.\n\nAsk first."


def test_its_team_opens_a_stopped_idea_again(cast, amaras, signed_in, session) -> None:
    stopped = factories.stopped(cast)
    session.commit()

    assert move(signed_in(cast.femi), stopped, "planning").status_code == 403
    assert move(amaras, stopped, "trying").status_code == 409
    assert move(amaras, stopped, "planning").status_code == 303
    assert stages(session, stopped)[-1] == "planning"


# The page of a move.


def test_the_page_of_a_move_offers_the_other_stages(idea, amaras, visit) -> None:
    page = visit(path(idea), by=amaras)

    assert [text(option) for option in page.all("main option")] == [
        "Choose a stage",
        "New",
        "Sign-off",
        "Trying",
        "Adopted",
        "Stopped",
    ]
    assert page.one("main form").attrs["action"] == path(idea)


def test_the_way_to_sign_off_leads_to_the_page_that_asks_a_leader(idea, amaras) -> None:
    answer = amaras.get(f"{path(idea)}?stage=sign-off")

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/ideas/{idea.ref}/sign-off")


@pytest.mark.parametrize(
    "query", ["?stage=limbo", "?stage=", "?stage=planning", "?board=//example.org", "?stage=stopped&board=%00"]
)
def test_an_odd_address_of_that_page_still_is_a_page(idea, amaras, visit, query: str) -> None:
    visit(path(idea) + query, by=amaras)


def test_a_draft_says_what_to_do_before_it_can_move(cast, amaras, visit, session) -> None:
    draft = factories.new(cast, audience="draft")
    session.commit()

    assert "This is a draft" in visit(path(draft), by=amaras).text("main")
    assert move(amaras, draft, "planning").status_code == 409


# Refusals.


def test_a_refused_move_lists_what_is_missing_each_with_its_link_and_ticks_what_is_there(
    cast, idea, amaras, session
) -> None:
    plans.revise(idea, {"smallest_test": "One phone on Ward 9."}, by=cast.amara, version=idea.version)
    session.commit()
    version = idea.version

    answer = move(amaras, idea, "sign-off", board="?mine=1")

    page = Page.of(answer)
    assert answer.status_code == 409
    assert page.text("h1") == "Not moved: eight things are missing"
    assert "stays in Planning. Nothing was changed." in page.text(".nhsuk-error-summary")
    assert "3 of 11 done" in page.text("main")
    links = {text(link): link.attrs["href"] for link in page.all(".nhsuk-task-list__link")}
    assert links["Say what would stop it at once"] == f"/ideas/{idea.ref}/plan#stop_rule"
    assert links["Answer the five questions"] == f"/ideas/{idea.ref}/plan#screening"
    assert links["Find a sponsor"] == f"/ideas/{idea.ref}#sponsors"
    assert "Say the smallest test" not in links
    assert len(links) == 8
    assert page.all("main a[href='/board?mine=1']")
    assert stages(session, idea)[-1] == "planning"
    assert idea.version == version


def test_htmx_is_told_the_same_in_the_notice_and_the_card_stands_as_it_is(idea, amaras) -> None:
    answer = move(amaras, idea, "sign-off", board="?", headers=HTMX)

    page = Page.of(answer)
    assert answer.status_code == 409
    assert page.is_fragment
    assert len(page.all(".nhsuk-error-summary a[href*='/plan#']")) == 8
    assert idea.title in text(page.one("[hx-swap-oob='afterbegin:#planning-cards']"))
    assert len(page.all("[data-focus]")) == 1, "the notice takes the focus, not the card"


def test_with_all_there_the_way_to_sign_off_is_to_ask(cast, amaras, session) -> None:
    ready = factories.ready_to_ask(cast)
    session.commit()

    page = Page.of(move(amaras, ready, "sign-off"))

    assert page.status == 409
    assert page.text("h1") == "Not moved: one thing is missing"
    assert page.one(".nhsuk-task-list__link").attrs["href"] == f"/ideas/{ready.ref}/sign-off"


def test_two_move_the_same_card_the_first_stands_and_the_second_sees_where_it_is(
    cast, idea, amaras, signed_in, session
) -> None:
    teams.accept(teams.ask_in(idea, cast.tomas, by=cast.amara), by=cast.tomas)
    session.commit()
    version = idea.version
    assert move(signed_in(cast.tomas), idea, "new", version=version).status_code == 303

    answer, fragment = (
        move(amaras, idea, "stopped", version=version, lesson=LESSON, board="?", headers=headers)
        for headers in ({}, HTMX)
    )

    assert (answer.status_code, fragment.status_code) == (409, 409)
    for page in (Page.of(answer), Page.of(fragment)):
        assert "Not moved: somebody else was first" in page.html
        assert "is in New now. Tomas N. moved it there" in page.html
    parts = Page.of(fragment)
    assert parts.one(f"#idea-{idea.ref}-card[hx-swap-oob=delete]")
    assert idea.title in text(parts.one("[hx-swap-oob='afterbegin:#new-cards']"))
    assert stages(session, idea) == ["new", "planning", "new"]
    assert idea.lessons == []


def test_a_page_from_before_an_edit_is_told_that_it_changed(cast, amaras, session) -> None:
    idea = factories.new(cast)
    idea.version += 1
    session.commit()

    answer = move(amaras, idea, "stopped", version=1, lesson=LESSON)

    assert answer.status_code == 409
    assert "was changed after you opened it. It is in New" in Page.of(answer).text("main")


def test_a_double_click_moves_it_once(idea, amaras, session) -> None:
    version = idea.version

    answers = [move(amaras, idea, "new", version=version).status_code for _ in range(2)]

    assert answers == [303, 409]
    assert stages(session, idea) == ["new", "planning", "new"]


@pytest.mark.parametrize(
    "fields",
    [
        {"stage": "limbo"},
        {"stage": ""},
        {"stage": "PLANNING"},
        {"stage": "x" * 5000},
        {"stage": "new\x00"},
        {"version": ""},
        {"version": "banana"},
        {"version": "-1"},
        {"version": "99999999999999999999"},
    ],
)
def test_a_form_that_makes_no_sense_is_refused_and_moves_nothing(idea, amaras, session, fields: dict[str, str]) -> None:
    answer = amaras.post(path(idea), data={"stage": "new", "version": idea.version} | fields)

    assert answer.status_code == 422
    assert Page.of(answer).text(".nhsuk-error-summary")
    assert stages(session, idea)[-1] == "planning"


def test_a_form_without_a_stage_or_a_version_is_refused_in_plain_words(idea, amaras) -> None:
    answer = amaras.post(path(idea), data={})

    assert answer.status_code == 422
    assert "Open it again" in Page.of(answer).text(".nhsuk-error-summary")


# Who may.


@pytest.mark.parametrize("who", ["femi", "ben", "ada", "dele", "sol", "gwen"])
def test_who_is_not_of_its_team_moves_nothing(cast, idea, signed_in, session, who: str) -> None:
    theirs = signed_in(getattr(cast, who))

    assert theirs.get(path(idea)).status_code == 403
    assert move(theirs, idea, "new").status_code == 403
    assert move(theirs, idea, "new", headers=HTMX, board="?").status_code == 403
    assert stages(session, idea)[-1] == "planning"


def test_a_supplier_in_the_team_moves_it_to_planning_or_stopped_alone(cast, idea, signed_in, session) -> None:
    teams.accept(teams.ask_in(idea, cast.sol, by=cast.amara), by=cast.sol)
    session.commit()
    sols = signed_in(cast.sol)

    assert move(sols, idea, "new").status_code == 403
    assert move(sols, idea, "stopped", lesson=LESSON).status_code == 303
    assert stages(session, idea)[-1] == "stopped"


def test_a_right_lost_between_page_and_click_is_lost(cast, idea, signed_in, session) -> None:
    place = teams.accept(teams.ask_in(idea, cast.tomas, by=cast.amara), by=cast.tomas)
    session.commit()
    tomas = signed_in(cast.tomas)
    place.ended_at = place.answered_at
    session.commit()

    assert move(tomas, idea, "new").status_code == 403


def test_a_draft_of_somebody_else_is_not_there(cast, signed_in, session) -> None:
    draft = factories.new(cast, audience="draft")
    session.commit()

    assert move(signed_in(cast.femi), draft, "planning").status_code == 404
    assert move(signed_in(cast.femi), draft, "planning", headers=HTMX, board="?").status_code == 404


def test_a_move_by_nobody_is_not_made(idea, client, session) -> None:
    assert move(client, idea, "new").status_code in (303, 419)
    assert stages(session, idea)[-1] == "planning"


def test_a_form_that_is_not_ours_moves_nothing(idea, amaras, session) -> None:
    answer = amaras.post(path(idea), data={"stage": "new", "version": idea.version}, csrf=False)

    assert answer.status_code == 419
    assert stages(session, idea)[-1] == "planning"


def test_every_stage_is_accepted_as_a_value(cast, amaras, session) -> None:
    for stage in Stage:
        idea = factories.ready_to_adopt(cast)
        session.commit()
        assert move(amaras, idea, stage.value, lesson=LESSON).status_code in (303, 409)


def test_the_offer_of_stages_is_what_the_domain_offers(cast, idea, amaras, visit) -> None:
    offered = [option.attrs["value"] for option in visit(path(idea), by=amaras).all("main option")][1:]

    assert offered == [stage.value for stage in moves.offered(idea, by=cast.amara)]
