"""Without a name, on the page: sent, read with six words, changed, and claimed."""

import datetime as dt
import logging

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import claims, hidings, sponsors, teams, throttles
from ideas.models import Audience, Idea, PledgeKind, Receipt, Session
from tests.helpers.page import Page, broken_rules, text

WORDS = {
    "now": "Carers ring the switchboard, and wait 50 minutes.",
    "change": "One number, answered in the afternoon.",
    "title": "One number for carers",
    "key": "a-key-of-twenty-or-more",
}


def page_of(answer, status=200):
    assert answer.status_code == status, answer.get_data(as_text=True)[:2000]
    page = Page.of(answer)
    assert not (broken := broken_rules(page)), broken
    return page


def the_idea(session):
    session.expire_all()
    return session.scalars(sa.select(Idea)).unique().one()


@pytest.fixture
def lines_of_requests(caplog):
    """The lines of the request log so far."""
    caplog.set_level(logging.INFO)
    return lambda: [r.msg for r in caplog.records if isinstance(r.msg, dict) and r.msg["event"] == "request"]


@pytest.fixture
def send(cast, signed_in, session):
    """Amara sends an idea without her name: its page, with the six words."""

    def sent(**more):
        given = {"hurts_organisation": cast.northmere.id, "home_organisation": cast.northmere.id, "audience": "open"}
        amaras = signed_in(cast.amara)
        return page_of(amaras.post("/ideas", data=WORDS | given | {"without_name": "y"} | more))

    return sent


@pytest.fixture
def six(send):
    """Its six words, as somebody would type them."""
    return " ".join(text(word) for word in send().all(".words li"))


def test_who_is_signed_in_sends_without_their_name_and_is_shown_six_words_once(cast, session, send, signed_in, visit):
    page = send()
    assert len(page.all(".words li")) == 6
    assert page.one(".no-print a.nhsuk-button"), "on paper there are the words, and nothing to press"
    assert "shown once" in page.text("main")
    assert "No author is stored" in page.text("main")
    assert page.one("meta[name=accepted]").attrs["content"] == "idea"
    idea = the_idea(session)
    assert (idea.author_id, idea.is_without_name) == (None, True)
    assert idea.home_organisation == cast.northmere
    page = visit(f"/ideas/{idea.ref}", by=signed_in(cast.amara))
    assert "Somebody, without a name," in page.text(".facts")
    assert page.text(".history").endswith("Somebody, without a name, said it, from Northmere Hospitals")
    assert "Headroom said" not in page.text("main")
    times = [time.attrs["datetime"] for time in page.all("time")]
    assert times
    assert all(len(time) == len("2026-11-25") for time in times)


def test_no_row_of_a_person_is_made_or_touched_by_sending_it(cast, session, signed_in, monkeypatch):
    amaras = signed_in(cast.amara)
    amaras.get("/ideas/new")
    session.execute(sa.update(Session).values(last_used_at=sa.text("'2026-11-01 08:00:00'")))
    session.execute(sa.update(Session).values(created_at=sa.text("'2026-11-01 08:00:00'")))
    session.commit()
    before = session.execute(sa.select(Session.__table__)).all()
    monkeypatch.setattr("ideas.domain.sessions.holds", lambda found: True)

    assert amaras.post("/ideas", data=WORDS | {"audience": "open", "without_name": "y"}).status_code == 200

    session.expire_all()
    assert session.execute(sa.select(Session.__table__)).all() == before
    assert session.scalars(sa.select(Receipt)).all() == []


def test_the_six_words_stand_in_no_address_and_no_cookie(cast, send, signed_in):
    amaras = signed_in(cast.amara)
    answer = amaras.post("/ideas", data=WORDS | {"audience": "open", "without_name": "y"})
    six = [text(word) for word in page_of(answer).all(".words li")]
    assert "Location" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    with amaras.session_transaction() as cookie:
        assert not [word for word in six if word in repr(dict(cookie))]


def test_sent_twice_it_is_one_idea_and_shows_the_same_words(session, send):
    assert send().text(".words") == send().text(".words")
    assert the_idea(session)


