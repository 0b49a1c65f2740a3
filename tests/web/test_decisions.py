"""Deciding: what the leader sends, what comes of it, and all the ways in which it is not taken."""

from __future__ import annotations

import datetime as dt

import pytest

from ideas import clock
from ideas.db import db
from ideas.domain import cases, checks, events, people, readings, screening, sign_off, sponsors, steps, teams
from ideas.models import Answer, CheckState, Outcome, PledgeKind, Role, Stage
from tests import factories
from tests.helpers.page import Page

pytestmark = pytest.mark.usefixtures("on_a_monday")

HTMX = {"HX-Request": "true"}
KEY = "a-key-of-this-form"


@pytest.fixture
def to_adopt(cast):
    """Femi has been asked to make it the way they work."""
    made = sign_off.ask(factories.ready_to_adopt(cast), cast.femi, by=cast.amara)
    db.session.commit()
    return made


@pytest.fixture
def with_a_check(cast):
    """Femi has been asked, and clinical safety is still open."""
    idea = factories.ready_to_ask(cast)
    answers = screening.none_of_these() | {"care": Answer.YES}
    screening.answer(idea, answers, by=cast.amara, version=idea.version)
    made = sign_off.ask(idea, cast.femi, by=cast.amara)
    db.session.commit()
    return made


def whole(request, **fields):
    version = cases.version(request.idea, request.gate)
    sent = {"outcome": "approve", "version": version, "no_interest": "y", "ends_on": "2027-01-18"} | fields
    return {name: value for name, value in sent.items() if value is not None}


def decide(client, request, headers=None, **fields):
    return client.post(f"/sign-offs/{request.id}/decision", data=whole(request, **fields), headers=headers)


def fresh(request):
    db.session.expire_all()
    return request


def test_yes_moves_the_card_to_trying_at_once(cast, signed_in, visit, request_):
    femis = signed_in(cast.femi)
    page = visit(f"/ideas/{request_.idea.ref}/sign-off", by=femis)
    sent = page.fields("form.decide") | {"outcome": "approve", "no_interest": "y", "condition_while": "Count weekly."}
    answer = femis.post(f"/sign-offs/{request_.id}/decision", data=sent)
    assert (answer.status_code, answer.location) == (303, f"/ideas/{request_.idea.ref}/sign-off")
    decision = fresh(request_).decision
    assert (decision.outcome, decision.decided_by) == (Outcome.APPROVE, cast.femi)
    assert (decision.ends_on, decision.condition_while) == (dt.date(2027, 1, 18), "Count weekly.")
    idea = request_.idea
    assert (idea.stage, idea.trial_ends_on, idea.due_on) == (Stage.TRYING, decision.ends_on, decision.ends_on)
    assert events.Kind.SIGN_OFF_APPROVED in [event.kind for event in idea.events]
    shown = visit(answer.location, by=femis)
    assert "You said yes" in shown.text("#notices")
    assert shown.text("main p a[href='/']") == "Back to your desk"
    assert not visit(answer.location, by=signed_in(cast.amara)).all("main p a[href='/']")
    assert shown.one(f'meta[name=accepted][content="decision-{request_.id}"]'), "the kept words may go now"


def test_not_yet_returns_it_to_planning_with_its_list(cast, signed_in, request_):
    answer = decide(signed_in(cast.femi), request_, outcome="not_yet", would_change="Ask two families.\nName cover.")
    assert answer.status_code == 303
    assert fresh(request_).decision.would_change == "Ask two families.\nName cover."
    assert request_.decision.ends_on is None, "the end date that stood in the form belongs to a yes"
    assert request_.idea.stage is Stage.PLANNING


def test_no_stops_it_with_the_first_lesson(cast, signed_in, request_):
    femis = signed_in(cast.femi)
    answer = decide(femis, request_, outcome="no", reason="No cover.", would_change="A second pharmacist.")
    assert answer.status_code == 303
    assert fresh(request_).idea.stage is Stage.STOPPED
    assert request_.idea.lessons[0].text == "No cover.\n\nWhat would change it: A second pharmacist."


