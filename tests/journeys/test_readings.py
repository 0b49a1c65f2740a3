"""Readings from a spreadsheet: paste 24, correct one, read the verdict: on a phone, without script, by keyboard."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from ideas import clock
from ideas.domain import measures
from ideas.models import Direction
from tests import factories

from . import album
from .hands import Keyboard, Pointer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from .ward import Ward

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("the ward")]

WEEKS = 12
BEFORE = [50, 47, 52, 49, 51, 48, 53, 46, 50, 52, 49, 51]
SINCE = [43, 41, 38, 42, 40, 39, 41, 37, 40, 42, 38, 39]
SLIP = 4100


@pytest.fixture(scope="module")
def trials(ward: Ward) -> tuple[str, list[str]]:
    """Where the product is, and three ideas of Amara's, each tried for twelve weeks, and nothing counted."""
    with ward.before() as cast:
        refs = []
        with clock.at(clock.today() - dt.timedelta(weeks=WEEKS)):
            for name in ("One", "Two", "Three"):
                idea = factories.in_trying(cast, title=name)
                measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
                refs.append(idea.ref)
    return ward.url, refs


def sheet(between: str) -> str:
    """24 weeks as somebody copies them, the days in three ways, one number with a slip of the finger."""
    first = clock.today() - dt.timedelta(weeks=WEEKS + len(BEFORE) - 1)
    values = [*BEFORE, SLIP, *SINCE[1:]]
    shapes = ("%d/%m/%Y", "%d %b %y", "%Y-%m-%d")
    lines = [
        f"{first + dt.timedelta(weeks=week):{shapes[week % 3]}}{between}{value:,}" for week, value in enumerate(values)
    ]
    return "\n".join([f"Week{between}Minutes", *lines, f"mean{between}45"])


@pytest.mark.parametrize(
    ("place", "hands", "how", "between"),
    [
        (0, Pointer, {"width": 390, "height": 844}, "\t"),
        (1, Pointer, {"width": 390, "javascript": False}, "\t"),
        (2, Keyboard, {"javascript": False}, ";"),
    ],
    ids=["on a phone", "without script", "by keyboard alone"],
)
def test_paste_24_readings_correct_one_and_read_the_verdict(
    trials: tuple[str, list[str]],
    window: Callable[..., Page],
    place: int,
    hands: type[Pointer],
    how: dict[str, Any],
    between: str,
) -> None:
    url, refs = trials
    page = window(**how)
    album.sign_in(page, url, "amara")
    amara = hands(page)
    amara.open(f"{url}/ideas/{refs[place]}/evidence")

    amara.press("main a[href$='/batch']")
    amara.write("[name=text]", sheet(between))
    amara.press("form[action$='/preview'] button")
    expect(page.locator("#understood")).to_have_text("24 new readings")
    expect(page.locator("main")).to_contain_text("The lowest is 37, the highest 4,100.")
    expect(page.locator("main")).to_contain_text("We did not understand 1 line")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it is wider than the screen"
    amara.press("form[action$='/batch'] button", "Add these readings")
    expect(page.locator(".nhsuk-notification-banner")).to_contain_text("Readings: 24 added.")

    amara.press("main a[href^='/readings/']", "4,100")
    amara.write("[name=value]", "43")
    amara.press("main form button", "Save the reading")

    expect(page.locator(".nhsuk-notification-banner")).to_contain_text("The reading is corrected.")
    expect(page.locator(".ruling")).to_contain_text("Less bad")
    amara.press("main a[href$='/corrections']")
    expect(page.locator("main ol")).to_contain_text("4,100 minutes")


def test_a_file_of_20_megabytes_says_what_to_do(
    trials: tuple[str, list[str]], window: Callable[..., Page], tmp_path: Path
) -> None:
    url, refs = trials
    large = tmp_path / "waits.csv"
    large.write_bytes(b"02/11/2026,50\n" * 1_500_000)
    page = window()
    album.sign_in(page, url, "amara")
    page.goto(f"{url}/ideas/{refs[0]}/evidence")
    page.locator("main a[href$='/batch']").first.click()
    page.set_input_files("input[type=file]", large)
    page.locator("form[action$='/file'] button").click()
    expect(page.locator("main")).to_contain_text("a file may have 10 MB")
