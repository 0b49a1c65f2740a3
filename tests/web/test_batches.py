"""Many readings at once: pasted, looked at, and entered once."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from ideas import clock
from ideas.db import db
from ideas.domain import measures, readings
from ideas.models import Direction
from tests import factories
from tests.helpers.page import Page, broken_rules

PASTED = "Week\tMinutes\n02/11/2026\t50\n09/11/2026\t1,048\n16/11/2026\t40\n<b>norovirus</b>\n"


@pytest.fixture(autouse=True)
def _on_a_wednesday():
    with clock.at(dt.date(2026, 11, 25)):
        yield


@pytest.fixture
def wait(cast):
    made = measures.add(
        factories.in_planning(cast), name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara
    )
    readings.enter(made, taken_on=dt.date(2026, 11, 16), value=44, by=cast.amara)
    db.session.commit()
    return made


def looked_at(client, measure, text, status=200):
    page = Page.of(client.post(f"/measures/{measure.id}/batch/preview", data={"text": text}))
    assert not broken_rules(page), broken_rules(page)
    return page


def there(measure):
    db.session.expire_all()
    return [(reading.taken_on.day, reading.value) for reading in measure.readings]


def test_what_was_pasted_is_looked_at_and_entered_once_however_often_it_is_sent(cast, wait, signed_in, visit):
    amaras = signed_in(cast.amara)
    box = f"/measures/{wait.id}/batch"
    assert visit(f"/ideas/{wait.idea.ref}/evidence", by=amaras).all(f"a[href='{box}']")
    visit(box, by=amaras)

    page = looked_at(amaras, wait, PASTED)

    said = page.text("main")
    assert "2 new readings" in said
    assert "From Monday 2 November to Monday 9 November. The lowest is 50, the highest 1,048." in said
    assert "The first line is a heading, and is left out" in said
    assert "We did not understand 1 line" in said
    assert "5 <b>norovirus</b>" in said
    assert "Monday 16 November 44 40 There already, and on line 4" in said
    assert page.text("textarea").endswith("<b>norovirus</b>")
    assert there(wait) == [(16, 44)]

    sent = page.fields(f"form[action='{box}']")
    refused = Page.of(amaras.post(box, data=sent))
    assert "Choose which number holds where a day has two" in refused.text("main .nhsuk-error-summary")
    assert not broken_rules(refused), broken_rules(refused)
    for _ in range(2):
        answer = amaras.post(box, data=sent | {"doubles": "new"})
        assert (answer.status_code, answer.location) == (303, f"/ideas/{wait.idea.ref}/evidence#measure-{wait.id}")
    assert there(wait) == [(2, 50), (9, 1048), (16, 40)]
    assert len(db.session.scalars(wait.corrections.select()).all()) == 1
    assert "Readings: 2 added, 1 corrected." in visit(f"/ideas/{wait.idea.ref}/evidence", by=amaras).text("body")


@pytest.mark.parametrize("text", ["", "   ", "x" * 500_001])
def test_a_box_with_nothing_or_far_too_much_says_so(cast, wait, signed_in, text):
    answer = signed_in(cast.amara).post(f"/measures/{wait.id}/batch/preview", data={"text": text})
    assert answer.status_code == 422
    assert Page.of(answer).all(".nhsuk-error-summary a")


def test_what_is_sent_is_read_again_and_never_trusted(cast, wait, signed_in):
    amaras, box = signed_in(cast.amara), f"/measures/{wait.id}/batch"
    sent = looked_at(amaras, wait, "02/11/2026\t50").fields(f"form[action='{box}']")
    for forged in ({"text": "02/11/2026\t1"}, {"text": "02/11/2026\t50\n03/11/2026\t1"}, {"seal": ""}, {"text": ""}):
        assert amaras.post(box, data=sent | forged).status_code == 422
    assert amaras.post(box, data={}).status_code == 422
    nothing = looked_at(amaras, wait, "last week\tmany\nthen\tmore")
    assert "Nothing to add yet" in nothing.text("h1")
    assert not nothing.all(f"form[action='{box}']")
    assert there(wait) == [(16, 44)]


@pytest.fixture
def amaras(cast, signed_in):
    return signed_in(cast.amara)


@pytest.fixture
def chosen(wait, amaras):
    def choose(name, content):
        boundary, body = encode_multipart({"file": FileStorage(io.BytesIO(content), name)})
        kind = f"multipart/form-data; boundary={boundary}"
        return amaras.post(f"/measures/{wait.id}/batch/file", data=body, content_type=kind)

    return choose


def test_a_file_is_looked_at_as_what_is_pasted_and_is_not_kept(app, wait, chosen, amaras):
    book = openpyxl.Workbook()
    for row in ((), ("Week", "Minutes"), (dt.date(2026, 11, 2), 50.5), (dt.date(2026, 11, 9), "<i>")):
        book.active.append(row)
    book.active.title = "Waits"
    whole = io.BytesIO()
    book.save(whole)
    kept = files_of(app)
    answer = chosen("waits.xlsx", whole.getvalue())
    page = Page.of(answer)
    assert (answer.status_code, broken_rules(page)) == (200, [])
    assert "1 new reading " in page.text("main")
    assert "“<i>” is not a number." in page.text("main")
    box = f"/measures/{wait.id}/batch"
    assert amaras.post(box, data=page.fields(f"form[action='{box}']")).status_code == 303
    assert there(wait) == [(2, 50.5), (16, 44)]
    assert "1 new reading " in Page.of(chosen("w.csv", "Day,£\n03/11/2026,£4".encode("utf-16"))).text("main")
    assert files_of(app) == kept


def files_of(app):
    return {each for each in app.config["FILES"].folder.rglob("*") if each.is_file()}


@pytest.mark.parametrize(
    ("name", "content", "status", "words"),
    [
        ("", b"", 422, "Choose a CSV or Excel file"),
        ("waits.ods", b"x", 422, "neither CSV nor an Excel file"),
        ("waits.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), 422, "locked with a password"),
        ("waits.csv", b"1" * (20 * 1024 * 1024), 413, "a file may have 10 MB"),
    ],
)
def test_a_bad_file_is_refused_with_its_word_and_nothing_is_half_entered(wait, chosen, name, content, status, words):
    answer = chosen(name, content)
    assert (answer.status_code, words in Page.of(answer).text("main")) == (status, True)
    assert there(wait) == [(16, 44)]


def test_only_the_team_adds_many(cast, wait, signed_in):
    femis = signed_in(cast.femi)
    for address in (
        f"/measures/{wait.id}/batch",
        f"/measures/{wait.id}/batch/preview",
        f"/measures/{wait.id}/batch/file",
    ):
        assert femis.post(address, data={"text": PASTED}).status_code == 403
    assert femis.get(f"/measures/{wait.id}/batch").status_code == 403


def test_ten_thousand_lines_fit_through_the_form_both_ways(cast, wait, signed_in):
    first = dt.date(2000, 1, 1)
    text = "\r\n".join(f"{first + dt.timedelta(days=day):%d/%m/%Y}\t{day}.25" for day in range(9_700))
    amaras, box = signed_in(cast.amara), f"/measures/{wait.id}/batch"
    page = looked_at(amaras, wait, text)
    assert "And 9,640 more readings." in page.text("main")
    assert amaras.post(box, data=page.fields(f"form[action='{box}']")).status_code == 303
    assert len(there(wait)) == 9_701