def test_no_with_a_smaller_yes_returns_it_to_planning_with_that_test(cast, signed_in, request_):
    answer = decide(signed_in(cast.femi), request_, outcome="no", reason="Too big.", smaller_yes="One day, one bay.")
    assert answer.status_code == 303
    assert fresh(request_).idea.stage is Stage.PLANNING
    assert request_.idea.plan.smallest_test == "One day, one bay."


def test_yes_to_adopt_makes_it_the_way_we_work(cast, signed_in, to_adopt):
    assert decide(signed_in(cast.femi), to_adopt, ends_on=None).status_code == 303
    assert fresh(to_adopt).idea.stage is Stage.ADOPTED
    assert to_adopt.decision.ends_on is None


def test_not_yet_to_adopt_keeps_it_in_trying_with_a_new_end_date(cast, signed_in, to_adopt):
    femis = signed_in(cast.femi)
    missing = decide(femis, to_adopt, outcome="not_yet", would_change="Count nights too.", ends_on="")
    assert missing.status_code == 422
    assert "Say on which day it ends" in Page.of(missing).text("#decision .nhsuk-error-summary")
    answer = decide(femis, to_adopt, outcome="not_yet", would_change="Count nights too.", ends_on="2027-03-01")
    assert answer.status_code == 303
    assert (fresh(to_adopt).idea.stage, to_adopt.idea.trial_ends_on) == (Stage.TRYING, dt.date(2027, 3, 1))


def test_one_key_sent_twice_is_one_decision_and_the_same_answer(cast, signed_in, request_):
    femis = signed_in(cast.femi)
    sent = whole(request_, key=KEY)
    answers = [femis.post(f"/sign-offs/{request_.id}/decision", data=sent) for _ in range(2)]
    assert [(a.status_code, a.location) for a in answers] == [(303, f"/ideas/{request_.idea.ref}/sign-off")] * 2
    kinds = [event.kind for event in fresh(request_).idea.events]
    assert kinds.count(events.Kind.SIGN_OFF_APPROVED) == 1


def test_htmx_gets_an_address_to_go_to_or_the_part_that_was_refused(cast, signed_in, request_):
    femis = signed_in(cast.femi)
    refused = decide(femis, request_, headers=HTMX, no_interest=None)
    part = Page.of(refused)
    assert (refused.status_code, part.is_fragment) == (422, True)
    assert part.one("#decision form.decide")
    done = decide(femis, request_, headers=HTMX)
    assert (done.status_code, done.headers["HX-Redirect"]) == (204, f"/ideas/{request_.idea.ref}/sign-off")


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"outcome": None}, "outcome", "Choose your answer"),
        ({"outcome": "perhaps"}, "outcome", "Choose one of the answers given"),
        ({"outcome": "APPROVE"}, "outcome", "Choose one of the answers given"),
        ({"no_interest": None}, "no_interest", "Tick this if it is so"),
        ({"no_interest": "n"}, "no_interest", "Tick this if it is so"),
        ({"ends_on": ""}, "ends_on", "Say on which day it ends"),
        ({"ends_on": None}, "ends_on", "Say on which day it ends"),
        ({"ends_on": "soon"}, "ends_on", "This is not a day in the calendar"),
        ({"ends_on": "2026-11-23"}, "ends_on", "It must be after today"),
        ({"ends_on": "2028-11-23"}, "ends_on", "within a year"),
        ({"outcome": "not_yet"}, "would_change", "Say what would make it a yes"),
        ({"outcome": "not_yet", "would_change": " \n\x00"}, "would_change", "Say what would make it a yes"),
        ({"outcome": "no"}, "reason", "Say why"),
        ({"outcome": "no", "reason": "x" * 4001}, "reason", "Make this shorter"),
        ({"condition_while": "x" * 1001}, "condition_while", "Make this shorter"),
        ({"outcome": "no", "reason": "Like 943 476 5919."}, "reason", "NHS number"),
        ({"checks": "first"}, "checks", ""),
        ({"checks": "999999"}, "checks", "Choose checks of this idea"),
    ],
)
def test_an_answer_that_is_not_whole_is_422_with_every_word_kept(cast, signed_in, request_, fields, field, words):
    kept = {"would_change": "Kept.", "smaller_yes": "Kept too."} | fields
    if fields.get("outcome") == "not_yet":
        kept = fields | {"smaller_yes": "Kept too."}
    answer = decide(signed_in(cast.femi), request_, **kept)
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.title.startswith("Error: ")
    assert words in page.text("#decision .nhsuk-error-summary")
    assert page.fields("form.decide")["smaller_yes"] == "Kept too."
    assert fresh(request_).is_open
    assert request_.idea.stage is Stage.SIGN_OFF


