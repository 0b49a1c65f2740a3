"""A carer before a poster, on a phone: without a name and without script, and by joining."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.helpers import groups

from . import album
from .hands import Pointer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.helpers.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group(groups.example("sqlite"))]

HOME = "willow-bank-care-home"


@pytest.fixture
def example(servers: Callable[[str], Server]) -> Server:
    """The product as `make run` starts it: with the example."""
    return servers("sqlite")


@pytest.fixture
def gwen(example: Server, window: Callable[..., Page]) -> Page:
    """The care-home manager, signed in."""
    page = window()
    album.sign_in(page, example.url, "gwen")
    return page


@pytest.fixture
def code(example: Server, gwen: Page) -> str:
    """What the poster in the staff room says."""
    gwen.goto(f"{example.url}/organisations/{HOME}/places")
    gwen.locator("main a[href^='/places/']").first.click()
    return gwen.locator(".poster__letters").inner_text()


def say(carer: Pointer, title: str) -> None:
    """The three fields, and on to the ways to send them."""
    carer.write("[name=now]", "At night there is one torch for two floors.")
    carer.write("[name=change]", "A second torch on a hook upstairs.")
    carer.write("[name=title]", title)
    carer.press("main form button[type=submit]", "Next")
    expect(carer.page.locator("h1")).to_contain_text("Your words are safe")


def test_without_a_name_and_without_script(example: Server, window: Callable[..., Page], gwen: Page, code: str) -> None:
    carer = Pointer(window(width=390, javascript=False))
    carer.open(f"{example.url}/at")
    carer.write("[name=code]", code.upper().replace("-", " "))
    carer.press("main form button[type=submit]")
    say(carer, "A torch upstairs")
    carer.press("form[action$='/without-name'] button[type=submit]")
    six = " ".join(carer.page.locator(".words li").all_inner_texts())
    assert len(six.split()) == 6

    gwen.goto(f"{example.url}/ideas?stage=new")
    gwen.get_by_role("link", name="A torch upstairs").first.click()
    expect(gwen.locator(".facts")).to_contain_text("Somebody, without a name")

    carer.open(f"{example.url}/claim")
    carer.write("[name=code]", six)
    carer.press("main form button[type=submit]")
    expect(carer.page.locator("h1")).to_have_text("A torch upstairs")
    expect(carer.page.locator(".history")).to_contain_text("Somebody, without a name, said it")


def test_by_joining(example: Server, window: Callable[..., Page], gwen: Page, code: str) -> None:
    carer = Pointer(window(width=390))
    carer.open(f"{example.url}/at/{code}")
    say(carer, "A torch for nights")
    join = "form[action$='/membership']"
    carer.write(f"{join} [name=name]", "Nia")
    carer.write(f"{join} [name=job]", "night carer")
    carer.write(f"{join} [name=sign_in]", "nia.nights")
    carer.write(f"{join} [name=new]", "lanterns on the landing")
    carer.press(f"{join} button[type=submit]", "Join and send")
    expect(carer.page.locator("main")).to_contain_text("your words wait with you")
    assert carer.page.evaluate("Object.keys(localStorage).length") == 0

    gwen.goto(f"{example.url}/admin/{HOME}")
    gwen.locator("form[action$='/confirmation'] button").first.click()

    carer.open(f"{example.url}/ideas?stage=new")
    carer.press("main a", "A torch for nights")
    expect(carer.page.locator(".facts")).to_contain_text("Nia")