def test_a_draft_cannot_be_without_a_name(cast, session, signed_in):
    answer = signed_in(cast.amara).post("/ideas", data=WORDS | {"audience": "draft", "without_name": "y"})
    page = page_of(answer, 422)
    assert "A draft cannot be without a name" in page.text(".nhsuk-error-summary")
    assert page.fields("main form")["now"] == WORDS["now"]
    assert session.scalar(sa.select(sa.func.count(Idea.id))) == 0


def test_what_a_colleague_said_is_not_sent_without_a_name(cast, session, signed_in):
    both = {"audience": "open", "without_name": "y", "on_behalf_of": cast.tomas.id}
    answer = signed_in(cast.amara).post("/ideas", data=WORDS | both)
    assert "It cannot be both" in page_of(answer, 422).text(".nhsuk-error-summary")
    assert session.scalar(sa.select(sa.func.count(Idea.id))) == 0


def test_from_a_small_place_the_form_offers_to_leave_the_place_out(cast, session, signed_in, visit):
    deles = signed_in(cast.dele)
    form = visit("/ideas/new", by=deles)
    assert "Fewer than 10 people use Headroom at Willow Bank Care Home" in form.text("main")
    sent = form.fields("main form") | WORDS | {"without_name": "y"}
    assert sent["leave_place_out"] == "y"
    page = page_of(deles.post("/ideas", data=sent))
    assert "It looks for a host" in page.text("main")
    idea = the_idea(session)
    assert (idea.hurts_place, idea.hurts_organisation, idea.home_organisation) == ("", None, None)


def test_a_place_with_people_enough_offers_nothing_of_the_kind(app, cast, signed_in, visit, monkeypatch):
    monkeypatch.setattr("ideas.web.six_words.people.are_fewer_than", lambda least, organisation: False)
    assert "leave_place_out" not in visit("/ideas/new", by=signed_in(cast.dele)).html


def test_the_six_words_show_it_to_somebody_who_is_not_signed_in(client, six, visit):
    assert visit("/claim").one("input[name=code]")
    page = page_of(client.post("/claim", data={"code": f"  {six.upper()} "}))
    assert page.text("h1") == WORDS["title"]
    assert "Nobody carries it yet" in page.text(".lead")
    assert "without a name, said it" in page.text(".history")
    assert "sign in" in page.text("main")
    assert not page.all("form[action='/claim/author']")


@pytest.mark.parametrize("typed", ["", "abacus abacus abacus abacus abacus abacus", "x" * 5000])
def test_wrong_words_show_nothing(client, six, typed):
    for path in ("/claim", "/claim/words"):
        page = page_of(client.post(path, data={"code": typed}), 422)
        assert page.all(".nhsuk-error-summary")
        assert WORDS["now"] not in page.html


def test_typing_words_is_throttled(client, cast, monkeypatch):
    monkeypatch.setattr(throttles, "TRIES_FROM_AN_ADDRESS", 2)
    answers = [client.post("/claim", data={"code": "abacus"}).status_code for _ in range(3)]
    assert answers == [422, 422, 429]


def test_its_author_changes_its_words_without_signing_in(client, session, six):
    form = page_of(client.post("/claim", data={"code": six})).fields("form[action='/claim/words']")
    page = page_of(client.post("/claim/words", data=form | {"title": "One telephone"}))
    assert "Saved" in page.text("#notices")
    assert page.text("h1") == "One telephone"
    assert the_idea(session).title == "One telephone"

    late = page_of(client.post("/claim/words", data=form | {"title": "Another telephone"}), 409)
    assert "One telephone" in late.text("main")
    assert late.fields("form[action='/claim/words']")["title"] == "Another telephone"

    patient = {"now": "NHS number 943 476 5919", "version": late.fields("form[action='/claim/words']")["version"]}
    assert "NHS number" in page_of(client.post("/claim/words", data=form | patient), 422).text(".nhsuk-error-summary")


def test_its_author_takes_it_back_while_nobody_else_has_done_anything_on_it(cast, session, client, six, visit):
    form = page_of(client.post("/claim", data={"code": six})).fields("form[action='/claim/withdrawal']")
    page = page_of(client.post("/claim/withdrawal", data=form))
    assert "gone for everybody" in page.text("main")
    assert the_idea(session).audience is Audience.WITHDRAWN
    assert client.post("/claim", data={"code": six}).status_code == 422


