"""Words of eighty letters without a space stay on the page: a name, a job, a short name, a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ideas.domain import people, us_too, workplaces
from ideas.models import Role
from tests import cast as players
from tests import factories

from . import album

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from .ward import Ward

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("the ward")]

LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"[:80]


def test_a_word_of_eighty_letters_makes_no_page_scroll_sideways(ward: Ward, window: Callable[..., Page]) -> None:
    with ward.before() as cast:
        idea = factories.ready_to_ask(cast, now=LONG, change=LONG, title=LONG, hurts_place=LONG)
        longest = people.add(LONG, "longest@example.org")
        membership = people.join(longest, cast.northmere, job=LONG, role=Role.MEMBER)
        players.give_password(longest)
        us_too.say(idea, by=longest, membership=membership, place=LONG, job=LONG)
        factories.new(cast, by=longest, now=LONG, change=LONG, title=LONG)
        place = workplaces.add(cast.northmere, LONG, by=cast.ada)
        about = f"/ideas/{idea.ref}"
        paths = ["/", about, f"{about}/plan", f"{about}/history", "/ideas", "/board"]
        paths += [f"/people/{longest.id}", "/account", f"/places/{place.id}", f"/at/{place.written_code}"]
    page = window(width=390)

    too_wide = {}
    for by in ("amara", "longest"):
        page.context.clear_cookies()
        album.sign_in(page, ward.url, by)
        for path in paths:
            page.goto(f"{ward.url}{path}")
            for width in album.WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
                    too_wide[by, path, width] = wide
    assert not too_wide
