"""Numbers add up: what desk, board, list, idea, evidence and history say of one idea is the same, at every step."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import (
    felt_rounds,
    findings,
    measures,
    moves,
    readings,
    us_too,
    watches,
    weekly_minutes,
)
from ideas.domain.weekly_minutes import Said
from ideas.models import Direction, Kept, MeasureKind, Rhythm, Stage, UsToo
from tests import factories
from tests.helpers.page import text

STARTED = dt.date(2026, 9, 23)
#: A Thursday, eight weeks later.
TODAY = dt.date(2026, 11, 19)
BEFORE = (50, 48, 53, 47, 51, 52, 49, 50)
SINCE = (41, 38, 36, 39, 37)
#: What the weekly minutes of the last weeks give.
WEEKLY = (35, 38, 34)


@pytest.fixture
def idea(cast):
    with clock.at(STARTED):
        made = factories.in_trying(cast)
        wait = measures.add(made, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
        late = {"kind": MeasureKind.BALANCING, "rhythm": Rhythm.MONTH}
        measures.add(made, name="Late calls", unit="calls", direction=Direction.LOWER, by=cast.amara, **late)
        for place, value in enumerate(reversed(BEFORE)):
            day = STARTED - dt.timedelta(days=7 * (place + 1))
            readings.enter(wait, taken_on=day, value=value, by=cast.amara)
    for place, value in enumerate((*SINCE, *WEEKLY)):
        with clock.at(STARTED + dt.timedelta(days=7 * (place + 1))):
            if place < len(SINCE):
                readings.enter(wait, taken_on=clock.today(), value=value, by=cast.amara)
            else:
                say(made, cast.amara, value, worse=f"The clerk stayed {place} minutes longer.")
    for person in (cast.dele, cast.gwen, cast.ruth):
        us_too.say(made, by=person, membership=person.memberships[0])
    db.session.commit()
    with clock.at(TODAY):
        yield made


def say(idea, by, value, *, version=0, **more):
    time = {pledge.id: Kept.PARTLY for pledge in weekly_minutes.pledges_of_time(idea)}
    said = Said(numbers={idea.measures[0].id: value}, time=time, **more)
    monday = clock.monday(clock.today())
    return weekly_minutes.answer(idea, said, week_starts_on=monday, by=by, version=version)


def add_up(idea, visit, reader, *, values):
    """Hold each page to the readings: the same verdict and sentence everywhere, each number as often as it is there."""
    db.session.expire_all()
    wait = idea.measures[0]
    assert [reading.value for reading in wait.readings] == list(values)
    finding = findings.judged(wait)
    verdict, sentence, since = finding.kind.words, finding.words, len(values) - len(BEFORE)

    evidence = visit(f"/ideas/{idea.ref}/evidence", by=reader)
    page = visit(f"/ideas/{idea.ref}", by=reader)
    board = visit("/board?stage=trying", by=reader)
    listed = visit("/ideas?stage=trying", by=reader)
    shown = {
        "evidence": text(evidence.all(".verdict")[0]),
        "idea": text(page.one("#main .verdict")),
        "card": text(board.one(f"#idea-{idea.ref}-card .verdict")),
        "list": text(listed.one("#main .verdict")),
    }
    assert set(shown.values()) == {verdict}, shown
    assert sentence in evidence.text(".ruling")
    assert sentence in page.text("main")
    assert re.search(rf"\b{since} readings since", sentence), sentence

    rows = [text(row) for row in evidence.all(f"#measure-{wait.id} table tbody tr")]
    assert len(rows) == len(values)
    assert [float(re.search(r" (\d+) ", row)[1]) for row in rows] == list(values)
    table = reader.get(f"/measures/{wait.id}/table").get_data(as_text=True)
    assert [float(row["Wait, in minutes"]) for row in csv.DictReader(io.StringIO(table.lstrip("\ufeff")))] == list(
        values
    )
    weeks = [text(week) for week in page.all("#weeks .list > li")]
    told = sorted(idea.weekly_minutes, key=lambda minute: -minute.number)[:3]
    for week, minute in zip(weeks, told, strict=True):
        assert [float(n) for n in re.findall(r"Wait (\d+) minutes", week)] == [r.value for r in minute.readings]

    history = visit(f"/ideas/{idea.ref}/history", by=reader).text("main")
    entered, removed = (history.count(f"{words} a reading of Wait") for words in ("entered", "took out"))
    assert entered - removed == len(values)
    assert history.count("said for the team how week") == len(idea.weekly_minutes)

    said = db.session.scalar(sa.select(sa.func.count(UsToo.id)).where(UsToo.idea_id == idea.id))
    assert f"{said} us too, 1 sponsor" in text(board.one(f"#idea-{idea.ref}-card"))
    assert f"{said} us too" in page.text("#us-too")
    for counted in (".reach b", "#us-too .list b"):
        assert sum(int(text(count)) for count in page.all(counted)) == said
    assert text(page.one("#backed .count")) == "1"


def test_what_the_pages_say_of_one_idea_adds_up_at_every_step(cast, idea, signed_in, visit):
    reader = signed_in(cast.dele)
    add_up(idea, visit, reader, values=(*BEFORE, *SINCE, *WEEKLY))

    desk = visit("/", by=signed_in(cast.amara)).text("main")
    assert "Week 9, 16 to 22 November. You answered. Thank you." in desk
    minute = idea.weekly_minutes[-1]
    say(idea, cast.amara, 60, version=minute.version)
    db.session.commit()
    add_up(idea, visit, reader, values=(*BEFORE, *SINCE, *WEEKLY[:-1], 60))

    readings.take_out(minute.readings[0], by=cast.amara, version=minute.readings[0].version)
    db.session.commit()
    add_up(idea, visit, reader, values=(*BEFORE, *SINCE, *WEEKLY[:-1]))


def test_what_those_whom_it_touched_said_is_counted_the_same_everywhere(cast, idea, signed_in, visit):
    for person in (cast.amara, cast.tomas, cast.femi, cast.ben):
        us_too.say(idea, by=person, membership=person.main_membership)
    moves.move(idea, Stage.STOPPED, by=cast.amara, version=idea.version, lesson="Nobody rang.")
    assert felt_rounds.ask_due() == 1
    db.session.commit()
    people = (cast.tomas, cast.femi, cast.ben, cast.amara, cast.ruth)
    for person, answer in zip(people, ("less_bad", "less_bad", "same", "worse", "same"), strict=True):
        theirs = signed_in(person)
        (to,) = {form.attrs["action"] for form in visit("/", by=theirs).all("form[action^='/felt-asks/']")}
        assert theirs.post(to, data={"answer": answer, "back": "desk"}).status_code == 303
        assert not visit("/", by=theirs).all("#felt")
    with clock.at(idea.felt_rounds[0].closes_on + dt.timedelta(days=1)):
        felt_rounds.close_due()
        db.session.commit()
        reader = signed_in(cast.dele)
        shown = visit(f"/ideas/{idea.ref}/evidence", by=reader).text("#felt")
        answered, asked = map(int, re.search(r"(\d+) of the (\d+) who said", shown).groups())
        numbers = [int(n) for n in re.search(r"(\d+) less bad, (\d+) about the same, (\d+) worse", shown).groups()]
        told = visit(f"/ideas/{idea.ref}/history", by=reader).text("main")
        us_toos = int(visit(f"/ideas/{idea.ref}", by=reader).text("#us-too .big").split()[0])
    assert (numbers, sum(numbers)) == ([2, 2, 1], answered)
    assert answered <= asked <= us_toos == 7
    assert f"Headroom asked {asked} people who said “us too”" in told
    assert f"{answered} of {asked} who were asked whether it is less bad for them answered" in told
    assert "{} less bad, {} about the same, {} worse".format(*numbers) in told


def test_what_was_adopted_is_watched_in_the_same_words_everywhere(cast, session, signed_in, visit):
    with clock.at(dt.date(2026, 8, 10)):
        kept = factories.adopted(cast)
    with clock.at(TODAY):
        watches.ask_due()
        session.commit()
        amaras = signed_in(cast.amara)
        (to,) = {link.attrs["href"] for link in visit("/", by=amaras).all("main a[href^='/watches/']")}
        sent = visit(to, by=amaras).fields("main form") | {"used": "partly", "less_bad": "yes"}
        assert amaras.post(to, data=sent).status_code == 303
        words = kept.watches[0].words
        assert not visit("/", by=amaras).all("main a[href^='/watches/']")
        assert f"Watched at 3 months: {words}." in visit(f"/ideas/{kept.ref}", by=amaras).text("#watched")
        history = visit(f"/ideas/{kept.ref}/history", by=amaras).text("main")
        assert f"said how it is 3 months on: {words}" in history
