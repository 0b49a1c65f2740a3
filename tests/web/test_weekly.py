"""The weekly minute's page: from the desk or by its link, one screen, and what comes of it on the idea."""

from __future__ import annotations

import datetime as dt

import pytest

from ideas import clock
from ideas.db import db
from ideas.domain import measures, readings, teams, weekly_minutes
from ideas.models import Direction, PledgeKind
from tests import factories
from tests.helpers.page import refusal, text
from tests.helpers.statements import counted

STARTED = dt.date(2026, 9, 23)
TODAY = dt.date(2026, 11, 19)


@pytest.fixture
def idea(cast):
    with clock.at(STARTED):
        made = factories.in_trying(cast)
        teams.accept(teams.ask_in(made, cast.tomas, by=cast.amara), by=cast.tomas)
        measures.add(made, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    with clock.at(TODAY - dt.timedelta(days=7)):
        readings.enter(made.measures[0], taken_on=clock.today(), value=40, by=cast.amara)
        db.session.commit()
    with clock.at(TODAY):
        yield made


def week(idea):
    return f"/ideas/{idea.ref}/week"


def fields(page, **answers):
    """What the form sends, with these answers in the fields whose names begin so."""
    sent = page.fields("form[data-keep]")
    names = {field.attrs["name"] for field in page.all("form[data-keep] [name]")}
    for begins, answer in answers.items():
        sent[next(name for name in sorted(names) if name.startswith(begins))] = answer
    return sent


def test_a_number_far_from_all_others_is_kept_and_asked_about(cast, idea, signed_in, visit):
    for days, value in ((14, 38), (21, 45)):
        readings.enter(idea.measures[0], taken_on=TODAY - dt.timedelta(days=days), value=value, by=cast.amara)
    db.session.commit()
    amara = signed_in(cast.amara)
    sent = fields(visit(week(idea), by=amara), number="400")
    assert amara.post(week(idea), data=sent).status_code == 303
    said = visit(f"/ideas/{idea.ref}", by=amara).text(".nhsuk-notification-banner")
    assert "400 minutes is far from the others, 38 to 45. If that is a slip, put it right." in said


def test_the_minute_is_asked_on_the_desk_and_shows_on_the_idea_to_everybody(cast, idea, signed_in, visit):
    tomas = signed_in(cast.tomas)
    desk = visit("/", by=tomas)
    assert "Week 9, 16 to 22 November. One of you answers for the team." in desk.text("main")
    page = visit(desk.one("main .ask a.nhsuk-button").attrs["href"], by=tomas)
    assert page.text("h1") == "Week 9: how was it?"
    assert "How many minutes? Last time: 40 minutes, on 12 Nov." in page.text("form[data-keep]")
    assert "3.5 hours a week, protected time, pledged by Ben H." in page.text("form[data-keep]")

    sent = fields(page, number="38", time="partly", in_the_way="No phone on Tuesday.", worse="The clerk stays later.")
    for _ in range(2):
        response = tomas.post(week(idea), data=sent)
        assert (response.status_code, response.location) == (303, f"/ideas/{idea.ref}#weeks")

    shown = visit(f"/ideas/{idea.ref}", by=signed_in(cast.dele)).text("#weeks")
    assert "Wait 38 minutes Got the time Some : 3.5 hours a week, protected time" in shown
    assert "In the way No phone on Tuesday. Worse The clerk stays later. Tomas N., 19 Nov" in shown
    assert "link" not in shown
    assert "You answered. Thank you." in visit("/", by=tomas).text("main")
    assert "Tomas N. answered. Thank you." in visit("/", by=signed_in(cast.amara)).text("main")


def test_what_it_needs_next_comes_before_the_weeks_and_only_the_newest_is_unfolded(cast, idea, signed_in, visit):
    for days, worse in ((7, "The phone rings at night."), (0, "The clerk stays later.")):
        with clock.at(TODAY - dt.timedelta(days=days)):
            said = weekly_minutes.Said(numbers={}, time={}, worse=worse)
            monday = clock.monday(clock.today())
            weekly_minutes.answer(idea, said, week_starts_on=monday, by=cast.tomas, version=0)
    db.session.commit()

    page = visit(f"/ideas/{idea.ref}", by=signed_in(cast.dele))
    assert page.text("main").index("What it needs next") < page.text("main").index("What the weeks said")
    assert "The phone rings at night." in page.text("#weeks details")
    assert "The clerk stays later." not in page.text("#weeks details")


def test_the_link_opens_the_sign_in_and_leads_on_to_the_form(idea, client, visit, cast, signed_in):
    link = visit(f"/ideas/{idea.ref}", by=signed_in(cast.amara)).text("#weeks .link-once")
    assert link.endswith(week(idea))
    response = client.get(week(idea))
    assert (response.status_code, response.location) == (303, f"/sign-in?next={week(idea)}")


def test_who_was_second_keeps_what_they_typed_and_sees_what_stands_there(cast, idea, signed_in, visit):
    amaras, toms = signed_in(cast.amara), signed_in(cast.tomas)
    first, second = visit(week(idea), by=toms), visit(week(idea), by=amaras)
    toms.post(week(idea), data=fields(first, number="38", time="partly", worse="The clerk stays later."))

    page = refusal(amaras.post(week(idea), data=fields(second, number="33", in_the_way="No phone.")), 409)

    assert "Tomas N. answered for week 9 while you wrote." in page.text(".nhsuk-error-summary")
    assert page.one("[name^=number]").attrs["value"] == "33"
    assert page.text("[name=in_the_way]") == "No phone."
    assert [text(note) for note in page.all("form .note")] == ["As it is now 38"]
    # What was left empty holds what they said, so that sending again takes nothing of theirs out.
    assert page.text("[name=worse]") == "The clerk stays later."
    assert page.one("[name^=time][checked]").attrs["value"] == "partly"

    assert amaras.post(week(idea), data=fields(page)).status_code == 303

    db.session.expire_all()
    said = weekly_minutes.Said.of(idea.weekly_minutes[0])
    assert (list(said.numbers.values()), said.in_the_way, said.worse) == ([33], "No phone.", "The clerk stays later.")
    assert "Put right by Amara O., 19 Nov" in visit(f"/ideas/{idea.ref}", by=toms).text("#weeks")
    assert "Amara O. put right what was said of week 9" in visit("/", by=toms).text("main")


def test_what_was_typed_before_midnight_on_sunday_is_not_lost_on_monday(cast, idea, signed_in, visit):
    midnight = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    with clock.at(midnight - dt.timedelta(minutes=5)):
        amaras = signed_in(cast.amara)
        sent = fields(visit(week(idea), by=amaras), number="38", worse="The clerk stays later.")
    with clock.at(midnight + dt.timedelta(minutes=5)):
        page = refusal(amaras.post(week(idea), data=sent), 409)
        assert "The week that you wrote about is over." in page.text(".nhsuk-error-summary")
        assert (page.text("h1"), page.text("[name=worse]")) == ("Week 10: how was it?", "The clerk stays later.")
        assert amaras.post(week(idea), data=fields(page)).status_code == 303
    db.session.expire_all()
    assert [minute.number for minute in idea.weekly_minutes] == [10]


def test_a_refused_minute_keeps_what_was_typed(cast, idea, signed_in, visit):
    amaras = signed_in(cast.amara)
    page = visit(week(idea), by=amaras)
    for wrong, says in (
        ({}, "Answer one of these, or choose “Nothing to report this week”."),
        ({"number": "many"}, "Write a number in figures"),
        ({"worse": "NHS number 943 476 5919"}, "looks like an NHS number"),
        ({"in_the_way": "x" * 1001}, "Make this shorter"),
    ):
        refused = refusal(amaras.post(week(idea), data=fields(page, **wrong)), 422)
        assert says in refused.text(".nhsuk-error-summary")
        for begins, typed in wrong.items():
            field = refused.one(f"[name^={begins}]")
            assert typed == field.attrs.get("value", text(field))
    nothing = fields(page, worse="Something.") | {"nothing": "y"}
    assert amaras.post(week(idea), data=nothing).status_code == 303
    db.session.expire_all()
    assert (idea.weekly_minutes[0].is_skipped, idea.weekly_minutes[0].worse) == (False, "Something.")


def test_where_nobody_pledged_time_the_team_says_whether_it_had_any(cast, idea, signed_in, visit):
    (pledge,) = weekly_minutes.pledges_of_time(idea)
    pledge.kind = PledgeKind.MONEY
    db.session.commit()
    amaras = signed_in(cast.amara)
    page = visit(week(idea), by=amaras)
    assert "Did you have the time? Nobody pledged any." in page.text("form[data-keep]")
    assert amaras.post(week(idea), data=fields(page, had_time="no")).status_code == 303
    page = visit(f"/ideas/{idea.ref}", by=amaras)
    assert "Had the time No Amara O., 19 Nov" in page.text("#weeks")
    assert "said for the team how week 9 was. Time: no." in page.text("main")
    assert visit(week(idea), by=amaras).one("[name=had_time][checked]").attrs["value"] == "no"


def test_a_week_with_nothing_to_report_is_skipped_in_one_press(cast, idea, signed_in, visit):
    amaras = signed_in(cast.amara)
    sent = visit(week(idea), by=amaras).fields("form[data-keep]") | {"nothing": "y"}
    assert amaras.post(week(idea), data=sent).status_code == 303
    assert "Week 9 16 to 22 November Nothing to report. Amara O., 19 Nov" in visit(
        f"/ideas/{idea.ref}", by=amaras
    ).text("#weeks")


def test_a_number_typed_while_somebody_entered_it_elsewhere_is_not_lost(cast, idea, signed_in, visit):
    amaras = signed_in(cast.amara)
    sent = fields(visit(week(idea), by=amaras), number="38")
    readings.enter(idea.measures[0], taken_on=clock.today(), value=39, by=cast.tomas)
    db.session.commit()
    page = refusal(amaras.post(week(idea), data=sent), 422)
    assert "Somebody entered this number on the evidence page meanwhile." in page.text(".nhsuk-error-summary")
    assert page.one("[name^=number]").attrs["value"] == "38"
    assert not visit(week(idea), by=amaras).all("[name^=number]")


def test_a_number_put_right_or_taken_out_as_a_reading_is_so_in_the_week_too(cast, idea, signed_in, visit):
    amaras = signed_in(cast.amara)
    amaras.post(week(idea), data=fields(visit(week(idea), by=amaras), number="38"))
    db.session.expire_all()
    opened = fields(visit(week(idea), by=amaras))
    readings.take_out(idea.weekly_minutes[0].readings[0], by=cast.amara, version=1)
    db.session.commit()
    page = refusal(amaras.post(week(idea), data=opened), 409)
    assert "Amara O. answered for week 9 while you wrote." in page.text(".nhsuk-error-summary")
    page = visit(f"/ideas/{idea.ref}", by=amaras)
    assert "The number was taken out since. Amara O., 19 Nov" in page.text("#weeks")


def test_outsiders_and_ideas_that_are_not_tried_have_no_week(cast, idea, signed_in, visit):
    assert "Only its author, owner and team say how a week was" in visit(
        week(idea), by=signed_in(cast.femi), status=403
    ).text("main")
    planned = factories.in_planning(cast)
    db.session.commit()
    page = visit(week(planned), by=signed_in(cast.amara), status=409)
    assert "It is not being tried now" in page.text("main")


def test_many_weeks_cost_no_more_statements_than_one(cast, idea, signed_in):
    amaras = signed_in(cast.amara)
    pages = ("/", f"/ideas/{idea.ref}", week(idea))

    def cost():
        with counted() as sent:
            for path in pages:
                assert amaras.get(path).status_code == 200
        return len(sent)

    def say(days):
        with clock.at(TODAY - dt.timedelta(days=days)):
            said = weekly_minutes.Said(
                numbers={m.id: 5 for m in weekly_minutes.counted(idea, weekly_minutes.this_week(idea))},
                time={p.id: weekly_minutes.Kept.YES for p in weekly_minutes.pledges_of_time(idea)},
                in_the_way="No phone.",
            )
            monday = clock.monday(clock.today())
            weekly_minutes.answer(idea, said, week_starts_on=monday, by=cast.tomas, version=0)
        db.session.commit()

    say(0)
    cost()
    before = cost()
    for days in (14, 21, 28, 35):
        say(days)
    assert cost() == before
