"""Nobody leads here yet, on the pages."""

from __future__ import annotations

import re

from ideas.db import db
from ideas.domain import organisations, people
from ideas.models import Sector
from tests import factories


def test_the_author_gives_a_link_to_who_can_lead_whom_the_partner_lets_in(cast, session, client, signed_in, visit):
    hazel = organisations.add("Hazel Court", Sector.ADULT_SOCIAL_CARE)
    hazel.partner = cast.eastfold
    idea = factories.new(cast, by=cast.dele, hurts_organisation=cast.willow_bank, home=hazel)
    db.session.commit()
    deles, minas = signed_in(cast.dele), signed_in(cast.mina)
    page = visit(f"/ideas/{idea.ref}", by=deles)
    assert "Nobody leads at Hazel Court yet" in page.text("main")

    sent = page.fields('form[action$="/nominations"]')
    made, again = (deles.post(f"/ideas/{idea.ref}/nominations", data=sent) for _ in range(2))

    assert made.status_code == 201
    html = made.get_data(as_text=True)
    assert "Eastfold Council, its partner," in html
    path, shown_again = (re.search(r"/invitations/[\w-]+", each.get_data(as_text=True))[0] for each in (made, again))
    assert shown_again == path, "a double click makes one link, and shows it"
    page = visit(path)
    assert "Dele Olu says that you could lead there" in page.text("main")
    sent = page.fields("main form") | {"job": "manager", "name": "Tom Reed", "sign_in": "tom"}
    assert client.post(path, data=sent | {"new": "three random words"}).status_code == 303
    session.expire_all()
    assert not people.leaders(hazel.id)

    page = visit("/", by=minas)
    assert "Tom Reed" in page.text("#to-lead + p + ul")
    confirmed = minas.post(
        page.one('form[action$="/confirmation"]').attrs["action"], data=page.fields('form[action$="/confirmation"]')
    )
    assert (confirmed.status_code, confirmed.location) == (303, "/")
    session.expire_all()
    assert [leader.name for leader in people.leaders(hazel.id)] == ["Tom Reed"]
    assert "Nobody leads" not in visit(f"/ideas/{idea.ref}", by=deles).text("main")