def test_everything_that_is_missing_is_said_at_once(cast, signed_in, request_):
    answer = decide(signed_in(cast.femi), request_, outcome="no", no_interest=None)
    summary = Page.of(answer).text("#decision .nhsuk-error-summary")
    assert "Say why" in summary
    assert "Tick this if it is so" in summary


def test_a_date_of_birth_is_questioned_once(cast, signed_in, request_):
    femis = signed_in(cast.femi)
    sent = {"outcome": "no", "reason": "As with Mrs Grey in bed 4."}
    assert decide(femis, request_, **sent).status_code == 422
    assert decide(femis, request_, **sent, checked_details="y").status_code == 303


def test_a_case_that_changed_since_it_was_read_is_409_with_what_changed_and_the_words_kept(
    cast, signed_in, visit, request_
):
    femis = signed_in(cast.femi)
    sent = whole(request_, outcome="no", reason="Who watches at night?")
    request_.idea.plan.stop_rule = "Two wrong doses."
    db.session.commit()
    for headers in ({}, HTMX):
        answer = femis.post(f"/sign-offs/{request_.id}/decision", data=sent, headers=headers)
        page = Page.of(answer)
        assert answer.status_code == 409
        assert page.is_fragment is bool(headers)
        assert "What would stop it Now: Two wrong doses. When it was asked: One wrong dose after a call." in page.text(
            "#decision .nhsuk-error-summary"
        )
        assert fresh(request_).is_open
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#decision", "outerHTML")
    again = page.fields("form.decide")
    assert again["reason"] == "Who watches at night?"
    assert again["version"] == cases.version(request_.idea, request_.gate) != sent["version"]
    assert femis.post(f"/sign-offs/{request_.id}/decision", data=again).status_code == 303


def test_a_change_that_was_taken_back_again_says_so(cast, signed_in, request_):
    answer = decide(signed_in(cast.femi), request_, version="0123456789abcdef")
    assert answer.status_code == 409
    assert "It is again as it was when you were asked" in Page.of(answer).text()


@pytest.mark.parametrize("version", [None, "", "1", "x" * 5000, "\x00"])
def test_a_version_that_is_missing_or_odd_is_409(cast, signed_in, request_, version):
    answer = decide(signed_in(cast.femi), request_, version=version)
    assert answer.status_code == 409
    assert fresh(request_).is_open


def test_ticking_a_step_does_not_make_the_case_another(cast, signed_in, request_):
    sent = whole(request_)
    steps.tick(request_.idea.steps[0], by=cast.amara)
    sponsors.ask(request_.idea, cast.mina, by=cast.amara)
    db.session.commit()
    assert signed_in(cast.femi).post(f"/sign-offs/{request_.id}/decision", data=sent).status_code == 303


def test_the_second_answer_is_told_who_decided_and_what(cast, signed_in, request_):
    femis = signed_in(cast.femi)
    sent = whole(request_)
    assert femis.post(f"/sign-offs/{request_.id}/decision", data=sent).status_code == 303
    for headers in ({}, HTMX):
        second = femis.post(
            f"/sign-offs/{request_.id}/decision", data=sent | {"outcome": "no", "reason": "No."}, headers=headers
        )
        assert second.status_code == 409
        assert "Femi A. answered this on 23 November 2026: yes. That stands." in Page.of(second).text()
    assert fresh(request_).decision.outcome is Outcome.APPROVE


