"""Asking a leader to back an idea, and the leader's answer."""

from __future__ import annotations

import pytest

from ideas.domain import events, sponsors
from ideas.models import Audience, Idea, Sponsorship
from tests import factories
from tests.helpers.page import Page, text


@pytest.fixture
def idea(cast, session):
    made = factories.in_planning(cast)
    session.commit()
    return made


@pytest.fixture
def asked(cast, session, idea):
    made = sponsors.ask(idea, cast.gwen, by=cast.amara)
    session.commit()
    return made


def told(session, idea):
    session.expire_all()
    return [events.sentence(event) for event in session.get(Idea, idea.id).events]


def test_the_team_asks_a_leader_by_name(cast, session, signed_in, visit, idea):
    amaras = signed_in(cast.amara)
    groups = visit(f"/ideas/{idea.ref}", by=amaras).all("#back-person optgroup")
    assert [(group.attrs["label"], text(group)) for group in groups] == [
        (
            "Northmere Hospitals",
            "Ben Hall, chief pharmacist Femi Adeyemi, operations director Ruth Abbot, head of nursing",
        ),
        ("Eastfold Council", "Mina Bell, head of adult care"),
        ("Willow Bank Care Home", "Gwen Morris, care-home manager"),
    ]
    sent = {"person": cast.gwen.id, "key": "k" * 12}

    answers = [amaras.post(f"/ideas/{idea.ref}/sponsorships", data=sent) for _ in range(2)]

    assert [(a.status_code, a.location) for a in answers] == [(303, f"/ideas/{idea.ref}#sponsors")] * 2
    assert told(session, idea).count("Amara O. asked Gwen M. to sponsor it") == 1
    assert "asked on" in visit(f"/ideas/{idea.ref}", by=amaras).text("#sponsors")
    assert amaras.post(f"/ideas/{idea.ref}/sponsorships", data=sent | {"key": "x" * 12}).status_code == 409


@pytest.mark.parametrize("person", ["", "x", "999999", "lena", "tomas", "amara"])
def test_who_cannot_sponsor_is_refused(cast, session, signed_in, idea, person):
    chosen = getattr(cast, person).id if hasattr(cast, person) else person
    answer = signed_in(cast.amara).post(f"/ideas/{idea.ref}/sponsorships", data={"person": chosen})
    assert answer.status_code == 422
    assert [a.attrs["href"] for a in Page.of(answer).all(".nhsuk-error-summary a")] == ["#back-person"]
    session.expire_all()
    assert not session.get(Idea, idea.id).sponsorships


@pytest.mark.parametrize("who", ["femi", "tomas", "sol"])
def test_only_the_team_asks(cast, signed_in, visit, idea, who):
    others = signed_in(getattr(cast, who))
    assert not visit(f"/ideas/{idea.ref}", by=others).all("#back-person")
    assert others.post(f"/ideas/{idea.ref}/sponsorships", data={"person": cast.gwen.id}).status_code == 403


def test_nobody_is_asked_about_a_draft(cast, session, signed_in, visit):
    draft = factories.new(cast, audience=Audience.DRAFT)
    session.commit()
    amaras = signed_in(cast.amara)
    page = visit(f"/ideas/{draft.ref}", by=amaras)
    assert not page.all("#back-person")
    assert "open it first" in page.text("#sponsors")
    assert amaras.post(f"/ideas/{draft.ref}/sponsorships", data={"person": cast.gwen.id}).status_code == 409


