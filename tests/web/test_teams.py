"""Taking an idea on, handing it on, and asking people into its team."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.domain import circles, events, people, teams
from ideas.models import Audience, Idea, Membership, Person, Role
from tests import factories
from tests.helpers.page import Page, text
from tests.helpers.statements import counted


@pytest.fixture
def idea(cast, session):
    made = factories.new(cast)
    session.commit()
    return made


def told(session, idea):
    session.expire_all()
    return [events.sentence(event) for event in session.get(Idea, idea.id).events]


def test_a_member_of_its_home_takes_it_on_with_one_button(cast, session, signed_in, visit, idea):
    tomas = signed_in(cast.tomas)
    sent = visit(f"/ideas/{idea.ref}", by=tomas).fields(f'form[action="/ideas/{idea.ref}/owner"]')

    answer = tomas.post(f"/ideas/{idea.ref}/owner", data=sent)

    assert (answer.status_code, answer.location) == (303, f"/ideas/{idea.ref}")
    assert told(session, idea)[-1] == "Tomas N. took it on"
    page = visit(f"/ideas/{idea.ref}", by=tomas)
    assert "Tomas N. owner" in page.text("#owner")
    assert "I take it on" not in page.text("#owner")
    assert idea.stage == "new"


def test_ones_own_name_takes_it_on_too_and_never_past_its_owner(cast, session, signed_in, idea):
    assert signed_in(cast.tomas).post(f"/ideas/{idea.ref}/owner", data={"person": cast.tomas.id}).status_code == 303
    assert told(session, idea)[-1] == "Tomas N. took it on"
    assert signed_in(cast.amara).post(f"/ideas/{idea.ref}/owner", data={"person": cast.amara.id}).status_code == 409


def test_who_is_elsewhere_may_not_and_who_is_late_is_told(cast, session, signed_in, idea):
    assert signed_in(cast.gwen).post(f"/ideas/{idea.ref}/owner").status_code == 403
    assert signed_in(cast.sol).post(f"/ideas/{idea.ref}/owner").status_code == 403
    assert signed_in(cast.tomas).post(f"/ideas/{idea.ref}/owner").status_code == 303
    late = signed_in(cast.ada).post(f"/ideas/{idea.ref}/owner")
    assert late.status_code == 409
    assert "Tomas N. carries it already" in late.get_data(as_text=True)


def test_a_leader_of_its_home_asks_somebody_to_carry_it_who_says_yes(cast, session, signed_in, visit, idea):
    femis, gwens = signed_in(cast.femi), signed_in(cast.gwen)
    page = visit(f"/ideas/{idea.ref}", by=femis)
    assert "Gwen Morris, care-home manager, Willow Bank Care Home" in page.text("#carry-person")

    asked = femis.post(f"/ideas/{idea.ref}/owner", data={"person": cast.gwen.id, "key": "k" * 12})

    assert asked.status_code == 303
    assert told(session, idea)[-1] == "Femi A. asked Gwen M. to carry it"
    page = visit(f"/ideas/{idea.ref}", by=gwens)
    assert "Will you carry this?" in page.text("main")
    form = page.one('form[action^="/team/"]')
    answer = gwens.post(form.attrs["action"], data={"answer": "accept"})
    assert (answer.status_code, answer.location) == (303, f"/ideas/{idea.ref}")
    assert told(session, idea)[-1] == "Gwen M. carries it now"
    assert session.get(Idea, idea.id).owner_id == cast.gwen.id
    assert gwens.post(form.attrs["action"], data={"answer": "accept"}).status_code == 409


def test_asking_twice_with_one_key_asks_once_and_with_another_is_refused(cast, session, signed_in, idea):
    amaras = signed_in(cast.amara)
    for path in ("owner", "team"):
        sent = {"person": cast.tomas.id, "key": f"{path}-0123456789"}
        assert [amaras.post(f"/ideas/{idea.ref}/{path}", data=sent).status_code for _ in range(2)] == [303, 303]
        assert amaras.post(f"/ideas/{idea.ref}/{path}", data=sent | {"key": "x" * 12}).status_code == 409
    session.expire_all()
    assert len(session.get(Idea, idea.id).asks_of_team(cast.tomas)) == 2


def test_the_team_asks_somebody_in_who_says_yes_or_no(cast, session, signed_in, visit, idea):
    amaras, tomas = signed_in(cast.amara), signed_in(cast.tomas)
    names = [text(option) for option in visit(f"/ideas/{idea.ref}", by=amaras).all("#join-person option")]
    assert "Tomas Novak, staff nurse, Northmere Hospitals" in names
    assert not any(name.startswith("Amara") for name in names)

    for answer, words in (
        ("decline", "Tomas N. said no to a place in the team"),
        ("accept", "Tomas N. joined the team"),
    ):
        assert amaras.post(f"/ideas/{idea.ref}/team", data={"person": cast.tomas.id}).status_code == 303
        action = visit(f"/ideas/{idea.ref}", by=tomas).one('form[action^="/team/"]').attrs["action"]
        assert tomas.post(action, data={"answer": answer}).status_code == 303
        assert told(session, idea)[-1] == words
    assert "Tomas N. team" in visit(f"/ideas/{idea.ref}", by=amaras).text("#owner")


@pytest.mark.parametrize("path", ["owner", "team"])
@pytest.mark.parametrize("person", ["999999", "x", "-1"])
def test_nobody_is_asked_who_is_nobody(cast, session, signed_in, idea, path, person):
    answer = signed_in(cast.amara).post(f"/ideas/{idea.ref}/{path}", data={"person": person})
    assert answer.status_code == 422
    assert Page.of(answer).all(".nhsuk-error-summary a")
    assert len(told(session, idea)) == 1


def test_a_name_left_empty_in_the_team_form_is_refused(cast, signed_in, idea):
    answer = signed_in(cast.amara).post(f"/ideas/{idea.ref}/team", data={"person": ""})
    assert answer.status_code == 422
    assert "Choose somebody" in Page.of(answer).text(".nhsuk-error-summary")
    assert Page.of(answer).one("#owner details[open]")


def test_a_supplier_is_not_asked_to_carry_what_has_a_home(cast, signed_in, idea):
    answer = signed_in(cast.amara).post(f"/ideas/{idea.ref}/owner", data={"person": cast.sol.id})
    assert answer.status_code == 422
    assert "belongs to a supplier" in Page.of(answer).text(".nhsuk-error-summary")


@pytest.mark.parametrize(("who", "status"), [("femi", 403), ("tomas", 403), ("sol", 403), ("ada", 403)])
def test_only_the_team_asks_somebody_in(cast, signed_in, idea, who, status):
    sent = {"person": cast.ruth.id}
    assert signed_in(getattr(cast, who)).post(f"/ideas/{idea.ref}/team", data=sent).status_code == status


def test_only_who_was_asked_answers_and_with_one_of_two_words(cast, session, signed_in, idea):
    ask = teams.ask_in(idea, cast.tomas, by=cast.amara)
    session.commit()
    assert signed_in(cast.ruth).post(f"/team/{ask.id}/answer", data={"answer": "accept"}).status_code == 403
    assert signed_in(cast.tomas).post(f"/team/{ask.id}/answer", data={"answer": "maybe"}).status_code == 422
    assert signed_in(cast.tomas).post("/team/999999/answer", data={"answer": "accept"}).status_code == 404
    assert told(session, idea)[-1] == "Amara O. asked Tomas N. into the team"


def test_who_is_asked_into_a_draft_reads_it_when_they_say_yes(cast, session, signed_in, visit):
    draft = factories.new(cast, audience=Audience.DRAFT)
    yes, no = (teams.ask_in(draft, person, by=cast.amara) for person in (cast.tomas, cast.ruth))
    session.commit()
    tomas, ruths = signed_in(cast.tomas), signed_in(cast.ruth)
    visit(f"/ideas/{draft.ref}", by=tomas, status=404)
    assert tomas.post(f"/team/{yes.id}/answer", data={"answer": "accept"}).location == f"/ideas/{draft.ref}"
    visit(f"/ideas/{draft.ref}", by=tomas)
    assert ruths.post(f"/team/{no.id}/answer", data={"answer": "decline"}).location == "/"
    visit(f"/ideas/{draft.ref}", by=ruths, status=404)


def test_who_left_meets_no_ask_of_before(cast, session, signed_in, idea):
    """Not even by its address: who belongs nowhere reads nothing but their own account."""
    ask = teams.ask_in(idea, cast.tomas, by=cast.amara)
    people.leave(cast.tomas.active_memberships[0])
    session.commit()

    assert signed_in(cast.tomas).post(f"/team/{ask.id}/answer", data={"answer": "accept"}).status_code == 404


def hire(session, count, *organisations):
    """So many people at each of these, put in as rows."""
    known = {"created_at": clock.now()}
    added = [known | {"name": f"Zoe New{n}", "sign_in": f"{o.id}-{n}"} for o in organisations for n in range(count)]
    ids = session.scalars(sa.insert(Person).returning(Person.id, sort_by_parameter_order=True), added).all()
    there = {"job": "nurse", "role": Role.MEMBER, "started_at": clock.now(), "confirmed_at": clock.now()}
    joined = [
        there | {"person_id": person, "organisation_id": organisations[n // count].id} for n, person in enumerate(ids)
    ]
    session.execute(sa.insert(Membership), joined)
    session.commit()


def test_a_page_names_everybody_only_while_they_are_few(cast, session, signed_in, visit, idea):
    amaras, path = signed_in(cast.amara), f"/ideas/{idea.ref}"
    lists = ("#carry-person", "#join-person")
    visit(path, by=amaras)
    with counted() as few:
        page = visit(path, by=amaras)
    assert not page.all("#owner a[href*='ask=']")

    hire(session, circles.OFFERED, cast.northmere, cast.eastfold)

    with counted() as many:
        page = visit(path, by=amaras)
    assert len(many) <= len(few), "\n".join(many)
    for names in lists:
        offered = [text(option) for option in page.all(f"{names} option")]
        assert 100 < len(offered) <= circles.OFFERED + 1
        assert "Tomas Novak, staff nurse, Northmere Hospitals" in offered
    assert [link.attrs["href"] for link in page.all("#owner a[href*='ask=']")] == [
        f"{path}?ask=owner#carry-person",
        f"{path}?ask=team#join-person",
    ]


@pytest.mark.parametrize(("ask", "shown"), [("owner", "carry"), ("team", "join")])
def test_somebody_else_is_found_among_everybody(cast, session, signed_in, visit, idea, ask, shown):
    hire(session, circles.OFFERED, cast.northmere)
    amaras, path = signed_in(cast.amara), f"/ideas/{idea.ref}?ask={ask}"
    mina = "Mina Bell, head of adult care, Eastfold Council"
    assert mina not in [text(o) for o in visit(f"/ideas/{idea.ref}", by=amaras).all("#owner option")]

    page = visit(path, by=amaras)

    assert [text(o) for o in page.all("#owner option")].count(mina) == 1
    assert page.one(f"#owner details[open] #{shown}-person")
    form = f'form[action="/ideas/{idea.ref}/{ask}?ask={ask}"]'
    sent = page.fields(form)
    nobody = amaras.post(page.one(form).attrs["action"], data=sent | {"person": "999999"})
    assert nobody.status_code == 422
    assert mina in [text(option) for option in Page.of(nobody).all(f"#{shown}-person option")]
    assert amaras.post(f"/ideas/{idea.ref}/{ask}", data=sent | {"person": cast.mina.id}).status_code == 303
    assert "Mina B." in told(session, idea)[-1]
