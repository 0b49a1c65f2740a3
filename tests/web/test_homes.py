"""Asked of us, on the pages: the desk, the organisation, the idea, and the answer."""

from __future__ import annotations

import datetime as dt

import pytest

from ideas import clock
from ideas.db import db
from ideas.domain import homes
from ideas.models import Organisation, Sector
from tests import factories

DAY = dt.timedelta(days=1)
FORM = 'form[action$="/home"]'


@pytest.fixture
def idea(cast, session):
    """Said by Dele of Willow Bank; it would have to change at Northmere."""
    made = factories.new(cast, by=cast.dele, hurts_organisation=cast.willow_bank)
    db.session.commit()
    return made


def test_its_leaders_meet_it_on_their_desk_and_everybody_on_the_page_of_the_organisation(
    cast, session, signed_in, visit, idea
):
    page = visit("/", by=signed_in(cast.femi))
    assert "Asked of Northmere Hospitals" in page.text("main")
    assert page.text('main a.nhsuk-button[href$="#asked"]').startswith("Take it, or say whose")

    page = visit("/organisations/northmere-hospitals", by=signed_in(cast.sol))
    assert f"{idea.title}" in page.text('section[aria-labelledby="asked-of"]')

    page = visit(f"/ideas/{idea.ref}", by=signed_in(cast.dele))
    assert "Northmere Hospitals was asked whether it takes this on" in page.text("main")
    assert not page.all(FORM)
    assert "Northmere Hospitals was asked whether it takes it on" in visit("/", by=signed_in(cast.dele)).text("main")


def test_a_leader_who_is_asked_finds_one_yes_and_a_member_may_take_it_on(cast, signed_in, visit, idea):
    assert "I take it on" not in visit(f"/ideas/{idea.ref}", by=signed_in(cast.femi)).text("main")
    assert "I take it on" in visit(f"/ideas/{idea.ref}", by=signed_in(cast.tomas)).text("main")


def test_a_leader_takes_it_and_names_who_carries_it(cast, session, signed_in, visit, idea):
    femis = signed_in(cast.femi)
    page = visit(f"/ideas/{idea.ref}", by=femis)

    sent = page.fields(FORM) | {"answer": "take", "person": cast.tomas.id}
    answer = femis.post(f"/ideas/{idea.ref}/home", data=sent)

    assert (answer.status_code, answer.location) == (303, f"/ideas/{idea.ref}")
    assert "Will you carry this?" in visit(f"/ideas/{idea.ref}", by=signed_in(cast.tomas)).text("main")
    assert "Femi A. said that Northmere Hospitals takes it on" in visit("/", by=signed_in(cast.dele)).text("main")


def test_not_ours_says_whose_it_might_be(cast, session, signed_in, visit, idea):
    femis = signed_in(cast.femi)
    sent = visit(f"/ideas/{idea.ref}", by=femis).fields(FORM)
    answer = femis.post(f"/ideas/{idea.ref}/home", data=sent | {"answer": "not_ours"})
    assert answer.status_code == 422
    assert "Say why it is not yours, or whose it might be" in answer.get_data(as_text=True)

    whole = sent | {"answer": "not_ours", "organisation": cast.eastfold.id, "reason": "Their van."}
    assert femis.post(f"/ideas/{idea.ref}/home", data=whole).status_code == 303
    again = femis.post(f"/ideas/{idea.ref}/home", data=whole)

    assert again.status_code == 403, "it is another organisation's to answer now"
    assert "Asked of Eastfold Council" in visit("/", by=signed_in(cast.mina)).text("main")


@pytest.mark.parametrize("wrong", [{"organisation": "999999"}, {"organisation": "x"}, {"person": "999999"}])
def test_what_is_not_in_the_lists_is_said_at_its_field(cast, session, signed_in, visit, idea, wrong):
    femis = signed_in(cast.femi)
    sent = visit(f"/ideas/{idea.ref}", by=femis).fields(FORM)
    sent |= {"answer": "take" if "person" in wrong else "not_ours"} | wrong

    answer = femis.post(f"/ideas/{idea.ref}/home", data=sent)

    assert answer.status_code == 422
    db.session.expire_all()
    assert homes.owed(idea) is not None


def test_what_nobody_asks_is_not_answered(cast, session, signed_in):
    idea = factories.in_planning(cast)
    db.session.commit()

    answer = signed_in(cast.femi).post(f"/ideas/{idea.ref}/home", data={"answer": "not_ours", "reason": "No."})

    assert answer.status_code == 409


def test_a_late_answer_is_late_in_the_open(cast, session, signed_in, visit, idea):
    with clock.at(clock.now() + 30 * DAY):
        assert "No answer from Northmere Hospitals" in visit(f"/ideas/{idea.ref}", by=signed_in(cast.sol)).text("main")
        assert "Overdue by" in visit("/organisations/northmere-hospitals", by=signed_in(cast.sol)).text("main")
        assert "Overdue by" in visit("/board", by=signed_in(cast.sol)).text("main")


def test_where_nobody_leads_yet_the_page_says_so(cast, session, signed_in, visit):
    hazel = Organisation(
        name="Hazel Court", slug="hazel-court", sector=Sector.ADULT_SOCIAL_CARE, gives_care=True, created_at=clock.now()
    )
    db.session.add(hazel)
    idea = factories.new(cast, by=cast.dele, hurts_organisation=cast.willow_bank, home=hazel)
    db.session.commit()

    page = visit(f"/ideas/{idea.ref}", by=signed_in(cast.tomas))
    assert "Hazel Court was asked, and nobody leads there yet" in page.text("main")

    page = visit(f"/ideas/{idea.ref}", by=signed_in(cast.dele))
    assert "Nobody leads at Hazel Court yet" in page.text("main")
    assert "Hazel Court was asked, and nobody leads there yet" not in page.text("main"), "said once"
    assert "Nobody leads there yet" in visit("/", by=signed_in(cast.dele)).text("main")


def test_leaders_of_places_that_give_care_meet_those_that_look_for_a_host(cast, session, signed_in, visit):
    looking = [
        factories.new(cast, by=cast.sol, title=f"Look {n}", hurts_organisation=cast.lantern, home=None)
        for n in range(4)
    ]
    housed = factories.new(cast)
    db.session.commit()

    page = visit("/", by=signed_in(cast.gwen))
    assert "They look for a host 4" in page.text('section[aria-labelledby="hostless"]')
    assert "All 4 that look for a host" in page.text('section[aria-labelledby="hostless"]')
    assert "look for a host" not in visit("/", by=signed_in(cast.dele)).text("main")

    found = visit("/ideas?needs=host", by=signed_in(cast.dele)).text("#found")
    assert "Only those that look for a host" in found
    assert all(idea.title in found for idea in looking)
    assert housed.title not in found