def test_an_open_check_must_be_made_a_condition(cast, signed_in, visit, with_a_check):
    idea, femis = with_a_check.idea, signed_in(cast.femi)
    check = next(c for c in idea.checks if c.kind == "clinical_safety")
    page = visit(f"/ideas/{idea.ref}/sign-off", by=femis)
    assert "Clinical safety. Nobody has been asked yet. Make it a condition, or say not yet." in page.text("aside")
    for headers in ({}, HTMX):
        left = decide(femis, with_a_check, headers=headers, condition_while="Count weekly.")
        assert left.status_code == 409
        page = Page.of(left)
        assert page.one(f'#decision a[href="/ideas/{idea.ref}/plan#check-{check.id}"]')
        assert page.fields("form.decide")["condition_while"] == "Count weekly."
    ids = [c.id for c in fresh(with_a_check).idea.checks]
    assert decide(femis, with_a_check, checks=ids).status_code == 303
    assert fresh(with_a_check).idea.stage is Stage.TRYING
    assert {c.condition_of for c in idea.checks} == {with_a_check.decision}
    record = visit(f"/ideas/{idea.ref}/sign-off", by=femis).text(f"#sign-off-{with_a_check.id}")
    assert "Checks made conditions while it runs Clinical safety" in record


def test_not_yet_needs_no_check(cast, signed_in, with_a_check):
    assert decide(signed_in(cast.femi), with_a_check, outcome="not_yet", would_change="Ask Priya.").status_code == 303
    assert {c.condition_of for c in fresh(with_a_check).idea.checks} == {None}


def test_a_settled_check_stands_with_whose_word_it_is(cast, signed_in, visit, with_a_check):
    for check in with_a_check.idea.checks:
        checks.record(check, CheckState.DONE, by=cast.amara, answer="Fine for two bays.")
    page = visit(f"/ideas/{with_a_check.idea.ref}/sign-off", by=signed_in(cast.femi))
    assert "The team says, 23 Nov: done. “Fine for two bays.”" in page.text("aside")
    assert decide(signed_in(cast.femi), with_a_check).status_code == 303


def test_what_was_taken_away_since_it_was_asked_stands_in_the_way_of_a_yes_alone(cast, signed_in, to_adopt):
    reading = to_adopt.idea.measures[0].readings[0]
    readings.take_out(reading, by=cast.amara, version=reading.version)
    db.session.commit()
    femis = signed_in(cast.femi)
    answer = decide(femis, to_adopt, ends_on=None)
    assert answer.status_code == 409
    assert "Add a measure with a reading" in Page.of(answer).text("#decision")
    assert fresh(to_adopt).idea.stage is Stage.TRYING
    assert decide(femis, to_adopt, outcome="no", reason="Nothing was counted.").status_code == 303


def loses_the_membership(cast, idea):
    people.leave(cast.femi.memberships[0])


def is_a_member_only(cast, idea):
    people.leave(cast.femi.memberships[0])
    people.join(cast.femi, cast.northmere, job="adviser", role=Role.MEMBER)


def leads_elsewhere(cast, idea):
    people.leave(cast.femi.memberships[0])
    people.join(cast.femi, cast.willow_bank, job="director", role=Role.LEADER)


def joins_a_supplier(cast, idea):
    people.join(cast.femi, cast.lantern, job="adviser", role=Role.MEMBER)


def joins_the_team(cast, idea):
    teams.accept(teams.ask_in(idea, cast.femi, by=cast.amara), by=cast.femi)


def was_in_the_team(cast, idea):
    member = teams.accept(teams.ask_in(idea, cast.femi, by=cast.amara), by=cast.femi)
    member.ended_at = clock.now()


def carries_it(cast, idea):
    teams.accept(teams.ask_to_own(idea, cast.femi, by=cast.amara), by=cast.femi)


