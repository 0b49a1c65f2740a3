"""Cycles on the evidence's page: folded away until wanted, then one small form for each step."""

from __future__ import annotations

import datetime as dt

from ideas import clock
from ideas.db import db
from ideas.domain import cycles, events, measures, readings
from ideas.models import CycleEnd, Direction, Foresight
from tests import factories
from tests.helpers.page import Page, broken_rules
from tests.helpers.statements import counted


def test_a_team_goes_round_once_and_everybody_reads_what_it_taught(cast, signed_in, visit):
    with clock.at(clock.today() - dt.timedelta(days=14)):
        idea = factories.in_trying(cast)
    db.session.commit()
    page, amara, femi = f"/ideas/{idea.ref}/evidence", signed_in(cast.amara), signed_in(cast.femi)
    assert visit(page, by=amara).text("#cycles a") == "Plan the first cycle"
    assert not visit(page, by=femi).all("#cycles")

    def take(address, **said):
        fields = visit(address, by=amara).fields("main form") | said
        for _ in range(2):
            assert amara.post(address, data=fields).location == f"{page}#cycles"

    take(f"/ideas/{idea.ref}/cycles", attempt="Two bays, one doctor.", prediction="Five of six by four.")
    cycle = f"/cycles/{cycles.open_one(idea).id}"
    shown = visit(f"{cycle}/start", by=amara)
    assert "Nobody can change it" in shown.text("main")
    assert shown.fields("main form")["started_on"] == clock.today().isoformat()
    take(f"{cycle}/start", started_on=(clock.today() - dt.timedelta(days=7)).isoformat())
    visit(f"{cycle}/edit", by=amara, status=409)
    take(f"{cycle}/report", happened="Four of six.")
    take(f"{cycle}/study", foresight="partly", learned="Friday needs a list.")
    take(f"{cycle}/act", ended_as="adopt")

    read = visit(page, by=femi).text("#cycles")
    for words in (
        "Two bays, one doctor.",
        "Five of six by four.",
        "Partly as we thought",
        "Friday needs a list.",
        "Kept",
    ):
        assert words in read
    assert not visit(page, by=femi).all("#cycles a")
    db.session.expire_all()
    assert sum(event.kind.startswith("cycle.") for event in idea.events) == 5
    assert events.sentence(idea.events[-1]) == "Amara O. ended cycle 1, kept"


def test_a_step_without_words_keeps_what_was_typed_and_says_what_is_missing(cast, signed_in, visit):
    idea = factories.in_trying(cast)
    cycle = cycles.plan(idea, attempt="Two bays.", prediction="Five of six.", by=cast.amara)
    db.session.commit()
    amara = signed_in(cast.amara)
    fields = visit(f"/cycles/{cycle.id}/start", by=amara).fields("main form") | {"started_on": "tomorrow"}
    refused = amara.post(f"/cycles/{cycle.id}/start", data=fields)
    assert refused.status_code == 422
    assert "tomorrow" in refused.text
    assert amara.get(f"/cycles/{cycle.id}/study").status_code == 409
    fields = visit(f"/cycles/{cycle.id}/edit", by=amara).fields("main form") | {"attempt": ""}
    refused = amara.post(f"/cycles/{cycle.id}", data=fields)
    assert refused.status_code == 422
    assert "Say what you will try" in refused.text
    assert "Five of six." in refused.text


def test_of_two_who_plan_a_cycle_otherwise_the_second_sees_what_the_first_wrote(cast, signed_in, visit):
    idea = factories.in_trying(cast)
    cycle = cycles.plan(idea, attempt="Two bays.", prediction="Five of six.", by=cast.amara)
    db.session.commit()
    page, amara = f"/cycles/{cycle.id}", signed_in(cast.amara)
    early = visit(f"{page}/edit", by=amara).fields("main form")
    assert amara.post(page, data=early | {"attempt": "Three bays."}).status_code == 303

    late = amara.post(page, data=early | {"prediction": "All of them."})
    shown = Page.of(late)
    assert late.status_code == 409
    assert not broken_rules(shown), broken_rules(shown)
    assert "As it is now Three bays." in shown.text("main form")
    again = shown.fields("main form")
    assert (again["attempt"], again["prediction"]) == ("Two bays.", "All of them.")
    assert amara.post(page, data=again | {"attempt": "Three bays."}).status_code == 303
    db.session.expire_all()
    assert (cycle.attempt, cycle.prediction) == ("Three bays.", "All of them.")


def test_the_chart_marks_the_day_on_which_a_cycle_began_and_more_cycles_are_no_more_statements(cast, signed_in, visit):
    idea = factories.in_trying(cast)
    wait = measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    for days in range(20):
        readings.enter(wait, taken_on=clock.today() - dt.timedelta(days=days), value=days % 5, by=cast.amara)
    first = _whole(idea, cast)
    db.session.commit()
    amara = signed_in(cast.amara)
    with counted() as one:
        page = visit(f"/ideas/{idea.ref}/evidence", by=amara)
    assert f"Cycle {first.number} began: Two bays." in page.text("main")
    for _ in range(3):
        _whole(idea, cast)
    db.session.commit()
    with counted() as four:
        visit(f"/ideas/{idea.ref}/evidence", by=amara)
    assert len(four) == len(one)


def _whole(idea, cast):
    cycle = cycles.plan(idea, attempt="Two bays.", prediction="Five of six.", by=cast.amara)
    cycles.start(cycle, started_on=clock.today(), by=cast.amara)
    cycles.report(cycle, happened="Four.", by=cast.amara)
    cycles.study(cycle, foresight=Foresight.NOT, learned="Much.", by=cast.amara)
    return cycles.act(cycle, ended_as=CycleEnd.ADAPT, by=cast.amara)


def test_a_plan_that_nobody_needs_is_taken_out_after_a_question(cast, signed_in, visit):
    idea = factories.in_trying(cast)
    cycle = cycles.plan(idea, attempt="Two bays.", prediction="Five of six.", by=cast.amara)
    db.session.commit()
    amaras, evidence = signed_in(cast.amara), f"/ideas/{idea.ref}/evidence"
    to = f"/cycles/{cycle.id}/removal"
    assert visit(evidence, by=amaras).all(f"#cycles a[href='{to}']")
    response = amaras.post(to, data=visit(to, by=amaras).fields("main form"))
    assert (response.status_code, response.location) == (303, f"{evidence}#cycles")
    page = visit(evidence, by=amaras)
    assert "The cycle is taken out." in page.text() and "Five of six." not in page.text("main")
    assert amaras.get(to).status_code == 404
