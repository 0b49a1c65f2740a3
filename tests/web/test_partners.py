"""The partner of a place with one leader, on the pages; and one sign-off for several organisations."""

from __future__ import annotations

import pytest

from ideas import clock
from ideas.db import db
from ideas.domain import answers, cases, partners, people, screening, sign_off
from ideas.models import Answer, Outcome, Stage
from tests import factories
from tests.domain.test_partners import ready
from tests.helpers.page import Page

PAGE = "/organisations/willow-bank-care-home/partner"


@pytest.fixture
def same(cast, session):
    """Eastfold is Willow Bank's partner, and Gwen may decide what she backs."""
    partners.name(cast.willow_bank, cast.eastfold, sponsor_may_decide=True, by=cast.gwen)
    db.session.commit()


def test_a_place_with_one_leader_says_that_it_needs_a_partner_and_names_one(cast, session, signed_in, visit):
    gwens = signed_in(cast.gwen)
    assert "no partner" in visit("/organisations/willow-bank-care-home", by=gwens).text("main")
    page = visit(PAGE, by=gwens)
    assert "A partner is missing" in page.text("main")
    assert "It is marked for everyone to see" in page.text("main form"), "the hint of the box"

    sent = page.fields("main form") | {"partner": cast.eastfold.id, "sponsor_may_decide": "y"}
    assert gwens.post(PAGE, data=sent).status_code == 303

    page = visit(PAGE, by=signed_in(cast.dele))
    assert "Mina B." in page.text("main")
    assert not page.all("main form")
    assert "Eastfold Council answers where" in visit("/organisations/willow-bank-care-home", by=gwens).text("main")


def test_with_no_other_organisation_it_says_how_one_comes_and_what_to_do_meanwhile(cast, session, signed_in, visit):
    cast.northmere.gives_care = cast.eastfold.gives_care = False
    session.commit()

    page = visit(PAGE, by=signed_in(cast.gwen))

    assert not page.all("main form")
    assert "Whoever runs Headroom adds one" in page.text("[aria-labelledby=nobody-else]")
    assert "invite a second leader" in page.text("[aria-labelledby=nobody-else]")
    assert page.one("main a.nhsuk-button").attrs["href"] == "/admin/willow-bank-care-home/invitations/new"


@pytest.mark.parametrize("wrong", ["999999", "x"])
def test_a_partner_who_is_not_in_the_list_is_refused(cast, session, signed_in, visit, wrong):
    gwens = signed_in(cast.gwen)
    answer = gwens.post(PAGE, data=visit(PAGE, by=gwens).fields("main form") | {"partner": wrong})
    assert answer.status_code == 422


def test_a_partner_without_leaders_is_said(cast, session, signed_in, visit, same):
    people.leave(cast.mina.active_memberships[0])
    db.session.commit()
    assert "Nobody leads there yet" in visit(PAGE, by=signed_in(cast.gwen)).text("main")


def test_the_manager_backs_it_and_says_yes_in_one_act(cast, session, signed_in, visit, same):
    request = sign_off.ask(ready(cast, by=cast.dele), cast.gwen, by=cast.dele)
    db.session.commit()
    idea, gwens = request.idea, signed_in(cast.gwen)
    page = visit(f"/ideas/{idea.ref}/sign-off", by=gwens)
    assert "Yes, and I back it" in page.text("form.decide")
    assert "Eastfold Council, your partner, is told" in page.text("main")

    sent = page.fields("form.decide") | {"outcome": "approve", "no_interest": "y"}
    answer = gwens.post(f"/sign-offs/{request.id}/decision", data=sent)
    assert answer.status_code == 422
    assert "Choose what you bring" in answer.get_data(as_text=True)
    sent |= {"pledge_kind": "protected_time", "amount": "2", "unit": "hours_a_week", "note": "Tuesdays"}
    assert gwens.post(f"/sign-offs/{request.id}/decision", data=sent).status_code == 303

    session.expire_all()
    assert idea.stage is Stage.TRYING
    for path in (f"/ideas/{idea.ref}", f"/ideas/{idea.ref}/sign-off", "/board"):
        assert "Sponsor and decider are the same" in visit(path, by=signed_in(cast.amara)).text("main")
    assert "backed it and said yes. You lead its partner" in visit("/", by=signed_in(cast.mina)).text("main")


def test_who_says_yes_to_what_nobody_backs_reads_why_it_is_none_and_keeps_their_words(
    cast, session, signed_in, visit, same
):
    request = sign_off.ask(ready(cast, by=cast.dele), cast.gwen, by=cast.dele)
    sign_off.send_on(request, cast.mina, by=cast.gwen, reason="I would rather not decide alone")
    db.session.commit()
    minas = signed_in(cast.mina)
    sent = visit(f"/ideas/{request.idea.ref}/sign-off", by=minas).fields("form.decide")
    sent |= {"outcome": "approve", "no_interest": "y", "condition_while": "Ring me each Friday."}
    answer = minas.post(f"/sign-offs/{request.id}/decision", data=sent)
    assert answer.status_code == 409
    page = Page.of(answer)
    assert "Once a leader backs it, send your answer again." in page.text("#decision")
    assert page.fields("form.decide")["condition_while"] == "Ring me each Friday."


