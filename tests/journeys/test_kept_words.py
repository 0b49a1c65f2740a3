"""Nobody loses what they wrote: not when the connection goes, nor when the session ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from ideas.domain import sessions

from . import album

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from .ward import Ward

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.xdist_group("the ward")]

NOW = "The lift stops at nine, and we find out with a patient on the trolley."
ACCEPTED = "form[action='/ideas'] button[type=submit]"


@pytest.fixture
def typed(ward: Ward, window: Callable[..., Page]) -> Page:
    """Amara has typed what is bad now, on her phone, and has not sent it."""
    page = window(width=390)
    album.sign_in(page, ward.url, "amara")
    page.goto(f"{ward.url}/ideas/new")
    page.fill("[name=now]", NOW)
    return page


def end_every_session(ward: Ward) -> None:
    """As somebody would from another device."""
    with ward.before() as cast:
        sessions.end_all(cast.amara)


def sign_in_again(ward: Ward, page: Page, *, is_shared: bool) -> None:
    """As Amara, whose answer to "Others use this device too" may be another than before."""
    page.goto(f"{ward.url}/sign-in")
    page.fill("[name=email]", "amara@example.org")
    page.fill("[name=password]", "less-bad-than-now")
    page.set_checked("[name=shared]", is_shared)
    page.click("form[action='/sign-in'] button[type=submit]")
    page.wait_for_url(f"{ward.url}/")


def held(page: Page, store: str) -> int:
    """How many forms are kept in this store of the browser."""
    return page.evaluate(f"Object.keys({store}).filter((name) => name.startsWith('headroom.kept.')).length")


def test_words_outlive_a_lost_connection(ward: Ward, typed: Page) -> None:
    typed.context.set_offline(True)
    typed.fill("[name=change]", "One text to all porters.")
    typed.locator(ACCEPTED).click()
    typed.context.set_offline(False)

    typed.goto(f"{ward.url}/ideas/new")

    expect(typed.locator("[name=now]")).to_have_value(NOW)
    expect(typed.locator("[name=change]")).to_have_value("One text to all porters.")
    expect(typed.locator("main")).to_contain_text("We kept what you typed")


def test_words_outlive_an_ended_session(ward: Ward, typed: Page) -> None:
    typed.fill("[name=change]", "One text to all porters.")
    typed.fill("[name=title]", "Text the porters")
    end_every_session(ward)

    typed.locator(ACCEPTED).click()

    expect(typed.locator("main")).to_contain_text("You were signed out")
    expect(typed.locator("main")).to_contain_text(NOW)
    typed.locator("main").get_by_role("link", name="Sign in").click()
    typed.fill("[name=email]", "amara@example.org")
    typed.fill("[name=password]", "less-bad-than-now")
    typed.click("form[action='/sign-in'] button[type=submit]")
    expect(typed).to_have_url(f"{ward.url}/ideas/new")
    expect(typed.locator("main")).to_contain_text("We kept what you typed")
    expect(typed.locator("[name=now]")).to_have_value(NOW)


def test_words_are_found_whatever_one_says_of_the_device_at_the_next_sign_in(ward: Ward, typed: Page) -> None:
    for is_shared in (True, False):
        end_every_session(ward)
        sign_in_again(ward, typed, is_shared=is_shared)

        assert held(typed, "localStorage") == (0 if is_shared else 1), "what is theirs moves at once, on any page"
        assert held(typed, "sessionStorage") == (1 if is_shared else 0)
        typed.goto(f"{ward.url}/ideas/new")
        expect(typed.locator("[name=now]")).to_have_value(NOW)

    typed.locator("form[action='/sign-out'] button").click()
    expect(typed).to_have_url(f"{ward.url}/sign-in")
    assert held(typed, "localStorage") + held(typed, "sessionStorage") == 0


def test_what_was_accepted_is_not_kept_in_the_browser(ward: Ward, typed: Page) -> None:
    typed.fill("[name=change]", "One text to all porters.")
    typed.fill("[name=title]", "Text the porters")
    typed.locator(ACCEPTED).click()
    expect(typed.locator("h1")).to_have_text("Text the porters")

    assert typed.evaluate("Object.keys(localStorage).length") == 0
    typed.goto(f"{ward.url}/ideas/new")
    expect(typed.locator("[name=now]")).to_have_value("")


def test_nobody_finds_the_words_of_who_used_the_phone_before(ward: Ward, typed: Page) -> None:
    typed.context.clear_cookies()
    album.sign_in(typed, ward.url, "dele")

    typed.goto(f"{ward.url}/ideas/new")

    expect(typed.locator("[name=now]")).to_have_value("")


def test_signing_out_takes_the_words_along(ward: Ward, typed: Page) -> None:
    typed.locator("form[action='/sign-out'] button").click()
    expect(typed).to_have_url(f"{ward.url}/sign-in")

    assert typed.evaluate("Object.keys(localStorage).length") == 0
