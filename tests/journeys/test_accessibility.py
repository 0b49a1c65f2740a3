"""axe finds nothing: on any page, at both widths, light and dark, empty and full, with an error shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ideas.app import create_app
from ideas.config import ROOT
from ideas.domain import organisations, people
from ideas.models import Role, Sector
from tests.cast import give_password
from tests.helpers import browser, groups
from tests.helpers.server import serving

from . import album
from .ward import acts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.helpers.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group(groups.example("sqlite"))]

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
#: Every rule; and those that a scheme of colours can break, for the second scheme.
ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
#: Twice the size of text, on a phone: how wide the page is then.
LARGE_TEXT = """() => {
  document.documentElement.style.fontSize = "200%";
  const wide = document.documentElement.scrollWidth;
  document.documentElement.style.fontSize = "";
  return wide;
}"""


@pytest.fixture(scope="module")
def full(servers: Callable[[str], Server]) -> Server:
    """The product with the example."""
    return servers("sqlite")


@pytest.fixture(scope="module")
def at(full: Server, chromium: Browser) -> dict[str, str]:
    """Which ideas of the example the album's pages are about."""
    with browser.window(chromium) as guide:
        album.sign_in(guide, full.url, "amara")
        return album.places(guide, full.url)


@pytest.fixture(scope="module")
def empty(databases: Callable[[str], Any]) -> Iterator[Server]:
    """The product on its first day: one organisation, one person."""
    database = databases("sqlite").fresh()
    with acts(create_app(database.settings())):
        northmere = organisations.add("Northmere Hospitals", Sector.ACUTE)
        amara = people.add("Amara Okafor", "amara@example.org")
        people.join(amara, northmere, job="ward sister", role=Role.MEMBER)
        give_password(amara)
    with serving(database) as server:
        yield server


#: Only what is wrong is sent here: the list of all that is right is long. The size of targets is asked for by name.
LOOK = """(rules) => axe.run(document, {
  runOnly: rules, rules: {"target-size": {enabled: true}}, resultTypes: ["violations"],
}).then((found) => found.violations)"""


@pytest.fixture
def seen(window: Callable[..., Page]) -> Page:
    """A window whose pages have axe in them: put there by the browser, as the pages' policy lets no script in."""
    page = window()
    page.add_init_script(path=AXE)
    return page


def findings(page: Page) -> list[str]:
    """What axe finds on the page as it is, at both widths, in both schemes; and whether it scrolls sideways."""
    found = []
    for width in album.WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in (("light", ALL), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found += [
                f"{width} {scheme}: {violation['id']}: {node['target']} {node['failureSummary']}"
                for violation in page.evaluate(LOOK, rules)
                for node in violation["nodes"]
            ]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: it scrolls sideways")
    if page.evaluate(LARGE_TEXT) > width:
        found.append(f"{width}, text at twice its size: it scrolls sideways")
    return found


def look(server: Server, page: Page, shots: list[album.Shot], by: str, at: dict[str, str]) -> None:
    if by:
        album.sign_in(page, server.url, by)
    wrong = {}
    for shot in shots:
        album.go(page, server.url, shot, at)
        # Folded parts are part of the page.
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
        if found := findings(page):
            wrong[shot.name] = found
    assert not wrong


@pytest.mark.parametrize("by", sorted({shot.by for shot in album.FULL}), ids=lambda by: by or "nobody")
def test_axe_finds_nothing_on_the_pages_of(by: str, full: Server, at: dict[str, str], seen: Page) -> None:
    look(full, seen, [shot for shot in album.FULL if shot.by == by], by, at)


def test_axe_finds_nothing_on_the_first_day(empty: Server, seen: Page) -> None:
    look(empty, seen, list(album.EMPTY), "amara", {})


def test_axe_would_find_something_if_it_were_there(empty: Server, seen: Page) -> None:
    seen.goto(f"{empty.url}/sign-in")
    seen.evaluate("document.querySelector('label').remove()")

    assert any("label" in finding for finding in findings(seen))
