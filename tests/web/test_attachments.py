"""Files on the plan's page: added without script, sent to be saved, taken off after a question."""

from __future__ import annotations

import io
import tempfile

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from ideas.db import db
from ideas.domain import attachments, cases, events, sign_off
from ideas.models import Attachment, Gate, Outcome
from ideas.web.bodies import BODY_BYTES, BODY_WITH_FILE_BYTES, PARTS_WITH_FILE
from tests import factories
from tests.access import world
from tests.helpers import files
from tests.helpers.page import Page, broken_rules
from tests.helpers.statements import counted


@pytest.fixture
def idea(cast):
    made = factories.ready_to_ask(cast)
    db.session.commit()
    return made


@pytest.fixture
def send(idea, signed_in, cast):
    """Send a file to the plan, by Amara unless said otherwise."""
    amaras = signed_in(cast.amara)

    def sent(name, content, *, by=amaras, to=f"/ideas/{idea.ref}/files", **fields):
        return by.post(to, **upload(name, content, **fields))

    return sent


def upload(name, content, **fields):
    """A form with a file, as a browser sends it. Not the client's own way, which leaves a temporary file open."""
    boundary, body = encode_multipart(fields | {"file": FileStorage(io.BytesIO(content), name)})
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


@pytest.fixture
def attachment(send):
    """A text on the plan."""
    assert send("leaflet.txt", b"Ring between 2 and 6 pm.").status_code == 303
    return db.session.scalars(sa.select(Attachment)).one()


def saved(client, path):
    """What a browser gets that saves a file."""
    with client.get(path) as answer:
        answer.get_data()
        return answer


def rows():
    db.session.expire_all()
    return db.session.scalars(sa.select(Attachment).order_by(Attachment.id)).all()


def on_disk(app):
    folder = app.config["FILES"].folder
    return {file.name for file in folder.rglob("*") if file.is_file() and file.name != ".lock"}


