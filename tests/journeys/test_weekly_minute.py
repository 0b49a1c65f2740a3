"""The weekly minute on a phone: four taps and one number; by its link without script; by keyboard alone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from ideas import clock
from ideas.domain import measures, teams
from ideas.models import Direction
from tests import cast as players
from tests import factories

from . import album
from .hands import Keyboard, Pointer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from .ward import Ward

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("the ward")]

SEND = "form[data-keep] button"


class Finger:
    """A thumb on a phone, which counts its taps."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, found: Locator) -> None:
        """Once, on what is in sight or scrolled to."""
        found.tap()
        self.taps += 1

    def go(self, found: Locator) -> None:
        """The same, and wait for the page that it leads to."""
        with self.page.expect_navigation():
            self.tap(found)


@pytest.fixture(scope="module")
def trials(ward: Ward) -> tuple[str, list[str]]:
    """Where the product is, and three ideas that Amara and Tomas have been trying for two weeks."""
    with ward.before() as cast:
        refs = []
        with clock.at(clock.today() - dt.timedelta(days=14)):
            for name in ("One", "Two", "Three"):
                idea = factories.in_trying(cast, title=name)
                teams.accept(teams.ask_in(idea, cast.tomas, by=cast.amara), by=cast.tomas)
                measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
                refs.append(idea.ref)
    return ward.url, refs


def test_on_a_phone_it_takes_four_taps_and_one_number(
    trials: tuple[str, list[str]], window: Callable[..., Page]
) -> None:
    url, refs = trials
    phone = window(width=390, height=844)
    album.sign_in(phone, url, "amara")
    thumb = Finger(phone)

    thumb.go(phone.locator(f"a.nhsuk-button[href='/ideas/{refs[0]}/week']"))
    thumb.tap(phone.get_by_label("Wait"))
    phone.keyboard.type("38")
    thumb.tap(phone.get_by_label("Yes"))
    thumb.go(phone.get_by_role("button", name="Send"))

    assert thumb.taps == 4
    expect(phone.locator(".nhsuk-notification-banner")).to_contain_text("Week 3 is answered for all of you.")
    expect(phone.locator("#weeks")).to_contain_text("38 minutes")
    phone.goto(url)
    expect(phone.locator("main")).to_contain_text("You answered. Thank you.")


def test_the_link_leads_through_the_sign_in_and_needs_no_script(
    trials: tuple[str, list[str]], window: Callable[..., Page]
) -> None:
    url, refs = trials
    tomas = Pointer(window(width=390, javascript=False))
    tomas.open(f"{url}/ideas/{refs[1]}/week")
    expect(tomas.page.locator("h1")).to_have_text("Sign in")

    tomas.write("[name=email]", "tomas@example.org")
    tomas.write("[name=password]", players.PASSWORD)
    tomas.press("form[action^='/sign-in'] button[type=submit]")
    tomas.write("[name^=number]", "41")
    tomas.tick("[name^=time][value=no]")
    tomas.write("[name=worse]", "The clerk stays later.")
    tomas.press(SEND, "Send")

    expect(tomas.page.locator("#weeks")).to_contain_text("The clerk stays later.")
    expect(tomas.page.locator("#weeks")).to_contain_text("41 minutes")


def test_it_is_answered_and_put_right_by_keyboard_alone(
    trials: tuple[str, list[str]], window: Callable[..., Page]
) -> None:
    url, refs = trials
    page = window()
    album.sign_in(page, url, "amara")
    amara = Keyboard(page)

    amara.press(f"main a[href='/ideas/{refs[2]}/week']")
    amara.press(SEND, "Nothing to report")
    expect(page.locator("#weeks")).to_contain_text("Nothing to report.")
    amara.press("#weeks a", "Put week 3 right")
    amara.write("[name^=number]", "33.5")
    page.reload()
    expect(page.locator("form[data-keep]")).to_contain_text("We kept what you typed.")
    expect(page.locator("[name^=number]")).to_have_value("33.5")
    amara.tick("[name^=time][value=partly]")
    amara.press(SEND, "Send")

    expect(page.locator("#weeks")).to_contain_text("33.5 minutes")
    expect(page.locator("#weeks")).to_contain_text("Put right by Amara O.")
