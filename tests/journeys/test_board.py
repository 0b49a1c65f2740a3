"""The board in a real browser: dragging, and where the card and the focus go."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING

import pytest

from ideas.domain import people
from ideas.models import Role, Stage
from tests import cast as players
from tests import factories

from . import album

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from .ward import Ward

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.xdist_group("the ward")]

NUMBERS = itertools.count(1)


@pytest.fixture
def board(ward: Ward, window: Callable[..., Page]) -> Callable[..., Page]:
    """The own board of a ward sister who has one idea, in planning, with all that sign-off asks for."""
    name = f"sister-{next(NUMBERS)}"
    with ward.before() as cast:
        sister = people.add(name, f"{name}@example.org")
        people.join(sister, cast.northmere, job="ward sister", role=Role.MEMBER)
        players.give_password(sister)
        factories.ready_to_ask(dataclasses.replace(cast, amara=sister))

    def opened(**wishes: object) -> Page:
        page = window(**wishes)
        album.sign_in(page, ward.url, name)
        page.goto(f"{ward.url}/board?mine=1")
        return page

    return opened


def drag(page: Page, stage: Stage) -> None:
    page.locator(".card").drag_to(page.locator(f".col--{stage.value} header"))


def counts(page: Page) -> list[str]:
    return [text.split()[0] for text in page.locator(".col header .count").all_text_contents()]


def test_a_card_is_dragged_refused_and_stopped(board: Callable[..., Page]) -> None:
    page = board()

    drag(page, Stage.NEW)
    page.locator(".col--new .card:focus").wait_for()
    assert counts(page) == ["1", "0", "0", "0", "0", "0"]
    assert "Moved from Planning to New" in page.locator("#announcer").inner_text()

    drag(page, Stage.PLANNING)
    page.locator(".col--planning .card:focus").wait_for()
    drag(page, Stage.SIGN_OFF)
    page.locator("#notice .nhsuk-error-summary:focus").wait_for()
    assert "Ask a named leader" in page.locator("#notice").inner_text()
    assert page.locator(".col--planning .card").count() == 1
    assert page.locator(".card").count() == 1

    drag(page, Stage.STOPPED)
    page.get_by_label("What did you learn?").fill("Nobody rings after six.")
    page.get_by_role("button", name="Stop it").click()
    assert "Nobody rings after six" in page.locator(".col--stopped .card").inner_text()


def test_two_windows_move_the_same_card_and_the_second_sees_where_it_is(board: Callable[..., Page]) -> None:
    first, second = board(), board()

    drag(first, Stage.NEW)
    first.locator(".col--new .card").wait_for()
    drag(second, Stage.STOPPED)
    second.get_by_label("What did you learn?").wait_for()
    second.go_back()
    second.locator(".col--new .card").wait_for()

    drag(first, Stage.PLANNING)
    first.locator(".col--planning .card").wait_for()
    drag(second, Stage.TRYING)
    second.locator("#notice .nhsuk-error-summary").wait_for()
    assert "somebody else was first" in second.locator("#notice").inner_text()
    assert second.locator(".col--planning .card").count() == 1
    assert counts(second) == ["0", "1", "0", "0", "0", "0"]


def test_on_a_phone_the_stage_that_shows_follows_the_card(board: Callable[..., Page]) -> None:
    page = board(width=390)
    assert page.locator(".col--planning").is_visible()

    page.locator(".move summary").click()
    page.get_by_label("Move to").select_option("New")
    page.get_by_role("button", name="Move", exact=True).click()

    page.locator(".col--new .card:focus").wait_for()
    assert page.locator(".col--new").is_visible()
    assert not page.locator(".col--planning").is_visible()


def test_without_script_a_phone_moves_a_card_and_comes_back_to_it(board: Callable[..., Page]) -> None:
    page = board(width=390, javascript=False)

    page.locator(".move summary").click()
    page.get_by_label("Move to").select_option("New")
    page.get_by_role("button", name="Move", exact=True).click()

    page.wait_for_url("**/board?mine=1&stage=new")
    page.locator(".col--new .card").wait_for()
    assert "Moved from Planning to New" in page.locator("#notices").inner_text()
