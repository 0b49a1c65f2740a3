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
    album.sign_in(typed, ward.url, "amara")
    typed.goto(f"{ward.url}/ideas/new")
    expect(typed.locator("[name=now]")).to_have_value(NOW)


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
