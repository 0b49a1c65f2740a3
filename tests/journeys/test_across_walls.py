"""Across walls: it hurts in a care home and must change in a hospital; and a manager who leads alone has a partner."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from ideas import clock
from tests.domain.test_partners import ready

from . import album
from .hands import Pointer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from .ward import Ward

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.xdist_group("the ward")]

HURTS = "Bring the glasses back with the resident"
CARERS = "A second torch for nights"
MANAGERS = "Ring the family before the review"


@pytest.fixture(scope="module")
def walls(ward: Ward) -> Ward:
    """Dele and Gwen of Willow Bank each have an idea there that a leader can be asked about.

    Nobody backs Dele's yet; Ben backs Gwen's.
    """
    with ward.before() as cast:
        ready(cast, by=cast.dele).title = CARERS
        ready(cast, by=cast.gwen, sponsor=cast.ben).title = MANAGERS
    return ward


@pytest.fixture
def somebody(walls: Ward, window: Callable[..., Page]) -> Callable[..., Pointer]:
    """A person of the cast in a window of their own, signed in and at their desk."""

    def sign_in(name: str, **wishes: Any) -> Pointer:
        page = window(**wishes)
        album.sign_in(page, walls.url, name)
        return Pointer(page)

    return sign_in


def test_it_hurts_in_a_care_home_and_is_taken_on_in_a_hospital(somebody: Callable[..., Pointer]) -> None:
    dele = somebody("dele", width=390)
    dele.press("header a[href='/ideas/new']")
    dele.write(
        "[name=now]", "Residents come back from the ward without their glasses, and nobody knows where they are."
    )
    dele.write("[name=change]", "The ward ticks glasses and teeth off on the transport form.")
    dele.write("[name=title]", HURTS)
    dele.choose("[name=home_organisation]", "Northmere Hospitals")
    dele.press("form[action='/ideas'] button[type=submit]")
    expect(dele.page.locator("main")).to_contain_text("Northmere Hospitals was asked whether it takes this on")
    assert dele.page.evaluate("document.documentElement.scrollWidth") <= 390
    idea = dele.page.url

    femi = somebody("femi")
    expect(femi.page.locator("main")).to_contain_text("Asked of Northmere Hospitals")
    femi.press("main a.nhsuk-button[href$='#asked']")
    expect(femi.page.locator("#asked")).to_contain_text("It hurts at Willow Bank Care Home")
    femi.tick("#asked [name=answer][value=take]")
    femi.choose("#asked [name=person]", "Tomas Novak")
    femi.press("#asked button[type=submit]")
    expect(femi.page.locator("#notices")).to_contain_text("Northmere Hospitals takes it on")

    tomas = somebody("tomas")
    tomas.open(idea)
    expect(tomas.page.locator("main")).to_contain_text("Will you carry this?")
    tomas.press("main button[type=submit]", "Yes")

    dele.open(idea.partition("/ideas/")[0])
    expect(dele.page.locator("main")).to_contain_text("Femi A. said that Northmere Hospitals takes it on")
    dele.press("main a", HURTS)
    expect(dele.page.locator("aside[aria-label='People and facts']")).to_contain_text("Tomas")
    assert dele.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_only_leader_of_a_care_home_decides_what_she_backs_and_her_partner_decides_what_is_hers(
    walls: Ward, somebody: Callable[..., Pointer]
) -> None:
    gwen = somebody("gwen", width=390)
    gwen.open(f"{walls.url}/organisations/willow-bank-care-home/partner")
    expect(gwen.page.locator("main")).to_contain_text("A partner is missing")
    gwen.choose("[name=partner]", "Eastfold Council")
    gwen.tick("[name=sponsor_may_decide]")
    gwen.press("main form button[type=submit]", "Save")
    expect(gwen.page.locator("#stands-in")).to_have_text("Eastfold Council")

    dele = somebody("dele", width=390)
    dele.press("main a", CARERS)
    carers = dele.page.url
    ask(dele, carers, "Gwen Morris")
    gwen.open(walls.url)
    gwen.press("main a", CARERS)
    expect(gwen.page.locator("main")).to_contain_text("Eastfold Council, your partner, is told")
    gwen.tick("form.decide [name=outcome][value=approve]")
    expect(gwen.page.locator("form.decide")).to_contain_text("Yes, and I back it")
    gwen.choose("form.decide [name=pledge_kind]", "Equipment")
    gwen.write("form.decide [name=note]", "Two torches from the petty cash")
    say_yes(gwen, "Back it and send your answer")
    dele.open(carers)
    expect(dele.page.locator("main")).to_contain_text("Sponsor and decider are the same")

    gwen.open(walls.url)
    gwen.press("main a", MANAGERS)
    managers = gwen.page.url
    gwen.open(f"{managers}/sign-off")
    expect(gwen.page.locator("main")).to_contain_text("Eastfold Council, its partner, answers in its place")
    ask(gwen, managers, "Mina Bell")

    mina = somebody("mina")
    expect(mina.page.locator("section[aria-labelledby=to-know]")).to_contain_text(CARERS)
    mina.press("main a", MANAGERS)
    expect(mina.page.locator("main")).to_contain_text("Eastfold Council answers in the place of Willow Bank Care Home")
    mina.tick("form.decide [name=outcome][value=approve]")
    say_yes(mina, "Send your answer")

    gwen.open(f"{managers}/sign-off")
    expect(gwen.page.locator("main")).to_contain_text(
        "Mina B. of Eastfold Council, in the place of Willow Bank Care Home, said yes"
    )
    assert gwen.page.evaluate("document.documentElement.scrollWidth") <= 390


def ask(person: Pointer, idea: str, leader: str) -> None:
    """Ask this leader for an answer, on the sign-off page of the idea."""
    person.open(f"{idea}/sign-off")
    person.choose("form[action$='/sign-offs'] [name=leader]", leader)
    person.press("form[action$='/sign-offs'] button[type=submit]")
    expect(person.page.locator("main")).to_contain_text("Due in")


def say_yes(leader: Pointer, words: str) -> None:
    """To a day in four weeks, with no interest in it."""
    leader.write("form.decide [name=ends_on]", str(clock.today() + dt.timedelta(weeks=4)))
    leader.tick("form.decide [name=no_interest]")
    leader.press("form.decide button[type=submit]", words)
