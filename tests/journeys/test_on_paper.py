"""On paper: what is folded away on the screen is there, and what is pressed is not."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from ideas import clock
from ideas.domain import measures, readings, steps
from ideas.models import Direction
from tests import factories

from . import album

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from .ward import Ward

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("the ward")]


def test_a_page_on_paper_has_what_was_folded_away_and_nothing_to_press(ward: Ward, window: Callable[..., Page]) -> None:
    with ward.before() as cast, clock.at(clock.today() - dt.timedelta(weeks=4)):
        idea = factories.in_trying(cast, title="Printed")
        wait = measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
        for week in range(12):
            readings.enter(wait, taken_on=clock.today() - dt.timedelta(weeks=week), value=40 + week, by=cast.amara)
        step = steps.add(idea, "Print the letter", by=cast.amara, owner=cast.amara)
        steps.tick(step, by=cast.amara)
        ref = idea.ref
    page = window()
    album.sign_in(page, ward.url, "amara")

    page.goto(f"{ward.url}/ideas/{ref}/evidence")
    last_reading = page.locator("table td", has_text="51").first
    expect(last_reading).to_be_hidden()
    page.emulate_media(media="print")
    expect(last_reading).to_be_visible()
    expect(page.locator("main button:visible")).to_have_count(0)

    page.emulate_media(media="screen")
    page.goto(f"{ward.url}/ideas/{ref}/sign-off")
    kept = page.get_by_text("It is never edited.")
    expect(kept).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_text("The case as it was read at the decision")).to_be_visible()
    expect(kept).to_be_visible()
    expect(page.locator("main button:visible")).to_have_count(0)

    page.emulate_media(media="screen")
    page.goto(f"{ward.url}/ideas/{ref}/plan")
    done = page.locator("li.ok", has_text="Print the letter")
    expect(done).to_be_hidden()
    page.emulate_media(media="print")
    expect(done).to_be_visible()
    expect(page.get_by_text("1 of 2 done")).to_be_visible()
    expect(page.locator("main :is(button, progress, .step a):visible")).to_have_count(0)


def test_a_long_table_leaves_no_sheet_of_paper_nearly_empty(ward: Ward, window: Callable[..., Page]) -> None:
    with ward.before() as cast, clock.at(clock.today() - dt.timedelta(weeks=1)):
        idea = factories.in_trying(cast, title="Printed with many readings")
        wait = measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
        for day in range(36):
            readings.enter(wait, taken_on=clock.today() - dt.timedelta(days=day), value=40 + day % 3, by=cast.amara)
        ref = idea.ref
    page = window()
    album.sign_in(page, ward.url, "amara")
    page.goto(f"{ward.url}/ideas/{ref}/evidence")
    paper = page.pdf(prefer_css_page_size=True)

    # A fourth was the first two, with the verdict on one and a lone heading on the other.
    assert len(re.findall(rb"/Type /Page\b", paper)) == 3
