"""The main job in a real browser, on the example: said by a ward sister, tried eight weeks, a step ticked off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.helpers.groups import sharing

from .hands import Keyboard, Pointer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.helpers.server import Server

pytestmark = pytest.mark.browser

TITLE = "Ring the ward before the taxi comes"
NOW = "Three people a week wait two hours in the lounge, because nobody told the home that they are on the way."
CHANGE = "The ward clerk rings the home when the taxi is booked."


@pytest.fixture(params=[sharing("sqlite"), sharing("postgresql")])
def example(request: pytest.FixtureRequest, servers: Callable[[str], Server]) -> Server:
    """The product with the example.

    Without script and by keyboard the story is told on one kind each: what the hands do does not reach the database.
    """
    return servers(request.param)


class Story:
    """The steps of the story, whatever hands tell it."""

    def __init__(self, server: Server, window: Callable[..., Page], hands: type[Pointer], **wishes: object) -> None:
        self.server, self.window, self.hands, self.wishes = server, window, hands, wishes
        self.path = ""

    def somebody(self, name: str, **wishes: object) -> Pointer:
        """A person of the example, in a window of their own, signed in."""
        person = self.hands(self.window(**(self.wishes | wishes)))
        person.open(f"{self.server.url}/sign-in")
        person.write("[name=email]", f"{name}@example.org")
        person.write("[name=password]", "less-bad-than-now")
        person.press("main form button[type=submit]", "Sign in")
        expect(person.page).to_have_url(f"{self.server.url}/")
        return person

    def room(self, person: Pointer, room: str = "") -> None:
        person.open(f"{self.server.url}{self.path}{room}")

    def the_ward_sister_says_it(self, amara: Pointer) -> None:
        amara.press("header a[href='/ideas/new']")
        amara.write("[name=now]", NOW)
        amara.write("[name=change]", CHANGE)
        amara.write("[name=title]", TITLE)
        amara.press("form[action='/ideas'] button[type=submit]")
        expect(amara.page.locator("h1")).to_have_text(TITLE)
        self.path = amara.page.evaluate("location.pathname")

    def she_takes_it_on_and_plans_it(self, amara: Pointer) -> None:
        amara.press(f"form[action='{self.path}/owner'] button[type=submit]", "take it on")
        expect(amara.page.locator("main")).to_contain_text("Amara O. took it on")
        self.room(amara)
        amara.choose(f"form[action='{self.path}/moves'] [name=stage]", "Planning")
        amara.press(f"form[action='{self.path}/moves'] button[type=submit]")
        self.room(amara, "/plan")
        plan = f"form[action='{self.path}/plan']"
        for field, words in {
            "smallest_test": "One clerk, Ward 9, one week.",
            "how_we_know": "Hours that people wait in the lounge, counted by the lounge nurse.",
            "undoing": "Stop ringing. Same day.",
            "stop_rule": "Two homes that ask us not to.",
            "harm_of_staying": "Frail people sit two hours without a meal.",
            "risk_of_trying": "The clerk rings the wrong home.",
        }.items():
            amara.write(f"{plan} [name={field}]", words)
        amara.press(f"{plan} button[type=submit]")
        self.room(amara, "/plan")
        amara.write(f"form[action='{self.path}/steps'] [name=title]", "Agree the words with the clerk")
        amara.press(f"form[action='{self.path}/steps'] button[type=submit]")
        self.room(amara, "/plan")
        amara.press(f"form[action='{self.path}/screening'] button[type=submit]", "None of these")

    def the_chief_pharmacist_sponsors(self, amara: Pointer) -> None:
        self.room(amara)
        amara.choose(f"form[action='{self.path}/sponsorships'] [name=person]", "Ben Hall")
        amara.press(f"form[action='{self.path}/sponsorships'] button[type=submit]")
        ben = self.somebody("ben")
        ben.press("main a", TITLE)
        answer = "form[action^='/sponsorships/']"
        ben.tick(f"{answer} [name=answer][value=accept]")
        if ben.page.locator(f"{answer} select[name=pledge_kind]").count():
            ben.choose(f"{answer} [name=pledge_kind]", "Protected time")
        else:
            ben.tick(f"{answer} [name=pledge_kind][value=protected_time]")
        ben.write(f"{answer} [name=amount]", "2")
        ben.choose(f"{answer} [name=unit]", "hours a week")
        ben.press(f"{answer} button[type=submit]")
        expect(ben.page.locator("main")).to_contain_text("2 hours a week")

    def she_asks_the_operations_director(self, amara: Pointer) -> None:
        self.room(amara, "/sign-off")
        amara.choose(f"form[action='{self.path}/sign-offs'] [name=leader]", "Femi Adeyemi")
        amara.press(f"form[action='{self.path}/sign-offs'] button[type=submit]")
        expect(amara.page.locator("main")).to_contain_text("Due in")

    def he_approves_on_one_page(self) -> None:
        femi = self.somebody("femi", width=1280)
        femi.press("main a", TITLE)
        expect(femi.page.locator("main")).to_contain_text("Frail people sit two hours without a meal.")
        expect(femi.page.locator("main")).to_contain_text("The clerk rings the wrong home.")
        decision = "form[action^='/sign-offs/'][action$='/decision']"
        femi.tick(f"{decision} [name=outcome][value=approve]")
        femi.tick(f"{decision} [name=no_interest]")
        femi.press(f"{decision} button[type=submit]", "Send your answer")
        femi.open(f"{self.server.url}/board?mine=1")

    def the_card_is_in_trying(self, amara: Pointer) -> None:
        amara.open(f"{self.server.url}/board?mine=1&stage=trying")
        expect(amara.page.locator("[data-stage=trying].col")).to_contain_text(TITLE)

    def she_ticks_a_step_off(self, amara: Pointer) -> None:
        self.room(amara, "/plan")
        amara.press("form[action^='/steps/'][action$='/completion'] button[type=submit]", "Done")
        expect(amara.page.locator("main")).to_contain_text("1 of 1 done")

    def tell(self) -> None:
        """All of it, in order."""
        amara = self.somebody("amara")
        self.the_ward_sister_says_it(amara)
        self.she_takes_it_on_and_plans_it(amara)
        self.the_chief_pharmacist_sponsors(amara)
        self.she_asks_the_operations_director(amara)
        self.he_approves_on_one_page()
        self.the_card_is_in_trying(amara)
        self.she_ticks_a_step_off(amara)


def test_the_main_job_on_a_phone(example: Server, window: Callable[..., Page]) -> None:
    Story(example, window, Pointer, width=390).tell()


@pytest.mark.parametrize("example", [sharing("postgresql")], indirect=True)
def test_the_main_job_without_javascript(example: Server, window: Callable[..., Page]) -> None:
    Story(example, window, Pointer, width=390, javascript=False).tell()


@pytest.mark.parametrize("example", [sharing("sqlite")], indirect=True)
def test_the_main_job_by_keyboard_alone(example: Server, window: Callable[..., Page]) -> None:
    Story(example, window, Keyboard, width=1280).tell()