def sponsors_it(cast, idea):
    asked = sponsors.ask(idea, cast.femi, by=cast.amara)
    sponsors.accept(asked, by=cast.femi, kind=PledgeKind.COVER, note="A day")


def is_taken_over(cast, idea):
    sign_off.take_over(idea.open_sign_off, by=cast.ruth)


def is_sent_on(cast, idea):
    sign_off.send_on(idea.open_sign_off, cast.ruth, by=cast.amara, reason="Leave")


LOSSES = [
    loses_the_membership, is_a_member_only, leads_elsewhere, joins_a_supplier, joins_the_team, was_in_the_team,
    carries_it, sponsors_it, is_taken_over, is_sent_on,
]  # fmt: skip


@pytest.mark.parametrize("loses", LOSSES, ids=lambda loss: loss.__name__)
def test_a_right_lost_between_page_and_click_is_403_and_nothing_is_done(cast, signed_in, visit, request_, loses):
    femis = signed_in(cast.femi)
    sent = visit(f"/ideas/{request_.idea.ref}/sign-off", by=femis).fields("form.decide")
    sent |= {"outcome": "approve", "no_interest": "y"}
    loses(cast, request_.idea)
    db.session.commit()
    # Who belongs nowhere any more reads nothing.
    gone = not cast.femi.active_memberships
    page = visit(f"/ideas/{request_.idea.ref}/sign-off", by=femis, status=404 if gone else 200)
    assert not page.all("form.decide")
    for headers in ({}, HTMX):
        answer = femis.post(f"/sign-offs/{request_.id}/decision", data=sent, headers=headers)
        assert answer.status_code == (404 if gone else 403)
    assert fresh(request_).is_open
    assert request_.idea.stage is Stage.SIGN_OFF
    assert request_.decision is None


@pytest.mark.parametrize("who", ["amara", "ben", "ruth", "tomas", "ada", "gwen", "dele", "sol", "lena", "mina"])
def test_nobody_but_the_named_leader_decides(cast, signed_in, visit, request_, who):
    client = signed_in(getattr(cast, who))
    assert not visit(f"/ideas/{request_.idea.ref}/sign-off", by=client).all("form.decide")
    for headers in ({}, HTMX):
        assert decide(client, request_, headers=headers).status_code == 403
    assert fresh(request_).is_open


def test_after_taking_it_over_the_other_leader_decides(cast, signed_in, request_):
    ruths = signed_in(cast.ruth)
    ruths.post(f"/sign-offs/{request_.id}/leader", data={"leader": cast.ruth.id})
    assert decide(ruths, request_).status_code == 303
    assert fresh(request_).decision.decided_by == cast.ruth


def test_a_request_of_a_draft_or_of_nothing_is_404(cast, signed_in, client):
    femis = signed_in(cast.femi)
    assert femis.post("/sign-offs/999999/decision", data={}).status_code == 404
    assert femis.get("/sign-offs/1/decision").status_code in (404, 405)
    assert client.post("/sign-offs/1/decision", data={}).status_code == 419


def test_a_form_that_is_not_ours_is_refused(cast, signed_in, request_):
    answer = signed_in(cast.femi).post(f"/sign-offs/{request_.id}/decision", data=whole(request_), csrf=False)
    assert answer.status_code == 419
    assert fresh(request_).is_open


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_a_number_that_no_request_can_have_is_404(cast, signed_in, number):
    femis = signed_in(cast.femi)
    for act in ("decision", "leader", "withdrawal"):
        assert femis.post(f"/sign-offs/{number}/{act}", data={}).status_code == 404


def test_a_condition_that_cannot_be_kept_is_refused_and_not_left_out(cast, signed_in, request_):
    answer = decide(signed_in(cast.femi), request_, condition_before="The patient is asked whom to ring.")
    assert answer.status_code == 422
    assert "What must be so before it starts is a not yet" in answer.get_data(as_text=True)
    assert request_.is_open