@pytest.mark.parametrize("name", ["leaflet.pdf", "protocol.docx", "phone.JPEG", "waits.csv"])
def test_a_file_of_each_sort_is_added_and_sent_back_to_be_saved(app, send, signed_in, cast, name):
    response = send(name, files.GOOD[name]())
    assert (response.status_code, response.location.rpartition("/")[2]) == (303, "plan#files")
    [added] = rows()

    answer = saved(signed_in(cast.dele), f"/files/{added.id}")

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.mimetype == added.kind.media_type
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers.getlist("Content-Security-Policy") == ["sandbox; default-src 'none'"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data == app.config["FILES"].path(added.sha256).read_bytes()


def test_the_plan_lists_its_files_for_everybody_and_the_form_for_the_team(cast, idea, attachment, signed_in, visit):
    for person, forms in ((cast.amara, 1), (cast.femi, 0)):
        page = visit(f"/ideas/{idea.ref}/plan", by=signed_in(person))
        assert "leaflet.txt Text, 1 kB, added by Amara O. on" in page.text("#files")
        assert len(page.all(f"form[action='/ideas/{idea.ref}/files']")) == forms
        assert len(page.all(f"a[href='/files/{attachment.id}/removal']")) == forms


def test_a_file_sent_twice_is_added_once(idea, send, signed_in, cast, visit):
    page = visit(f"/ideas/{idea.ref}/plan", by=signed_in(cast.amara))
    key = page.fields(f"form[action='/ideas/{idea.ref}/files']")["key"]
    assert [send("leaflet.txt", b"Ring.", key=key).status_code for _ in range(2)] == [303, 303]
    assert len(rows()) == 1


@pytest.mark.parametrize("case", ["a web page named as text", "a ZIP bomb", "an empty file"])
def test_a_bad_file_is_refused_with_its_word_at_the_field_and_nothing_is_kept(app, send, case):
    name, make, words = files.BAD[case]
    before = on_disk(app)
    response = send(name, make())
    page = Page.of(response)
    assert response.status_code == 422
    assert not broken_rules(page), broken_rules(page)
    assert words in page.text(".nhsuk-error-summary")
    assert page.all("#files details[open] .nhsuk-error-message")
    assert (rows(), on_disk(app)) == ([], before)


@pytest.mark.parametrize("box", [None, "", "leaflet.txt", (b"", "")], ids=["none", "empty", "words", "no file"])
def test_without_a_file_it_is_asked_for(idea, signed_in, cast, box):
    sent = (io.BytesIO(box[0]), box[1]) if isinstance(box, tuple) else box
    response = signed_in(cast.amara).post(f"/ideas/{idea.ref}/files", data={} if sent is None else {"file": sent})
    assert response.status_code == 422
    assert "Choose a file" in Page.of(response).text(".nhsuk-error-summary")
    assert "No file was added." in Page.of(response).text(".nhsuk-error-summary")


def test_a_name_with_an_nhs_number_is_refused(send):
    response = send("scan 943 476 5919.txt", b"Words")
    assert response.status_code == 422
    assert "NHS number" in Page.of(response).text(".nhsuk-error-summary")
    assert rows() == []


@pytest.mark.parametrize("name", ["../../instance/secret-key.txt", "x<y>'.txt", "résumé\u202e.txt", "a" * 300 + ".txt"])
def test_a_name_that_would_harm_is_kept_without_its_harm(app, send, signed_in, cast, name):
    assert send(name, b"Words").status_code == 303
    [added] = rows()
    assert len(added.name) <= 120 and not set(added.name) & set('/\\"\u202e')
    sent = saved(signed_in(cast.femi), f"/files/{added.id}").headers["Content-Disposition"]
    assert "\n" not in sent and sent.startswith("attachment")
    assert on_disk(app) >= {added.sha256}


def test_a_file_may_be_larger_than_words_and_other_forms_may_not(idea, send, signed_in, cast):
    large = b"One number for carers.\n" * (BODY_BYTES * 9 // 23)
    assert send("large.txt", large).status_code == 303
    amaras = signed_in(cast.amara)
    assert amaras.post(f"/ideas/{idea.ref}/plan", data={"cost": "x" * (BODY_BYTES + 1)}).status_code == 413
    assert send("large.txt", large, to=f"/ideas/{idea.ref}/plan").status_code == 413
    assert send("larger.txt", b"x" * BODY_WITH_FILE_BYTES).status_code == 413
    assert [row.name for row in rows()] == ["large.txt"]


def test_many_parts_are_not_many_open_files(idea, signed_in, cast, client, monkeypatch):
    """A server has a thousand of them: a few requests of two hundred parts each would leave none for anybody."""
    opened = []
    real = tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *args, **kwargs: opened.append(1) or real(*args, **kwargs))

    def send(to, by):
        parts = {f"f{n}": FileStorage(io.BytesIO(b"x"), "x.txt") for n in range(190)}
        return by.post(to, **upload("x.txt", b"x", **parts)).status_code

    assert send("/sign-in", client) == 422
    assert opened == []
    assert send(f"/ideas/{idea.ref}/files", signed_in(cast.amara)) == 413
    assert len(opened) <= PARTS_WITH_FILE


def test_nobody_who_is_not_signed_in_sends_a_file(idea, client):
    path = f"/ideas/{idea.ref}/files"
    assert client.post(path, **upload("x.txt", b"x" * BODY_BYTES)).status_code == 413
    assert client.post(path, **upload("x.txt", b"x")).status_code == 419


def test_a_file_of_a_draft_does_not_exist_for_others(cast, signed_in):
    things = world.make(cast)
    db.session.commit()
    path = f"/ideas/{things.draft.ref}/files"
    sent = signed_in(cast.amara).post(path, data={"file": (io.BytesIO(b"Zebra"), "zebra.txt")})
    assert sent.status_code == 303
    id = rows()[-1].id
    for path in (f"/files/{id}", f"/files/{id}/removal", "/files/999999", "/files/999999/removal"):
        readers = {who: signed_in(getattr(cast, who)) for who in ("dele", "femi", "ada", "sol")}
        answers = {who: saved(reader, path).status_code for who, reader in readers.items()}
        assert answers == {"dele": 404 if "999999" in path else 200, "femi": 404, "ada": 404, "sol": 404}


def test_a_file_is_taken_off_after_a_question(cast, idea, attachment, signed_in, visit):
    amaras = signed_in(cast.amara)
    page = visit(f"/files/{attachment.id}/removal", by=amaras)
    assert "It goes for good" in page.text("main")
    for status, location in ((303, f"/ideas/{idea.ref}/plan#files"), (409, None)):
        response = amaras.post(f"/files/{attachment.id}/removal", data=page.fields("main form"))
        assert (response.status_code, response.location) == (status, location)
    assert amaras.get(f"/files/{attachment.id}").status_code == 404
    db.session.expire_all()
    assert idea.attachments == []
    assert events.sentence(idea.events[-1]) == "Amara O. took a file off the plan: leaflet.txt"


def test_a_leader_sees_which_file_changed_and_opens_the_one_they_decided_with(cast, idea, attachment, signed_in, visit):
    request = sign_off.ask(idea, cast.femi, by=cast.amara)
    factories.approve(request, cast, version=cases.version(idea, Gate.TRY))
    db.session.commit()
    page = visit(f"/ideas/{idea.ref}/sign-off", by=signed_in(cast.femi))
    assert "leaflet.txt" in page.text("main")
    assert saved(signed_in(cast.femi), f"/files/{attachment.id}").status_code == 200


def test_a_file_that_is_lost_is_said_to_be(app, attachment, signed_in, cast):
    app.config["FILES"].path(attachment.sha256).unlink()
    response = signed_in(cast.femi).get(f"/files/{attachment.id}")
    assert response.status_code == 409
    assert "not where it is kept" in Page.of(response).text("main")


def test_the_plan_costs_as_many_statements_with_many_files_as_with_one(idea, attachment, send, signed_in, cast):
    femis = signed_in(cast.femi)
    femis.get(f"/ideas/{idea.ref}/plan")
    with counted() as few:
        femis.get(f"/ideas/{idea.ref}/plan")
    for number in range(4):
        send(f"{number}.txt", f"Words {number}".encode())
    with counted() as many:
        femis.get(f"/ideas/{idea.ref}/plan")
    assert len(many) == len(few)


def test_the_file_that_was_decided_with_stays_in_the_kept_case(cast, idea, attachment, send, signed_in, visit):
    request = sign_off.ask(idea, cast.femi, by=cast.amara)
    sign_off.decide(
        request,
        Outcome.NOT_YET,
        by=cast.femi,
        version=cases.version(idea, Gate.TRY),
        has_no_interest=True,
        would_change="Say who answers the phone.",
    )
    db.session.commit()
    amaras = signed_in(cast.amara)
    page = visit(f"/files/{attachment.id}/removal", by=amaras)
    assert "stays with the decision" in page.text("main")
    assert amaras.post(f"/files/{attachment.id}/removal").status_code == 303

    page = visit(f"/ideas/{idea.ref}/sign-off", by=signed_in(cast.dele))

    [link] = page.all(f"a[href='/files/{attachment.id}']")
    assert link.to_text() == "leaflet.txt"
    assert saved(signed_in(cast.dele), f"/files/{attachment.id}").status_code == 200


def test_nobody_waits_for_the_database_while_a_file_is_read(app, idea, send, monkeypatch):
    def look(*args, **kwargs):
        waiting = db.session.registry().in_transaction()
        seen.append(waiting)
        return clean(*args, **kwargs)

    seen, clean = [], attachments.clean
    monkeypatch.setattr(attachments, "clean", look)
    assert send("leaflet.txt", b"Ring.").status_code == 303
    assert seen == [False]
