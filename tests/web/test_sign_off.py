"""The sign-off page, asking, taking over, sending on and taking back: what each kind of person sees and may do."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import events, measures, people, readings, sign_off, steps, teams
from ideas.models import Direction, FeltRound, Moment, Stage
from tests import factories
from tests.helpers.page import Page

pytestmark = pytest.mark.usefixtures("on_a_monday")

HTMX = {"HX-Request": "true"}
KEY = "a-key-of-this-form"


def path(idea):
    return f"/ideas/{idea.ref}/sign-off"


def kinds(idea):
    db.session.expire_all()
    return [event.kind for event in idea.events]


def test_the_team_sees_what_is_missing_and_where_to_put_it_right(cast, signed_in, visit):
    idea = factories.in_planning(cast)
    amaras = signed_in(cast.amara)
    page = visit(path(idea), by=amaras)
    assert "Before a leader is asked, 9 things are missing" in page.text("main")
    assert page.one(f'a[href="/ideas/{idea.ref}/plan#smallest_test"]')
    assert page.one(f'a[href="/ideas/{idea.ref}#sponsors"]')
    assert not page.all("select[name=leader]")


def test_the_team_asks_a_leader_chosen_by_name_and_job(cast, signed_in, visit):
    idea = factories.ready_to_ask(cast)
    amaras = signed_in(cast.amara)
    page = visit(path(idea), by=amaras)
    assert page.text("select[name=leader]") == (
        "Choose a leader Femi Adeyemi, operations director Ruth Abbot, head of nursing"
    ), "Ben sponsors it, so he is not offered"
    assert "Whoever you ask would answer by Monday 7 December: 10 working days" in page.text("main")

    sent = page.fields("main form") | {"leader": cast.femi.id}
    answer = amaras.post(f"/ideas/{idea.ref}/sign-offs", data=sent)
    assert (answer.status_code, answer.location) == (303, path(idea))
    assert idea.open_sign_off.leader == cast.femi
    assert idea.open_sign_off.due_on == dt.date(2026, 12, 7)
    assert idea.stage is Stage.SIGN_OFF
    assert events.Kind.SIGN_OFF_ASKED in kinds(idea)
    assert "Femi A. is asked, and answers by Monday 7 December" in visit(path(idea), by=amaras).text("#notices")


def test_with_one_leader_left_the_page_names_who_would_answer(cast, signed_in, visit):
    idea = factories.ready_to_ask(cast)
    people.leave(cast.ruth.memberships[0])
    page = visit(path(idea), by=signed_in(cast.amara))
    assert "Femi A. would answer by Monday 7 December: 10 working days" in page.text("main")


def test_asking_twice_with_one_key_makes_one_request(cast, signed_in):
    idea = factories.ready_to_ask(cast)
    amaras = signed_in(cast.amara)
    sent = {"leader": cast.femi.id, "key": KEY}
    answers = [amaras.post(f"/ideas/{idea.ref}/sign-offs", data=sent) for _ in range(2)]
    assert [(a.status_code, a.location) for a in answers] == [(303, path(idea))] * 2
    assert len(idea.sign_offs) == 1


def test_asking_again_while_somebody_is_asked_is_409(cast, signed_in, request_):
    answer = signed_in(cast.amara).post(f"/ideas/{request_.idea.ref}/sign-offs", data={"leader": cast.ruth.id})
    assert answer.status_code == 409
    assert "Femi A. has been asked already" in Page.of(answer).text()


@pytest.mark.parametrize("leader", ["", "0", "999999", "femi", "1 OR 1=1", "\x00"])
def test_an_unknown_leader_is_422_and_nobody_is_asked(cast, signed_in, leader):
    idea = factories.ready_to_ask(cast)
    answer = signed_in(cast.amara).post(f"/ideas/{idea.ref}/sign-offs", data={"leader": leader})
    assert answer.status_code == 422
    assert "Error: " in Page.of(answer).title
    assert not idea.sign_offs


def test_a_leader_who_may_not_decide_cannot_be_asked(cast, signed_in):
    idea = factories.ready_to_ask(cast)
    amaras = signed_in(cast.amara)
    for barred in (cast.ben, cast.amara, cast.gwen, cast.lena, cast.ada):
        answer = amaras.post(f"/ideas/{idea.ref}/sign-offs", data={"leader": barred.id}, headers=HTMX)
        assert answer.status_code == 422
        page = Page.of(answer)
        assert page.is_fragment
        assert page.one(f"#idea-{idea.ref}-ask select[aria-invalid=true]")
    assert not idea.sign_offs


def test_where_no_leader_may_decide_the_page_says_so_and_asking_is_409(cast, signed_in, visit):
    idea = factories.ready_to_ask(cast)
    for leader in (cast.femi, cast.ruth):
        people.leave(leader.memberships[0])
    amaras = signed_in(cast.amara)
    page = visit(path(idea), by=amaras)
    assert "No leader may decide this idea yet" in page.text("main")
    assert not page.all("select[name=leader]")
    answer = amaras.post(f"/ideas/{idea.ref}/sign-offs", data={"leader": cast.ben.id})
    assert answer.status_code == 409
    assert "No leader of Northmere Hospitals may decide this idea" in Page.of(answer).text()
    assert not idea.sign_offs


def test_asking_with_something_missing_is_409_and_lists_it(cast, signed_in):
    idea = factories.in_planning(cast)
    answer = signed_in(cast.amara).post(f"/ideas/{idea.ref}/sign-offs", data={"leader": cast.femi.id})
    assert answer.status_code == 409
    page = Page.of(answer)
    assert "Find a sponsor" in page.text("main")
    assert page.all(f'a[href="/ideas/{idea.ref}/plan#undoing"]')


def test_only_the_team_asks(cast, signed_in, visit):
    idea = factories.ready_to_ask(cast)
    for outsider in (cast.tomas, cast.femi, cast.ben, cast.gwen, cast.ada, cast.sol):
        client = signed_in(outsider)
        assert not visit(path(idea), by=client).all("main form"), outsider.name
        answer = client.post(f"/ideas/{idea.ref}/sign-offs", data={"leader": cast.femi.id})
        assert answer.status_code == 403, outsider.name
    assert not idea.sign_offs


def test_nobody_asked_yet_reads_as_a_plain_empty_page(cast, signed_in, visit):
    idea = factories.new(cast)
    for reader in (cast.tomas, cast.amara):
        page = visit(path(idea), by=signed_in(reader))
        assert "Nobody has been asked yet" in page.text("main")


def test_a_draft_is_404_for_others_and_signed_out_goes_to_sign_in(cast, signed_in, visit, client):
    idea = factories.new(cast, audience="draft")
    db.session.commit()
    visit(path(idea), by=signed_in(cast.femi), status=404)
    answer = signed_in(cast.femi).post(f"/ideas/{idea.ref}/sign-offs", data={"leader": cast.femi.id})
    assert answer.status_code == 404
    assert client.get(path(idea)).status_code == 303
    assert client.post(f"/ideas/{idea.ref}/sign-offs", data={}).status_code == 419


def test_the_leader_reads_the_case_on_one_page(cast, signed_in, visit, request_):
    idea = request_.idea
    idea.plan.place = "Ward 9"
    idea.plan.starts_on, idea.plan.ends_on = dt.date(2026, 12, 7), dt.date(2027, 2, 1)
    idea.plan.cost = "40 minutes a day"
    page = visit(path(idea), by=signed_in(cast.femi))
    words = page.text("main")
    assert "Femi, may they try this for 8 weeks from 7 December?" in words
    assert "Where: Ward 9. Amara O. asked you on Monday 23 November" in words
    for said in (*factories.PLAN.values(), "40 minutes a day", "3.5 hours a week, protected time", "Ben H."):
        assert said in words
    assert "Due in 14 days, Monday 7 December" in words
    assert page.text(".weigh tbody tr:nth-child(2)") == (
        f"How badly {factories.PLAN['harm_of_staying']} {factories.PLAN['risk_of_trying']}"
    )
    assert page.one(".jump a[href='#decision']")
    assert page.one("#ends_on").attrs["value"] == "2027-02-01", "the end that the plan asks for is offered"
    assert not page.all("[name=outcome][checked]")
    assert [e.attrs["value"] for e in page.all("[name=outcome]")] == ["approve", "not_yet", "no", "not_ours"]


def test_without_dates_in_the_plan_eight_weeks_are_offered(cast, signed_in, visit, request_):
    page = visit(path(request_.idea), by=signed_in(cast.femi))
    assert "Femi, may they try this for 8 weeks?" in page.text("main")
    assert page.one("#ends_on").attrs["value"] == "2027-01-18"
    assert "Eight weeks from today is 18 January 2027" in page.text("main")


def test_what_changed_since_it_was_asked_stands_on_the_page(cast, signed_in, visit, request_):
    assert not visit(path(request_.idea), by=signed_in(cast.femi)).all("#changed")
    request_.idea.plan.stop_rule = "Two wrong doses."
    changed = visit(path(request_.idea), by=signed_in(cast.femi)).text("#changed")
    assert "Changed since it was asked on 23 Nov" in changed
    assert "What would stop it Before One wrong dose after a call. Now Two wrong doses." in changed


def test_to_adopt_the_leader_sees_result_and_readings(cast, signed_in, visit):
    idea = factories.ready_to_adopt(cast)
    said = {"answered": 6, "less_bad": 4, "same": 1, "worse": 1}
    days = {"asked_on": clock.today(), "closes_on": clock.today(), "closed_at": clock.now()}
    idea.felt_rounds.append(FeltRound(moment=Moment.END, trial=1, asked=7, **days, **said))
    sign_off.ask(idea, cast.femi, by=cast.amara)
    page = visit(path(idea), by=signed_in(cast.femi))
    words = page.text("main")
    assert "6 of the 7 who said “us too” where it was tried answered" in words
    assert "4 less bad, 1 about the same, 1 worse." in words
    assert "Femi, may this become the way Northmere Hospitals works?" in words
    assert "The wait fell from 50 minutes to 12." in words
    assert "Wait, minutes. Lower is less bad" in words
    assert not page.all("[name=smaller_yes], [name=condition_while], [name=checks]")
    assert "Earlier answers" in words


def test_others_read_it_as_a_record_without_forms(cast, signed_in, visit, request_):
    for reader in (cast.tomas, cast.sol, cast.gwen, cast.ada):
        page = visit(path(request_.idea), by=signed_in(reader))
        assert "Femi A. of Northmere Hospitals was asked by Amara O. on Monday 23 November" in page.text("main")
        assert not page.all("main form"), reader.name


def test_each_act_is_offered_to_those_who_may(cast, signed_in, visit, request_):
    def offered(person):
        page = visit(path(request_.idea), by=signed_in(person))
        acts = ("decision", "over", "on", "back")
        return {act for act in acts if page.all(f"#sign-off-{request_.id}-{act}, #{act}")}

    assert offered(cast.femi) == {"decision", "on", "back"}
    assert offered(cast.ruth) == {"over", "on", "back"}
    assert offered(cast.ben) == {"on", "back"}, "he sponsors it"
    assert offered(cast.amara) == {"on", "back"}, "she asked"
    assert "You sponsor this idea" in visit(path(request_.idea), by=signed_in(cast.ben)).text("main")


def test_a_decided_request_is_a_record_with_its_words_and_case(cast, signed_in, visit, request_):
    with clock.at(clock.now() + dt.timedelta(days=2)):
        factories.approve(request_, cast, condition_while="Count every week.")
        db.session.commit()
        page = visit(path(request_.idea), by=signed_in(cast.tomas))
    record = page.text(f"#sign-off-{request_.id}")
    assert "May they try it? Yes" in record
    assert "23 Nov Amara O. asked for an answer by Monday 7 December" in record
    assert "25 Nov Femi A. of Northmere Hospitals said yes, until Wednesday 20 January 2027" in record
    assert "Count every week." in record
    assert "The case as it was read at the decision" in record
    assert factories.PLAN["undoing"] in record


def test_earlier_requests_stand_in_order(cast, signed_in, visit, request_):
    idea = request_.idea
    sign_off.take_back(request_, by=cast.amara, reason="Ruth knows the ward better.")
    second = sign_off.ask(idea, cast.ruth, by=cast.amara)
    page = visit(path(idea), by=signed_in(cast.tomas))
    assert "Ruth, may they try this" in page.text("main")
    assert "Amara O. took it back: Ruth knows the ward better." in page.text(f"#sign-off-{request_.id}")
    sign_off.take_back(second, by=cast.amara, reason="Not now.")
    page = visit(path(idea), by=signed_in(cast.tomas))
    assert [e.attrs["id"] for e in page.all("article")] == [f"sign-off-{request_.id}", f"sign-off-{second.id}"]


def test_another_leader_takes_it_over_in_one_step_and_the_date_stays(cast, signed_in, visit, request_):
    ruths = signed_in(cast.ruth)
    page = visit(path(request_.idea), by=ruths)
    sent = page.fields(f"#sign-off-{request_.id}-over")
    answer = ruths.post(f"/sign-offs/{request_.id}/leader", data=sent)
    assert (answer.status_code, answer.location) == (303, path(request_.idea))
    db.session.refresh(request_)
    assert request_.leader == cast.ruth
    assert request_.due_on == dt.date(2026, 12, 7)
    assert kinds(request_.idea)[-1] == events.Kind.SIGN_OFF_TAKEN_OVER
    assert visit(path(request_.idea), by=ruths).one("#decision form")


@pytest.mark.parametrize("who", ["ben", "amara", "tomas", "gwen", "ada", "sol", "lena"])
def test_who_may_not_decide_cannot_take_it_over(cast, signed_in, request_, who):
    person = getattr(cast, who)
    for headers in ({}, HTMX):
        answer = signed_in(person).post(f"/sign-offs/{request_.id}/leader", data={"leader": person.id}, headers=headers)
        assert answer.status_code == 403
    db.session.refresh(request_)
    assert request_.leader == cast.femi


def test_the_team_sends_it_on_with_a_word_why(cast, signed_in, visit, request_):
    amaras = signed_in(cast.amara)
    form = f"#sign-off-{request_.id}-on form"
    page = visit(path(request_.idea), by=amaras)
    assert page.text(f"{form} select") == "Choose a leader Ruth Abbot, head of nursing"
    sent = page.fields(form) | {"leader": cast.ruth.id, "reason": "Femi is on leave."}
    answer = amaras.post(f"/sign-offs/{request_.id}/leader", data=sent)
    assert answer.status_code == 303
    again = amaras.post(f"/sign-offs/{request_.id}/leader", data=sent)
    assert again.status_code == 303, "the same form, sent twice, is one act"
    db.session.refresh(request_)
    assert (request_.leader, request_.due_on) == (cast.ruth, dt.date(2026, 12, 7))
    assert kinds(request_.idea).count(events.Kind.SIGN_OFF_SENT_ON) == 1
    assert "sent the request on to Ruth A.: Femi is on leave." in events.sentence(request_.idea.events[-1])


@pytest.mark.parametrize(
    "sent",
    [{"reason": "Leave"}, {"leader": "ruth", "reason": "Leave"}, {"to": "ruth"}, {"to": "ben", "reason": "Leave"},
     {"to": "ruth", "reason": "a" * 301}, {"to": "ruth", "reason": "\x07 "},
     {"to": "ruth", "reason": "NHS 943 476 5919"}],
)  # fmt: skip
def test_a_send_on_that_is_not_whole_is_422_with_the_words_kept(cast, signed_in, request_, sent):
    data = {"leader": getattr(cast, sent["to"]).id if "to" in sent else sent.get("leader", "")}
    data["reason"] = sent.get("reason", "")
    amaras = signed_in(cast.amara)
    page = Page.of(answer := amaras.post(f"/sign-offs/{request_.id}/leader", data=data))
    assert answer.status_code == 422
    assert page.one(f"#sign-off-{request_.id}-on details[open]")
    kept = page.one(f"#sign-off-{request_.id}-on-reason").attrs["value"] or ""
    assert kept == data["reason"].replace("\x07", "").strip()
    part = Page.of(amaras.post(f"/sign-offs/{request_.id}/leader", data=data, headers=HTMX))
    assert (part.status, part.is_fragment) == (422, True)
    db.session.refresh(request_)
    assert request_.leader == cast.femi


def test_the_team_takes_it_back_and_the_card_returns_to_planning(cast, signed_in, visit, request_):
    amaras = signed_in(cast.amara)
    form = f"#sign-off-{request_.id}-back form"
    sent = visit(path(request_.idea), by=amaras).fields(form) | {"reason": "We found a better test."}
    answer = amaras.post(f"/sign-offs/{request_.id}/withdrawal", data=sent)
    assert (answer.status_code, answer.location) == (303, path(request_.idea))
    assert amaras.post(f"/sign-offs/{request_.id}/withdrawal", data=sent).status_code == 303
    db.session.refresh(request_)
    assert request_.is_withdrawn
    assert request_.withdrawn_by == cast.amara
    assert request_.idea.stage is Stage.PLANNING
    assert kinds(request_.idea).count(events.Kind.SIGN_OFF_TAKEN_BACK) == 1


def test_taking_back_needs_a_word_why_and_once_is_enough(cast, signed_in, request_):
    femis = signed_in(cast.femi)
    answer = femis.post(f"/sign-offs/{request_.id}/withdrawal", data={"reason": "  "})
    assert answer.status_code == 422
    assert Page.of(answer).one(f"#sign-off-{request_.id}-back details[open]")
    part = femis.post(f"/sign-offs/{request_.id}/withdrawal", data={"reason": ""}, headers=HTMX)
    assert (part.status_code, Page.of(part).is_fragment) == (422, True)
    assert femis.post(f"/sign-offs/{request_.id}/withdrawal", data={"reason": "Not ours."}).status_code == 303
    again = femis.post(f"/sign-offs/{request_.id}/withdrawal", data={"reason": "Once more."})
    assert again.status_code == 409
    assert "This request was taken back" in Page.of(again).text()
    sent_on = femis.post(f"/sign-offs/{request_.id}/leader", data={"leader": cast.ruth.id, "reason": "Leave"})
    assert sent_on.status_code == 409


def test_who_did_not_ask_and_does_not_lead_there_neither_sends_on_nor_takes_back(cast, signed_in, request_):
    for outsider in (cast.tomas, cast.gwen, cast.ada, cast.sol, cast.mina):
        client = signed_in(outsider)
        for headers in ({}, HTMX):
            sent_on = client.post(
                f"/sign-offs/{request_.id}/leader", data={"leader": cast.ruth.id, "reason": "x"}, headers=headers
            )
            back = client.post(f"/sign-offs/{request_.id}/withdrawal", data={"reason": "x"}, headers=headers)
            assert (sent_on.status_code, back.status_code) == (403, 403), outsider.name
    db.session.refresh(request_)
    assert request_.is_open


def test_a_request_whose_leader_has_left_says_that_others_may_take_it(cast, signed_in, visit, request_):
    people.leave(cast.femi.memberships[0])
    words = visit(path(request_.idea), by=signed_in(cast.ruth)).text("main")
    assert "Femi A. may not answer this any more. Any leader of Northmere Hospitals" in words
    assert "Take it over" in words


def test_an_overdue_request_says_so_to_everybody(cast, signed_in, visit, request_):
    with clock.at(dt.datetime(2026, 12, 8, 0, 1, tzinfo=clock.LONDON)):
        words = visit(path(request_.idea), by=signed_in(cast.tomas)).text("main")
    assert "Overdue by 1 day" in words
    assert "No answer came by Monday 7 December" in words


def test_the_statements_do_not_grow_with_the_rows(cast, signed_in, visit, request_):
    idea, tomas = request_.idea, signed_in(cast.tomas)
    few = statements(lambda: visit(path(idea), by=tomas))
    for n, person in enumerate((cast.tomas, cast.dele, cast.sol, cast.gwen, cast.ada)):
        steps.add(idea, f"Step {n}", by=cast.amara)
        made = measures.add(idea, name=f"Wait {n}", unit="minutes", direction=Direction.LOWER, by=cast.amara)
        readings.enter(made, taken_on=clock.today(), value=n, by=cast.amara)
        teams.accept(teams.ask_in(idea, person, by=cast.amara), by=person)
    db.session.commit()
    assert statements(lambda: visit(path(idea), by=tomas)) <= few + 3, "a supplier, whom else to ask, new limits"


def statements(act):
    """How many statements an act sends to the database."""
    sent = []

    def count(connection, cursor, statement, *rest):
        sent.append(statement)

    engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        act()
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)
    return len(sent)
