"""People come and go: a night porter joins on his phone, a director leaves, and a ward's computer is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from ideas.domain import steps, teams
from tests import cast as players
from tests import factories

from . import album
from .ward import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from .ward import Ward

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.xdist_group("come and go")]

CARRIED = "A board for beds"


@pytest.fixture(scope="module")
def trust(databases: Callable[[str], Any]) -> Iterator[Ward]:
    """The product with people who will leave. Femi was asked for an answer, carries an idea, and has a step of it."""
    with opened(databases("sqlite").fresh(), HEADROOM_SIGN_UP="open") as ward:
        with ward.before() as cast:
            factories.asked(cast)
            carried = factories.new(cast, title=CARRIED)
            teams.take_on(carried, by=cast.femi)
            steps.add(carried, "Hang it up", by=cast.femi, owner=cast.femi)
        yield ward


@pytest.fixture
def somebody(trust: Ward, window: Callable[..., Page]) -> Callable[..., Page]:
    """A person of the cast in a window of their own, signed in."""

    def sign_in(name: str, **wishes: Any) -> Page:
        page = window(**wishes)
        album.sign_in(page, trust.url, name)
        return page

    return sign_in


def test_a_night_porter_joins_on_a_phone_and_is_confirmed(
    trust: Ward, window: Callable[..., Page], somebody: Callable[..., Page]
) -> None:
    phone = window(width=390)
    phone.goto(f"{trust.url}/sign-in")
    phone.get_by_role("link", name="Join").click()
    phone.select_option("[name=organisation]", label="Northmere Hospitals")
    for name, words in {
        "job": "night porter",
        "name": "Nia Pugh",
        "sign_in": "nia",
        "new": "kettle orbit mango",
    }.items():
        phone.fill(f"[name={name}]", words)
    phone.get_by_role("button", name="Ask to join").click()
    expect(phone.locator("h1")).to_contain_text("Now somebody where you work says yes")
    expect(phone.locator("header a[href='/board']")).to_have_count(0)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    ada = somebody("ada")
    ada.goto(f"{trust.url}/admin/northmere-hospitals")
    ada.locator("li:has-text('Nia Pugh') form[action$='/confirmation'] button").click()
    expect(ada.locator("#notices")).to_contain_text("Nia Pugh is in")

    phone.goto(f"{trust.url}/board")
    expect(phone.locator("main")).to_contain_text(CARRIED)


def test_a_leader_leaves_and_everything_goes_where_it_should(trust: Ward, somebody: Callable[..., Page]) -> None:
    femi, ada = somebody("femi"), somebody("ada")
    expect(femi.locator("main")).to_contain_text(factories.TITLE)

    ada.goto(f"{trust.url}/admin/northmere-hospitals/people")
    ada.locator("li:has-text('Femi Adeyemi') a[href^='/memberships/']").click()
    ada.get_by_role("link", name="End what they are here").click()
    for title in (factories.TITLE, CARRIED, "Hang it up"):
        expect(ada.locator("main form")).to_contain_text(title)
    ada.select_option("[name=ideas]", label="Tomas Novak")
    ada.select_option("[name=steps]", label="Tomas Novak")
    ada.get_by_role("button", name="End it").click()
    expect(ada.locator("#notices")).to_contain_text("Femi Adeyemi is not a leader of Northmere Hospitals any more")

    femi.goto(f"{trust.url}/board")
    expect(femi.locator("h1")).to_have_text("Sign in")
    album.sign_in(femi, trust.url, "femi")
    expect(femi.locator("h1")).to_contain_text("You belong to no organisation now")

    ruth = somebody("ruth")
    expect(ruth.locator("section[aria-labelledby=take-over]")).to_contain_text(factories.TITLE)
    tomas = somebody("tomas")
    tomas.get_by_role("link", name=CARRIED).first.click()
    expect(tomas.locator("main")).to_contain_text("Femi A. left Northmere Hospitals. Nobody carries it now")
    tomas.get_by_role("button", name="Yes").first.click()
    expect(tomas.locator("main")).to_contain_text("Tomas N. carries it now")


def test_on_a_shared_computer_the_words_stay_in_the_tab_and_go_with_whoever_typed_them(
    trust: Ward, window: Callable[..., Page]
) -> None:
    ward = window(width=390)
    ward.goto(f"{trust.url}/sign-in")
    ward.get_by_label("Others use this device too").check()
    ward.fill("[name=email]", "amara@example.org")
    ward.fill("[name=password]", players.PASSWORD)
    ward.locator("main form button[type=submit]").click()
    ward.goto(f"{trust.url}/ideas/new")
    ward.fill("[name=now]", "The lift stops at nine.")

    ward.reload()
    expect(ward.locator("[name=now]")).to_have_value("The lift stops at nine.")
    assert ward.evaluate("Object.keys(localStorage).length") == 0
    ward.get_by_role("button", name="I am done: sign me out").click()

    expect(ward.get_by_label("Others use this device too")).to_be_checked()
    kept = ward.evaluate("Object.keys(sessionStorage)")
    assert not [name for name in kept if name.startswith("headroom.")], kept
    assert ward.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_link_that_is_shown_once_is_copied_with_a_tap(trust: Ward, somebody: Callable[..., Page]) -> None:
    page = somebody("ada", width=390)
    page.goto(f"{trust.url}/admin/northmere-hospitals/invitations/new")
    page.check("[name=role][value=member]")
    page.click("main [type=submit]")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy").click()

    expect(page.locator("#announcer")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".link-once").inner_text()