def test_what_somebody_carries_is_not_taken_back(cast, session, client, six):
    idea = the_idea(session)
    teams.take_on(idea, by=cast.tomas)
    session.commit()
    assert not page_of(client.post("/claim", data={"code": six})).all("form[action='/claim/withdrawal']")
    assert "was not withdrawn" in page_of(client.post("/claim/withdrawal", data={"code": six}), 409).text("main")


def test_its_author_reads_why_it_was_hidden(cast, session, client, six):
    hidings.hide(the_idea(session), "It names a colleague.", by=cast.femi)
    session.commit()
    page = page_of(client.post("/claim", data={"code": six}))
    assert "It names a colleague." in page.text(".note")


def test_who_is_signed_in_puts_their_name_to_it(cast, session, client, six, signed_in, visit):
    tomas = signed_in(cast.tomas)
    form = page_of(tomas.post("/claim", data={"code": six})).fields("form[action='/claim/author']")

    first = tomas.post("/claim/author", data=form)
    again = tomas.post("/claim/author", data=form)

    idea = the_idea(session)
    assert first.location == again.location == f"/ideas/{idea.ref}"
    assert idea.author == cast.tomas
    assert "Tomas N." in visit(first.location, by=tomas).text(".facts")
    assert client.post("/claim", data={"code": six}).status_code == 422


def test_who_is_not_signed_in_puts_no_name_to_it(client, session, six):
    assert client.post("/claim/author", data={"code": six}).status_code in (303, 401, 419)
    assert the_idea(session).is_without_name


def test_who_sponsors_it_is_told_why_their_name_cannot_stand_on_it(cast, session, six, signed_in, monkeypatch):
    monkeypatch.setattr("ideas.access.rules.was_asked_to_decide", lambda person, thing: True)
    bens = signed_in(cast.ben)
    form = page_of(bens.post("/claim", data={"code": six})).fields("form[action='/claim/author']")
    assert bens.post("/claim/author", data=form).status_code in (303, 403)


def test_two_at_the_same_moment_are_one_idea(cast, session, signed_in, monkeypatch):
    """The second of two presses finds nothing to send again when it looks, and the first one's idea when it writes."""
    amaras = signed_in(cast.amara)
    data = WORDS | {"audience": "open", "without_name": "y"}
    first = page_of(amaras.post("/ideas", data=data)).text(".words")
    look = claims._with_hash
    looks = iter([lambda claim_hash: None])
    monkeypatch.setattr(claims, "_with_hash", lambda claim_hash: next(looks, look)(claim_hash))
    assert page_of(amaras.post("/ideas", data=data)).text(".words") == first
    db.session.rollback()
    assert the_idea(session)


def test_the_board_is_not_filled_without_a_name(cast, signed_in, monkeypatch):
    monkeypatch.setattr(throttles, "WORDS_FROM_AN_ADDRESS", 2)
    amaras, data = signed_in(cast.amara), WORDS | {"audience": "open", "without_name": "y"}
    for status in (200, 200, 429):
        answer = amaras.post("/ideas", data=data)
        assert answer.status_code == status
    assert WORDS["now"] in answer.text
    assert answer.headers["Retry-After"] == "300"
    assert amaras.post("/ideas", data=WORDS | {"audience": "open"}).status_code == 303, "a name is not counted"


def test_who_may_not_put_their_name_to_it_leaves_no_trace_of_having_tried(
    cast, session, six, signed_in, lines_of_requests
):
    """They hold the six words: a line that names them, or a session used at that moment, says who wrote it."""
    idea = the_idea(session)
    sponsors.back(idea, by=cast.femi, kind=PledgeKind.COVER, amount=None, unit=None, note="A day")
    session.commit()
    femis = signed_in(cast.femi)
    session.execute(sa.update(Session).values(last_used_at=clock.now() - dt.timedelta(minutes=30)))
    session.commit()
    used = session.scalars(sa.select(Session.last_used_at)).all()

    assert femis.post("/claim/author", data={"code": six}).status_code == 403

    session.expire_all()
    assert session.scalars(sa.select(Session.last_used_at)).all() == used
    [line] = [line for line in lines_of_requests() if line["route"] == "/claim/author"]
    assert (line["person"], line["address"]) == (None, None)