def test_the_managers_own_idea_is_asked_of_the_partner_and_the_page_says_so(cast, session, signed_in, visit, same):
    idea = ready(cast, by=cast.gwen, sponsor=cast.ben)
    db.session.commit()
    gwens = signed_in(cast.gwen)
    page = visit(f"/ideas/{idea.ref}/sign-off", by=gwens)
    assert "None of Willow Bank Care Home's own leaders may decide this idea" in page.text("main")

    sent = page.fields('form[action$="/sign-offs"]') | {"leader": cast.mina.id}
    assert gwens.post(f"/ideas/{idea.ref}/sign-offs", data=sent).status_code == 303

    page = visit(f"/ideas/{idea.ref}/sign-off", by=signed_in(cast.mina))
    assert "Eastfold Council answers in the place of Willow Bank Care Home" in page.text("main")
    assert page.all("form.decide")


def test_without_a_partner_the_page_says_so_before_it_is_asked(cast, session, signed_in, visit):
    idea = ready(cast, by=cast.gwen, sponsor=cast.ben)
    db.session.commit()
    page = visit(f"/ideas/{idea.ref}/sign-off", by=signed_in(cast.gwen))
    assert "and it names no partner" in page.text("main")
    assert page.all(f'main a[href="{PAGE}"]')


def test_the_team_asks_another_organisation_beside_its_home(cast, session, signed_in, visit):
    home = factories.asked(cast)
    db.session.commit()
    idea, amaras = home.idea, signed_in(cast.amara)
    address = f"/ideas/{idea.ref}/sign-off"
    assert "Another organisation has to agree too" in visit(address, by=amaras).text("main")
    page = visit(f"{address}?organisation=eastfold-council", by=amaras)
    assert page.fields('form[action$="/sign-offs"]')["organisation"] == str(cast.eastfold.id)
    assert "No leader of" not in page.text("main")

    sent = page.fields('form[action$="/sign-offs"]')
    assert amaras.post(f"/ideas/{idea.ref}/sign-offs", data=sent).status_code == 422
    assert amaras.post(f"/ideas/{idea.ref}/sign-offs", data=sent | {"organisation": "x"}).status_code == 409
    assert amaras.post(f"/ideas/{idea.ref}/sign-offs", data=sent | {"leader": cast.mina.id}).status_code == 303

    page = visit(address, by=signed_in(cast.mina))
    assert "Northmere Hospitals" in page.text("#beside")
    assert page.all("form.decide")
    femis = signed_in(cast.femi)
    assert "Eastfold Council" in visit(address, by=femis).text("#beside")
    other = idea.sign_offs[-1]
    assert not visit(f"{address}?request={other.id}", by=femis).all("form.decide"), "Mina's to answer"

    version = cases.version(idea, other.gate)
    ends_on = clock.today().replace(year=clock.today().year + 1, day=1)
    given = {"version": version, "has_no_interest": True, "ends_on": ends_on, "condition_while": "X"}
    sign_off.decide(other, Outcome.APPROVE, by=cast.mina, **given)
    db.session.commit()
    assert "Mina B. said yes" in visit(address, by=femis).text("#beside")
    assert "Nobody is asked any more" in visit(address, by=amaras).text("main")


def test_a_check_that_the_yes_beside_made_a_condition_is_asked_for_no_more(cast, session, signed_in, visit):
    idea = factories.ready_to_ask(cast)
    screening.answer(idea, screening.none_of_these() | {"money": Answer.YES}, by=cast.amara, version=idea.version)
    home = sign_off.ask(idea, cast.femi, by=cast.amara)
    sign_off.ask(idea, cast.mina, by=cast.amara, organisation=cast.eastfold)
    db.session.commit()
    address, minas = f"/ideas/{idea.ref}/sign-off", signed_in(cast.mina)
    assert "Make it a condition, or say not yet" in visit(address, by=minas).text("main")

    factories.approve(home, cast, checks=[check.id for check in answers.still_open(home)])
    db.session.commit()

    page = visit(address, by=minas)
    assert "Make it a condition" not in page.text("main")
    assert "A condition while it runs." in page.text("main")
    assert not page.all("form.decide [name=checks]")


def test_a_place_where_nobody_may_decide_says_so(cast, session, signed_in, visit):
    home = factories.asked(cast)
    people.leave(cast.mina.active_memberships[0])
    db.session.commit()
    page = visit(f"/ideas/{home.idea.ref}/sign-off?organisation=eastfold-council", by=signed_in(cast.amara))
    assert "No leader of Eastfold Council may decide this idea" in page.text("main")
