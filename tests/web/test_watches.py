"""Still less bad? From the desk, over two questions, to a line on the page of the idea."""

from __future__ import annotations

import datetime as dt

from ideas import clock
from ideas.domain import watches
from tests import factories
from tests.helpers.page import Page, broken_rules

THREE = dt.date(2027, 2, 28)


def refusal(response):
    assert response.status_code == 409
    page = Page.of(response)
    assert not broken_rules(page), broken_rules(page)
    return page


def test_two_answers_from_the_desk_stand_on_the_page_of_the_idea(cast, session, signed_in, visit):
    with clock.at(dt.date(2026, 11, 30)):
        idea = factories.adopted(cast)
        session.commit()
        for page in ("", "/evidence"):
            assert "28 February 2027" in visit(f"/ideas/{idea.ref}{page}", by=signed_in(cast.dele)).text("#watched")
    with clock.at(THREE):
        watches.ask_due()
        session.commit()
        amaras = signed_in(cast.amara)
        to = f"/watches/{idea.watches[0].id}"
        assert visit("/", by=amaras).all(f"a[href='{to}']")
        assert visit(to, by=amaras).all(f"a[href='/ideas/{idea.ref}/evidence']"), "a reading comes first"
        assert signed_in(cast.dele).get(to).status_code == 403
        first = visit(to, by=amaras).fields("main form")
        assert amaras.post(to, data=first | {"used": "yes"}).status_code == 422
        assert amaras.post(to, data=first | {"used": "no"}).location == f"/ideas/{idea.ref}#watched"
        page = refusal(amaras.post(to, data=first | {"used": "partly", "less_bad": "no", "note": "By some."}))
        assert "Theirs stands" in page.text(".nhsuk-error-summary")
        assert "As it is now: not used any more." in page.text("main form")
        assert page.one("[name=note]").attrs["value"] == "By some."
        again = visit(to, by=amaras).fields("main form")
        assert amaras.post(to, data=again | {"note": "The phone broke."}).status_code == 303
        page = visit(f"/ideas/{idea.ref}", by=amaras)
        assert (
            "Watched at 3 months: not used any more. The phone broke. "
            "Amara O., 28 Feb. Put right by Amara O., 28 Feb Put it right"
        ) in page.text("#watched")
        assert page.all(f"#watched a[href='/ideas/{idea.ref}/moves?stage=planning']")
        assert not visit(f"/ideas/{idea.ref}", by=signed_in(cast.dele)).all("#watched a")