def test_the_asked_leader_accepts_with_a_pledge(cast, session, signed_in, visit, idea, asked):
    gwens = signed_in(cast.gwen)
    form = visit(f"/ideas/{idea.ref}", by=gwens).one("form.decide")
    sent = {
        "answer": "accept", "pledge_kind": "protected_time", "amount": "3.5", "unit": "hours_a_week", "note": "Tuesdays"
    }  # fmt: skip

    answer = gwens.post(form.attrs["action"], data=sent)

    assert (answer.status_code, answer.location) == (303, f"/ideas/{idea.ref}#sponsors")
    assert told(session, idea)[-1].startswith("Gwen M. agreed to sponsor it, and pledged 3.5 hours a week")
    page = visit(f"/ideas/{idea.ref}", by=gwens)
    assert page.text("#sponsors .pledge") == "3.5 hours a week, protected time: Tuesdays"
    assert not page.all("form.decide")
    assert gwens.post(form.attrs["action"], data=sent).status_code == 409


def test_the_asked_leader_declines_with_a_reason(cast, session, signed_in, visit, idea, asked):
    gwens = signed_in(cast.gwen)
    answer = gwens.post(f"/sponsorships/{asked.id}/answer", data={"answer": "decline", "note": "Short of staff"})
    assert answer.status_code == 303
    assert told(session, idea)[-1] == "Gwen M. declined to sponsor it: Short of staff"
    assert "Said no: Short of staff" in visit(f"/ideas/{idea.ref}", by=gwens).text("#sponsors")


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, "#answer"),
        ({"answer": "maybe"}, "#answer"),
        ({"answer": "accept"}, "#pledge_kind"),
        ({"answer": "accept", "pledge_kind": "luck"}, "#pledge_kind"),
        ({"answer": "accept", "pledge_kind": "cover", "note": ""}, "#note"),
        ({"answer": "accept", "pledge_kind": "money", "amount": "much"}, "#amount"),
        ({"answer": "accept", "pledge_kind": "money", "amount": "0"}, "#amount"),
        ({"answer": "accept", "pledge_kind": "money", "amount": "10000000"}, "#amount"),
        ({"answer": "accept", "pledge_kind": "money", "amount": "3", "unit": "euros"}, "#unit"),
        ({"answer": "decline", "note": " "}, "#note"),
        ({"answer": "decline", "note": "x" * 301}, "#note"),
        ({"answer": "decline", "note": "Patient 9434765919"}, "#note"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused_with_its_words_kept(cast, session, signed_in, asked, sent, wrong):
    typed = {"note": "My words"} | sent
    answer = signed_in(cast.gwen).post(f"/sponsorships/{asked.id}/answer", data=typed)
    page = Page.of(answer)
    assert answer.status_code == 422
    assert wrong in [a.attrs["href"] for a in page.all(".nhsuk-error-summary a")]
    assert page.fields("form.decide")["note"] == typed["note"].strip()
    session.expire_all()
    assert session.get(Sponsorship, asked.id).is_asked


@pytest.mark.parametrize("who", ["amara", "femi", "dele", "sol"])
def test_nobody_else_answers_or_sees_the_form(cast, signed_in, visit, idea, asked, who):
    others = signed_in(getattr(cast, who))
    assert not visit(f"/ideas/{idea.ref}", by=others).all("form.decide")
    assert others.post(f"/sponsorships/{asked.id}/answer", data={"answer": "decline", "note": "x"}).status_code == 403


def test_a_leader_who_leads_no_more_does_not_answer(cast, session, signed_in, visit, idea, asked):
    from ideas.domain import people

    people.join(cast.gwen, cast.willow_bank, job="adviser", role="member")
    people.leave(cast.gwen.memberships[0])
    session.commit()
    gwens = signed_in(cast.gwen)
    assert not visit(f"/ideas/{idea.ref}", by=gwens).all("form.decide")
    assert gwens.post(f"/sponsorships/{asked.id}/answer", data={"answer": "decline", "note": "x"}).status_code == 403


def test_a_sponsorship_of_a_draft_does_not_exist_for_others(cast, session, signed_in, idea, asked):
    idea.audience = Audience.DRAFT
    session.commit()
    assert signed_in(cast.femi).post(f"/sponsorships/{asked.id}/answer", data={"answer": "decline"}).status_code == 404
