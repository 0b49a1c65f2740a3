"""The evidence's page: measures, readings, and what the team says came of it."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import cycles, events, happenings, measures, moves, readings, rebases, sign_off
from ideas.models import Audience, Direction, FeltRound, MeasureKind, Moment, Reading, Stage
from tests import factories
from tests.domain import simulation
from tests.helpers.page import refusal
from tests.helpers.statements import counted

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_a_monday():
    with clock.at(TODAY):
        yield


@pytest.fixture
def measure(cast):
    idea = factories.in_planning(cast)
    made = measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    db.session.commit()
    return made


def evidence(idea):
    return f"/ideas/{idea.ref}/evidence"


def ago(days):
    return TODAY - dt.timedelta(days=days)


def told(idea):
    db.session.expire_all()
    return events.sentence(idea.events[-1])


def test_an_empty_page_says_what_to_do_to_whom(cast, signed_in, visit):
    idea = factories.in_planning(cast)
    db.session.commit()
    page = visit(evidence(idea), by=signed_in(cast.amara))
    assert "One number, counted the same way before and since" in page.text("main")
    assert page.all(f"details[open] form[action='/ideas/{idea.ref}/measures']")
    page = visit(evidence(idea), by=signed_in(cast.femi))
    assert "The team has not said yet what it counts." in page.text("main")
    assert "The team has not said yet." in page.text("#result")
    assert not page.all("main form")


def test_a_measure_is_added_once_however_often_it_is_sent(cast, signed_in, visit):
    idea = factories.in_planning(cast)
    db.session.commit()
    amaras = signed_in(cast.amara)
    sent = visit(evidence(idea), by=amaras).fields(f"form[action='/ideas/{idea.ref}/measures']")
    sent |= {"name": "Wait", "unit": "minutes", "direction": "lower"}
    for _ in range(2):
        assert amaras.post(f"/ideas/{idea.ref}/measures", data=sent).status_code == 303
    assert told(idea) == "Amara O. added a measure: Wait"
    assert [(made.name, made.unit, made.direction) for made in idea.measures] == [("Wait", "minutes", Direction.LOWER)]
    assert "In minutes, once a week. Lower is less bad." in visit(evidence(idea), by=amaras).text("main")


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"unit": ""},
        {"unit": "x" * 61},
        {"direction": ""},
        {"direction": "up"},
        {"name": "wait"},
    ],
)
def test_a_measure_that_makes_no_sense_keeps_what_was_typed(cast, measure, signed_in, fields):
    sent = {"name": "Calls", "unit": "calls a day", "direction": "lower", **fields}
    page = refusal(signed_in(cast.amara).post(f"/ideas/{measure.idea.ref}/measures", data=sent))
    assert page.all(".nhsuk-error-summary")
    assert page.one("#new-measure-unit").attrs["value"] == sent["unit"]
    db.session.expire_all()
    assert len(measure.idea.measures) == 1


def test_the_change_day_is_set_by_hand_with_a_reason_and_the_table_shows_it(cast, measure, signed_in, visit):
    for days, value in ((9, 8.2), (5, 1250), (1, 3)):
        readings.enter(measure, taken_on=ago(days), value=value, by=cast.amara)
    db.session.commit()
    amaras = signed_in(cast.amara)
    edit = f"/measures/{measure.id}/edit"
    assert visit(evidence(measure.idea), by=amaras).all(f"a[href='{edit}']")
    day = visit(edit, by=amaras).fields("form[action$='/change-day']") | {"changed_on": ago(5).isoformat()}
    page = refusal(amaras.post(f"/measures/{measure.id}/change-day", data=day))
    assert page.one("#day-changed_on").attrs["value"] == ago(5).isoformat()

    response = amaras.post(f"/measures/{measure.id}/change-day", data=day | {"reason": "The list came late."})

    assert (response.status_code, response.location) == (303, f"{evidence(measure.idea)}#measure-{measure.id}")
    assert "for Wait the change counts from 18 November 2026: The list came late." in told(measure.idea)
    page = visit(evidence(measure.idea), by=signed_in(cast.femi))
    assert "The team says that the change counts from Wednesday 18 November: The list came late." in page.text("main")
    assert page.text("table") == (
        "Readings: Too few readings: Wait, in minutes Day Minutes What the chart says 14 Nov 8.2 Usual ups and downs "
        "18 Nov (change started) 1,250 Usual ups and downs 22 Nov 3 Usual ups and downs"
    )


def test_nothing_is_judged_before_the_change_has_started(cast, measure, signed_in, visit):
    readings.enter(measure, taken_on=ago(5), value=1, by=cast.amara)
    db.session.commit()
    page = visit(evidence(measure.idea), by=signed_in(cast.amara))
    assert not page.all(".verdict, .ruling")
    assert "The change has not started yet." in page.text("main")
    assert page.all("svg.chart--wide") and page.all("svg.chart--narrow")


def test_the_verdict_stands_beside_what_the_team_says_and_what_became_worse(cast, measure, signed_in, visit):
    idea = measure.idea
    calls = measures.add(
        idea, name="Calls at night", unit="calls", direction=Direction.LOWER, kind=MeasureKind.BALANCING, by=cast.amara
    )
    for each in (measure, calls):
        measures.change(each, changed_on=ago(56), reason="It began then.", by=cast.amara)
    for week in range(16):
        was = week >= 8
        readings.enter(measure, taken_on=ago(7 * week), value=(40 if was else 20) + week % 3, by=cast.amara)
        readings.enter(calls, taken_on=ago(7 * week), value=(2 if was else 9) + week % 3, by=cast.amara)
    measures.state_result(idea, "It is worse for everybody.", by=cast.amara, version=idea.version)
    db.session.commit()
    named = [form.attrs["aria-label"] for form in visit(evidence(idea), by=signed_in(cast.amara)).all("form.reading")]
    assert named == ["Add a reading: Wait", "Add a reading: Calls at night"]
    page = visit(evidence(idea), by=signed_in(cast.femi))
    assert page.text(".ruling h2") == "Less bad"
    assert "Worse: Calls at night." in page.text(".ruling")
    assert "It is worse for everybody." in page.text("#result") and "The chart says Less bad" in page.text("#result")
    assert "differ" not in page.text("#result")
    assert "Worse The mean was" in page.text(f"#measure-{calls.id}")


def test_an_idea_that_is_tried_again_says_from_which_start_the_change_counts(cast, signed_in, visit):
    with clock.at(dt.date(2026, 3, 3)):
        idea = factories.in_trying(cast)
    moves.move(idea, Stage.PLANNING, by=cast.amara, version=idea.version)
    factories.approve(sign_off.ask(idea, cast.femi, by=cast.amara), cast)
    wait = measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    readings.enter(wait, taken_on=ago(3), value=3, by=cast.amara)
    db.session.commit()
    amaras, edit = signed_in(cast.amara), f"/measures/{wait.id}/edit"
    page = visit(evidence(idea), by=amaras)
    assert "It was tried before, from Tuesday 3 March. The change counts from the newest start" in page.text("main")
    assert page.all(f"a[href='{edit}#change-day']")
    assert "It was tried before, from Tuesday 3 March: readings of that trial" in visit(edit, by=amaras).text("main")
    measures.change(wait, changed_on=dt.date(2026, 3, 3), reason="It never stopped.", by=cast.amara)
    db.session.commit()
    assert "newest start" not in visit(evidence(idea), by=amaras).text("main")


def test_a_rare_thing_is_entered_by_its_days(cast, signed_in, visit):
    idea = factories.in_planning(cast)
    db.session.commit()
    amaras = signed_in(cast.amara)
    sent = visit(evidence(idea), by=amaras).fields(f"form[action='/ideas/{idea.ref}/measures']")
    assert (
        amaras.post(f"/ideas/{idea.ref}/measures", data=sent | {"name": "Falls", "rhythm": "event"}).status_code == 303
    )
    falls = idea.measures[0]
    for day in ("2026-10-01", "2026-10-21"):
        assert amaras.post(f"/measures/{falls.id}/readings", data={"taken_on": day}).status_code == 303
    page = visit(evidence(idea), by=amaras)
    assert "21 Oct 20" in page.text("main")
    assert len(page.all("a[href^='/readings/'][href$='/edit']")) == 2
    assert told(idea) == "Amara O. entered a reading of Falls: once on 21 October 2026"
    assert visit(f"/readings/{falls.readings[0].id}/removal", by=amaras).text(".lead") == "Falls: Thursday 1 October"


def test_what_happened_and_new_limits_stand_on_the_chart_with_who_and_why(cast, measure, signed_in, visit):
    for day in range(1, 15):
        readings.enter(measure, taken_on=ago(day), value=9 if day < 8 else 5, by=cast.amara)
    db.session.commit()
    amaras, idea = signed_in(cast.amara), measure.idea
    notes = f"/ideas/{idea.ref}/happenings"
    sent = visit(notes, by=amaras).fields(f"form[action='{notes}']") | {"words": "New rota"}
    refusal(amaras.post(notes, data=sent | {"happened_on": ago(-1).isoformat()}))
    for _ in range(2):
        assert amaras.post(notes, data=sent | {"happened_on": ago(3).isoformat()}).status_code == 303
    edit = f"/measures/{measure.id}/edit"
    limits = visit(edit, by=amaras).fields("form[action$='/new-limits']") | {"starts_on": ago(7).isoformat()}
    assert refusal(amaras.post(f"/measures/{measure.id}/new-limits", data=limits)).all("#limits-reason[aria-invalid]")
    limits |= {"reason": "Porters count too"}
    assert amaras.post(f"/measures/{measure.id}/new-limits", data=limits).status_code == 303

    page = visit(evidence(idea), by=signed_in(cast.femi))

    assert page.text(".happenings") == "1 20 Nov : New rota"
    assert "New limits from Monday 16 November: Porters count too (Amara O.)" in page.text("main")
    assert "New limits begin on 16 Nov. Each side is judged on its own." in page.text("main")
    assert len(page.all("svg.chart--wide line.break")) == 1
    for path in (notes, edit):
        (form,) = visit(path, by=amaras).all("form[action$='/removal']")
        assert amaras.post(form.attrs["action"]).status_code == 303
    page = visit(evidence(idea), by=signed_in(cast.femi))
    assert not page.all(".happenings, line.break")


def test_chart_and_readings_are_downloaded_by_whoever_may_read_them(cast, measure, signed_in):
    measures.revise(measure, {"name": "=1+1 <wait>"}, by=cast.amara)
    for days, value in ((9, -8.25), (5, 1250)):
        readings.enter(measure, taken_on=ago(days), value=value, by=cast.amara)
    happenings.note(measure.idea, happened_on=ago(5), words="@New rota, “nights”", by=cast.amara)
    measures.change(measure, changed_on=ago(5), reason="It began then.", by=cast.amara)
    db.session.commit()
    femis = signed_in(cast.femi)

    table = femis.get(f"/measures/{measure.id}/table")
    picture = femis.get(f"/measures/{measure.id}/chart")

    assert table.get_data().decode("utf-8-sig").splitlines() == [
        'Day,"\'=1+1 <wait>, in minutes",Before the change or since,What the chart says,What happened',
        "2026-11-14,-8.25,before,Usual ups and downs,",
        '2026-11-18,1250,since,Usual ups and downs,"\'@New rota, “nights”"',
    ]
    for answer, ending in ((table, "csv"), (picture, "svg")):
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert f"{measure.idea.ref} =1+1 wait.{ending}" in answer.headers["Content-Disposition"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    root = ElementTree.fromstring(picture.get_data())  # noqa: S314 (our own)
    assert root.find("{http://www.w3.org/2000/svg}style") is not None
    assert "=1+1 <wait>" in "".join(root.itertext())


def test_how_we_decide_is_open_to_everybody_and_has_the_rates_of_the_document(visit):
    page = visit("/how-we-decide")
    assert "normal 6 + 4 9.2 1.1 0.9 14 55" in page.text("main")
    assert simulation.PAGE.read_text() == simulation.page(simulation.FILE.read_text())


def test_a_page_with_hard_numbers_and_thousands_of_readings_still_comes(cast, measure, signed_in, visit):
    rows = [
        {"measure_id": measure.id, "taken_on": ago(day), "value": day % 17 - 8.5, "entered_at": clock.now()}
        for day in range(10_000)
    ]
    db.session.execute(sa.insert(Reading), rows)
    huge = measures.add(measure.idea, name="Huge", unit="pounds", direction=Direction.LOWER, by=cast.amara)
    db.session.execute(
        sa.insert(Reading),
        [
            {"measure_id": huge.id, "taken_on": ago(1), "value": 1e308, "entered_at": clock.now()},
            {"measure_id": huge.id, "taken_on": ago(2), "value": -1e308, "entered_at": clock.now()},
        ],
    )
    db.session.commit()
    page = visit(evidence(measure.idea), by=signed_in(cast.amara))
    assert "The newest 400 of 10,000 readings are drawn." in page.text(f"#measure-{measure.id}")
    assert "One of the readings is too large to draw." in page.text(f"#measure-{huge.id}")
    assert page.all(f"#measure-{huge.id} a[href$='/edit'][href^='/readings/']")


def test_a_reading_is_entered_once_however_often_it_is_sent(cast, measure, signed_in, visit):
    amaras = signed_in(cast.amara)
    sent = visit(evidence(measure.idea), by=amaras).fields(f"form[action='/measures/{measure.id}/readings']")
    for _ in range(2):
        response = amaras.post(
            f"/measures/{measure.id}/readings", data=sent | {"taken_on": "2026-11-20", "value": "1,234.5"}
        )
        assert response.status_code == 303
    assert told(measure.idea) == "Amara O. entered a reading of Wait: 1,234.5 minutes on 20 November 2026"
    assert [reading.value for reading in measure.readings] == [1234.5]


def test_a_reading_far_from_all_others_is_kept_and_asked_about(cast, measure, signed_in, visit):
    for days, value in ((3, 38), (2, 40), (1, 45)):
        readings.enter(measure, taken_on=ago(days), value=value, by=cast.amara)
    db.session.commit()
    amara, page = signed_in(cast.amara), evidence(measure.idea)
    slip = {"taken_on": TODAY.isoformat(), "value": "400"}
    assert amara.post(f"/measures/{measure.id}/readings", data=slip).status_code == 303
    asked = "400 minutes is far from the others, 38 to 45. If that is a slip, put it right."
    assert asked in visit(page, by=amara).text(".nhsuk-notification-banner")
    for value, words in (("4", "4 minutes is far from"), ("41", "The reading is corrected.")):
        form = visit(f"/readings/{measure.readings[-1].id}/edit", by=amara).fields("main form[method=post]")
        amara.post(f"/readings/{measure.readings[-1].id}", data=form | {"value": value})
        said = visit(page, by=amara).text(".nhsuk-notification-banner")
        assert words in said
    assert "slip" not in said


@pytest.mark.parametrize(
    "fields",
    [
        {"taken_on": ""},
        {"taken_on": "2026-11-24"},
        {"taken_on": "1999-01-01"},
        {"taken_on": "last week"},
        {"taken_on": "2026-11-18"},
        {"value": ""},
        {"value": "many"},
        {"value": "nan"},
        {"value": "1e400"},
        {"value": "-1e400"},
        {"value": "99999999999999"},
        {"value": "1.23456"},
    ],
)
def test_a_reading_that_makes_no_sense_keeps_what_was_typed(cast, measure, signed_in, fields):
    readings.enter(measure, taken_on=ago(5), value=1, by=cast.amara)
    db.session.commit()
    sent = {"taken_on": "2026-11-20", "value": "12", **fields}
    page = refusal(signed_in(cast.amara).post(f"/measures/{measure.id}/readings", data=sent))
    assert page.all(".nhsuk-error-summary a")
    assert page.one(f"#measure-{measure.id}-value").attrs.get("value", "") == sent["value"]
    db.session.expire_all()
    assert len(measure.readings) == 1


def test_a_reading_is_taken_out_after_a_question(cast, measure, signed_in, visit):
    reading = readings.enter(measure, taken_on=dt.date(2026, 11, 20), value=8.2, by=cast.amara)
    db.session.commit()
    amaras = signed_in(cast.amara)
    address = f"/readings/{reading.id}/removal"
    assert visit(f"/readings/{reading.id}/edit", by=amaras).all(f"a[href='{address}']")
    page = visit(address, by=amaras)
    assert "Wait: 8.2 minutes on Friday 20 November" in page.text("main")
    assert len(measure.readings) == 1
    assert amaras.post(address, data=page.fields(f"form[action='{address}']")).status_code == 303
    assert told(measure.idea) == "Amara O. took out a reading of Wait: 8.2 minutes on 20 November 2026"
    assert measure.readings == []


def test_a_reading_is_corrected_and_everybody_sees_what_it_was(cast, measure, signed_in, visit):
    reading = readings.enter(measure, taken_on=dt.date(2026, 11, 20), value=1082.5, by=cast.amara)
    db.session.commit()
    amaras = signed_in(cast.amara)
    address = f"/readings/{reading.id}"
    assert visit(evidence(measure.idea), by=amaras).all(f"a[href='{address}/edit']")
    page = visit(f"{address}/edit", by=amaras)
    sent = page.fields(f"form[action='{address}']")
    assert (sent["taken_on"], sent["value"]) == ("2026-11-20", "1,082.5")
    page = refusal(amaras.post(address, data=sent | {"taken_on": "2026-11-24", "value": "82.5"}))
    assert page.one("#reading-value").attrs["value"] == "82.5"

    assert amaras.post(address, data=sent | {"value": "82.5"}).status_code == 303

    visit(evidence(measure.idea), by=amaras)
    femis = signed_in(cast.femi)
    page = visit(evidence(measure.idea), by=femis)
    corrections = f"/measures/{measure.id}/corrections"
    assert page.text(f"a[href='{corrections}']") == "1 reading was corrected or taken out : Wait"
    said = visit(corrections, by=femis).text("main ol")
    assert said.startswith("1,082.5 minutes on Friday 20 November became 82.5 minutes Amara O., 23 Nov")


@pytest.mark.parametrize("value", [10 / 3, 4e-8, 5e9])
def test_what_the_box_cannot_show_whole_stays_as_it_was(cast, measure, signed_in, visit, value):
    reading = readings.enter(measure, taken_on=dt.date(2026, 11, 20), value=value, by=cast.amara)
    db.session.commit()
    amaras, address = signed_in(cast.amara), f"/readings/{reading.id}"
    sent = visit(f"{address}/edit", by=amaras).fields(f"form[action='{address}']")
    assert amaras.post(address, data=sent | {"taken_on": "2026-11-19"}).status_code == 303
    db.session.expire_all()
    assert measure.series == [(dt.date(2026, 11, 19), value)]


def test_who_corrects_what_somebody_corrected_meanwhile_sees_theirs_and_keeps_their_own(
    cast, measure, signed_in, visit
):
    reading = readings.enter(measure, taken_on=ago(3), value=80, by=cast.amara)
    db.session.commit()
    amaras = signed_in(cast.amara)
    edit, removal = f"/readings/{reading.id}", f"/readings/{reading.id}/removal"
    sent = visit(f"{edit}/edit", by=amaras).fields("main form")
    gone = visit(removal, by=amaras).fields("main form")
    readings.correct(reading, taken_on=ago(3), value=8, by=cast.amara, version=1)
    db.session.commit()

    page = refusal(amaras.post(edit, data=sent | {"value": "9"}), 409)
    assert "Theirs stands" in page.text(".nhsuk-error-summary")
    assert "As it is now: 8 minutes on Friday 20 November" in page.text("main form")
    assert page.one("#reading-value").attrs["value"] == "9"
    again = page.fields("main form")
    page = refusal(amaras.post(removal, data=gone), 409)
    assert "Theirs stands" in page.text(".nhsuk-error-summary") and "8 minutes" in page.text(".lead")

    assert amaras.post(edit, data=again).status_code == 303
    db.session.expire_all()
    assert (reading.value, reading.version) == (9, 3)


def test_who_corrects_what_somebody_took_out_meanwhile_is_told_and_enters_it_anew(cast, measure, signed_in, visit):
    reading = readings.enter(measure, taken_on=ago(3), value=80, by=cast.amara)
    db.session.commit()
    amaras, address = signed_in(cast.amara), f"/readings/{reading.id}"
    sent = visit(f"{address}/edit", by=amaras).fields("main form") | {"value": "9"}
    readings.take_out(reading, by=cast.amara, version=1)
    db.session.commit()

    page = refusal(amaras.post(address, data=sent), 409)

    assert "You took this reading out, 23 Nov at 9.00 am" in page.text(".nhsuk-error-summary")
    assert "80 minutes on Friday 20 November" in page.text(".lead")
    assert page.one("#reading-value").attrs["value"] == "9"
    for nothing_typed in (amaras.get(f"{address}/edit"), amaras.post(f"{address}/removal", data={"version": "1"})):
        assert (nothing_typed.status_code, nothing_typed.location.partition("#")[0]) == (303, evidence(measure.idea))
    # Another reading never gets its number, and those who may not change it are told what they always were.
    assert readings.enter(measure, taken_on=ago(2), value=7, by=cast.amara).id != reading.id
    db.session.commit()
    femis = signed_in(cast.femi)
    assert femis.post(address, data={"version": "1"}).status_code == 403
    measure.idea.audience = Audience.DRAFT
    db.session.commit()
    assert femis.post(address, data={"version": "1"}).status_code == 404

    assert amaras.post(f"/measures/{measure.id}/readings", data=page.fields("main form")).status_code == 303
    db.session.expire_all()
    assert [(each.taken_on, each.value) for each in measure.readings] == [(ago(3), 9), (ago(2), 7)]


def test_who_changes_a_measure_that_somebody_changed_meanwhile_sees_theirs_and_keeps_their_own(
    cast, measure, signed_in, visit
):
    amaras, about = signed_in(cast.amara), f"/measures/{measure.id}"
    sent = visit(f"{about}/edit", by=amaras).fields(f"form[action='{about}']")
    measures.revise(measure, {"definition": "Only those ready by noon", "target": 5.0}, by=cast.amara)
    db.session.commit()

    page = refusal(amaras.post(about, data=sent | {"place": "Ward 9"}), 409)

    assert "Theirs stands" in page.text(".nhsuk-error-summary")
    assert "Only those ready by noon" in page.text(".note") and "Target 5" in page.text(".note")
    assert page.one("#about-place").attrs["value"] == "Ward 9"
    again = page.fields(f"form[action='{about}']")
    assert refusal(amaras.post(about, data=again | {"seen": ""}), 409)
    assert amaras.post(about, data=again).status_code == 303
    db.session.expire_all()
    assert (measure.place, measure.definition) == ("Ward 9", "")


def test_what_readings_were_is_counted_and_not_read_with_the_page(cast, measure, signed_in, visit):
    reading = readings.enter(measure, taken_on=ago(1), value=1, by=cast.amara)
    for value in range(2, 5):
        readings.correct(reading, taken_on=ago(1), value=value, by=cast.amara, version=reading.version)
    db.session.commit()
    femis = signed_in(cast.femi)

    with counted() as sent:
        page = visit(evidence(measure.idea), by=femis)

    assert "3 readings were corrected or taken out" in page.text("main")
    # There may be fifty thousand of them.
    assert not [statement for statement in sent if "was_value" in statement]


def test_what_came_of_it_is_said_in_the_teams_words(cast, measure, signed_in, visit):
    idea = measure.idea
    amaras = signed_in(cast.amara)
    sent = visit(evidence(idea), by=amaras).fields(f"form[action='/ideas/{idea.ref}/result']")
    response = amaras.post(
        f"/ideas/{idea.ref}/result", data=sent | {"stated_result": "Shorter. <b>Not</b> on Sundays."}
    )
    assert (response.status_code, response.location) == (303, f"{evidence(idea)}#result")
    assert told(idea) == "Amara O. said what came of it: Shorter. <b>Not</b> on Sundays."
    assert "Shorter. <b>Not</b> on Sundays." in visit(evidence(idea), by=signed_in(cast.femi)).text("#result")


@pytest.mark.parametrize(
    ("word", "differ"),
    [("worse", "The team says “worse”, the readings say “less bad”. Both stay in sight"), ("less_bad", ""), ("", "")],
)
def test_where_the_team_and_its_readings_differ_every_page_says_so(cast, signed_in, visit, word, differ):
    idea = factories.ready_to_adopt(cast)
    for week in range(1, 17):
        value = (40 if week > 8 else 14) + week % 3
        readings.enter(idea.measures[0], taken_on=ago(7 * week), value=value, by=cast.amara)
    measures.change(idea.measures[0], changed_on=ago(56), reason="It began then.", by=cast.amara)
    db.session.commit()
    amaras = signed_in(cast.amara)
    sent = visit(evidence(idea), by=amaras).fields(f"form[action='/ideas/{idea.ref}/result']")
    sent |= {"stated_result": "Nobody sleeps.", "stated_as": word}
    assert amaras.post(f"/ideas/{idea.ref}/result", data=sent).status_code == 303
    said = f"{idea.stated_as.words}. " if word else ""
    assert told(idea) == f"Amara O. said what came of it: {said}Nobody sleeps."
    sign_off.ask(idea, cast.femi, by=cast.amara)
    db.session.commit()
    femis = signed_in(cast.femi)
    for address in (evidence(idea), f"/ideas/{idea.ref}", f"/ideas/{idea.ref}/sign-off"):
        said = visit(address, by=femis).text("main")
        assert "Nobody sleeps." in said and "Less bad" in said
        assert ("The two differ." in said) is bool(differ)
        assert differ in said


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"stated_result": ""}, 422),
        ({"stated_as": "too_few", "stated_result": "Shorter"}, 422),
        ({"stated_result": "x" * 4001}, 422),
        ({"stated_result": "Ask 943 476 5919"}, 422),
        ({"stated_result": "Shorter", "version": ""}, 422),
        ({"stated_result": "Shorter", "version": "1"}, 409),
    ],
)
def test_a_result_that_cannot_be_kept_keeps_what_was_typed(cast, measure, signed_in, fields, status):
    idea = measure.idea
    measures.state_result(idea, "Theirs", by=cast.amara, version=idea.version)
    db.session.commit()
    sent = {"version": idea.version, **fields}
    page = refusal(signed_in(cast.amara).post(f"/ideas/{idea.ref}/result", data=sent), status)
    assert page.all(".nhsuk-error-summary")
    assert page.text("details[open] textarea[name=stated_result]") == sent["stated_result"]
    assert "Theirs" in page.text("#result")
    db.session.expire_all()
    assert idea.stated_result == "Theirs"


def test_others_read_and_change_nothing(cast, measure, signed_in):
    reading = readings.enter(measure, taken_on=ago(1), value=1, by=cast.amara)
    db.session.commit()
    idea = measure.idea
    noted = happenings.note(idea, happened_on=ago(1), words="New rota", by=cast.amara)
    db.session.commit()
    addresses = [
        f"/ideas/{idea.ref}/measures", f"/ideas/{idea.ref}/result", f"/measures/{measure.id}",
        f"/measures/{measure.id}/readings", f"/readings/{reading.id}/removal", f"/readings/{reading.id}",
        f"/measures/{measure.id}/change-day",
        f"/measures/{measure.id}/new-limits", f"/ideas/{idea.ref}/happenings", f"/happenings/{noted.id}/removal",
    ]  # fmt: skip
    for person in (cast.femi, cast.tomas, cast.sol, cast.ada):
        theirs = signed_in(person)
        assert {theirs.post(address).status_code for address in addresses} == {403}
        for page in (
            f"/readings/{reading.id}/removal",
            f"/measures/{measure.id}/edit",
            f"/ideas/{idea.ref}/happenings",
        ):
            assert theirs.get(page).status_code == 403


def test_the_evidence_of_a_draft_does_not_exist_for_others(cast, signed_in):
    idea = factories.new(cast, audience=Audience.DRAFT)
    measure = measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    reading = readings.enter(measure, taken_on=ago(1), value=1, by=cast.amara)
    db.session.commit()
    femis = signed_in(cast.femi)
    for page in (evidence(idea), f"/measures/{measure.id}/chart", f"/measures/{measure.id}/table"):
        assert femis.get(page).status_code == 404
    for address in (f"/measures/{measure.id}", f"/measures/{measure.id}/readings", f"/readings/{reading.id}/removal"):
        assert femis.post(address).status_code == 404


def test_made_up_numbers_say_so(cast, signed_in, visit):
    idea = factories.in_planning(cast, is_illustrative=True)
    db.session.commit()
    assert "Illustrative. These numbers are made up" in visit(evidence(idea), by=signed_in(cast.femi)).text("main")


def test_the_page_costs_as_many_statements_with_many_rows_as_with_few(cast, measure, signed_in):
    amaras = signed_in(cast.amara)
    readings.enter(measure, taken_on=ago(1), value=1, by=cast.amara)
    db.session.commit()
    few = _cost(amaras, measure.idea)
    for number in range(5):
        more = measures.add(measure.idea, name=f"M{number}", unit="x", direction=Direction.LOWER, by=cast.amara)
        happenings.note(measure.idea, happened_on=ago(number), words="New rota", by=cast.amara)
        for days in range(10):
            readings.enter(more, taken_on=ago(days), value=days, by=cast.amara)
        rebases.begin(more, starts_on=ago(number), reason="Porters count too", by=cast.amara)
    cycles.plan(measure.idea, attempt="Two bays", prediction="Five of six", by=cast.amara)
    for moment in Moment:
        about = {"moment": moment, "asked_on": ago(40), "closes_on": ago(26), "asked": 9}
        measure.idea.felt_rounds.append(FeltRound(trial=1, closed_at=clock.now(), answered=2, **about))
    db.session.commit()
    assert _cost(amaras, measure.idea) == few


def _cost(client, idea):
    with counted() as sent:
        assert client.get(evidence(idea)).status_code == 200
    return len(sent)
