"""Still less bad? From the desk, over two questions, to a line on the page of the idea."""

from __future__ import annotations

import datetime as dt

from ideas import clock
from ideas.domain import watches
from tests import factories

THREE = dt.date(2027, 2, 28)


def test_two_answers_from_the_desk_stand_on_the_page_of_the_idea(cast, session, signed_in, visit):
    with clock.at(dt.date(2026, 11, 30)):
        idea = factories.adopted(cast)
        session.commit()
        assert "28 February 2027" in visit(f"/ideas/{idea.ref}", by=signed_in(cast.dele)).text("#watched")
    with clock.at(THREE):
        watches.ask_due()
        session.commit()
        amaras = signed_in(cast.amara)
        to = f"/watches/{idea.watches[0].id}"
        assert visit("/", by=amaras).all(f"a[href='{to}']")
        assert visit(to, by=amaras).all(f"a[href='/ideas/{idea.ref}/evidence']"), "a reading comes first"
        assert signed_in(cast.dele).get(to).status_code == 403
        assert amaras.post(to, data={"used": "yes"}).status_code == 422
        sent = {"used": "no", "note": "The phone broke."}
        assert amaras.post(to, data=sent).location == f"/ideas/{idea.ref}#watched"
        assert amaras.get(to).status_code == 409
        page = visit(f"/ideas/{idea.ref}", by=amaras)
        assert "Watched at 3 months: not used any more. The phone broke. Amara O., 28 Feb" in page.text("#watched")
        assert page.all(f"#watched a[href='/ideas/{idea.ref}/moves?stage=planning']")
        assert not visit(f"/ideas/{idea.ref}", by=signed_in(cast.dele)).all("#watched a")
