"""At a poster: the three fields with nothing to sign in to, and only then who says it."""

import pytest
import sqlalchemy as sa

from ideas.db import db
from ideas.domain import first_words, invitations, joining, throttles, workplaces
from ideas.models import Idea, Role
from tests.cast import PASSWORD, give_password
from tests.helpers.page import Page, broken_rules, text

WORDS = {
    "now": "At night there is one torch for two floors.\nWhoever has it is on the other one.",
    "change": "A second torch on a hook upstairs.",
    "title": "A second torch for nights",
}


@pytest.fixture
def room(cast):
    made = workplaces.add(cast.willow_bank, "Staff room", by=cast.gwen)
    db.session.commit()
    return made


@pytest.fixture
def at(room):
    return f"/at/{room.written_code}"


def ideas(session):
    session.expire_all()
    return list(session.scalars(sa.select(Idea).order_by(Idea.id)).unique())


def page_of(answer, status=200):
    assert answer.status_code == status, answer.get_data(as_text=True)[:2000]
    page = Page.of(answer)
    assert not broken_rules(page)
    return page


def carried(client, at, form, **words):
    """What the form of a way sends, after the words were read."""
    return page_of(client.post(at, data=WORDS | words)).fields(f"form[action='{at}/{form}']")


def test_a_poster_opens_the_three_fields_for_somebody_who_is_not_signed_in(at, visit):
    page = visit(at)
    fields = [field.attrs["name"] for field in page.all("main form textarea, main form input[type=text]")]
    assert fields == ["now", "change", "title"]
    assert "Willow Bank Care Home" in page.text("main")
    assert "Staff room" in page.text("main")
    assert not page.all("main input[type=password]")
    form = page.one("main form")
    assert form.attrs["data-keep"].startswith("at-")
    assert "data-patient-details" in form.attrs


@pytest.mark.parametrize("typed", [str.upper, str.lower, lambda code: code.replace("-", "")])
def test_a_code_is_read_however_it_is_typed(room, client, typed):
    assert client.get(f"/at/{typed(room.written_code)}").status_code == 200
    answer = client.get("/at", query_string={"code": typed(room.written_code)})
    assert (answer.status_code, answer.location) == (303, f"/at/{room.written_code}")


def test_a_wrong_code_is_said_where_it_is_typed(cast, client, visit):
    assert visit("/at").one("input[name=code]")
    for code in ("", "bcdf-ghjk", "what is this"):
        page = page_of(client.get("/at", query_string={"code": code}), 422)
        assert page.all(".nhsuk-error-summary")
    assert client.get("/at/bcdf-ghjk").status_code == 404
    assert client.post("/at/bcdf-ghjk/ideas", data=WORDS).status_code == 404


def test_where_no_poster_leads_the_page_says_how_to_go_on(cast, client, signed_in):
    page = page_of(client.get("/at/bcdf-ghjk"), 404)
    assert page.text("h1") == "No poster has this code"
    assert [link.attrs["href"] for link in page.all("main a")] == ["/at", "/sign-in?next=/ideas/new"]
    links = page_of(signed_in(cast.amara).get("/at/bcdf-ghjk"), 404).all("main a")
    assert [link.attrs["href"] for link in links] == ["/at", "/ideas/new"]


def test_whoever_is_signed_out_is_offered_only_what_they_can_open(client):
    page = page_of(client.get("/nothing-here"), 404)
    assert [link.attrs["href"] for link in page.all("main a")] == ["/sign-in", "/"]


def test_words_that_are_not_whole_or_tell_who_a_patient_is_go_no_further(session, at, client):
    for wrong in ({"now": ""}, {"now": "NHS number 943 476 5919"}, {"now": "Mr Smith in bed 4 waits."}):
        page = page_of(client.post(at, data=WORDS | wrong), 422)
        assert "Your words are still here" in page.text(".nhsuk-error-summary")
        assert not page.all("input[type=password]")
    assert ideas(session) == []


def test_nothing_is_kept_between_the_two_steps_and_the_words_can_still_be_changed(session, at, client):
    page = page_of(client.post(at, data=WORDS))
    assert "Your words are safe" in page.text("h1")
    read = page.text(".note").split()
    assert all(word in read for said in WORDS.values() for word in said.split())
    assert ideas(session) == []

    back = page.fields(f"form[action='{at}']") | {"again": "y"}
    again = page_of(client.post(at, data=back))
    assert again.fields("main form")["now"] == WORDS["now"]
    assert again.fields("main form")["title"] == WORDS["title"]


def test_somebody_with_an_account_signs_in_and_sends_in_one_go(cast, session, room, at, client, visit):
    give_password(cast.dele)
    session.commit()
    sent = carried(client, at, "ideas") | {"email": "dele@example.org", "password": PASSWORD}

    answer = client.post(f"{at}/ideas", data=sent)
    twice = client.post(f"{at}/ideas", data=sent | {"csrf_token": ""})

    [idea] = ideas(session)
    assert answer.location == twice.location == f"/ideas/{idea.ref}"
    assert idea.author == cast.dele
    assert idea.now == WORDS["now"]
    assert (idea.hurts_place, idea.hurts_organisation) == ("Staff room", cast.willow_bank)
    assert idea.home_organisation == cast.willow_bank
    page = visit(answer.location)
    assert "Said. Everybody can read it now" in page.text("#notices")
    assert page.one("meta[name=accepted]").attrs["content"] == f"at-{room.code}"


def test_a_wrong_password_loses_no_word(cast, session, at, client):
    give_password(cast.dele)
    session.commit()
    sent = carried(client, at, "ideas") | {"email": "dele@example.org", "password": "not this one"}

    page = page_of(client.post(f"{at}/ideas", data=sent), 422)

    assert "do not go together" in page.text(".nhsuk-error-summary")
    assert ideas(session) == []
    right = page.fields(f"form[action='{at}/ideas']") | {"password": PASSWORD}
    assert client.post(f"{at}/ideas", data=right).status_code == 303


def test_guessing_passwords_at_a_poster_is_throttled_as_at_the_door(cast, at, client):
    sent = carried(client, at, "ideas") | {"email": "dele@example.org", "password": "not this one"}
    answers = [client.post(f"{at}/ideas", data=sent).status_code for _ in range(throttles.TRIES + 1)]
    assert answers == [422] * throttles.TRIES + [429]


def test_who_is_signed_in_sends_with_one_press(cast, session, at, signed_in):
    deles = signed_in(cast.dele)
    sent = carried(deles, at, "ideas")
    assert "email" not in sent
    assert deles.post(f"{at}/ideas", data=sent).status_code == 303
    assert ideas(session)[0].author == cast.dele


def test_from_a_supplier_s_poster_an_idea_looks_for_a_host(cast, session, signed_in):
    desk = workplaces.add(cast.lantern, "Support desk", by=cast.lena)
    session.commit()
    at = f"/at/{desk.written_code}"
    sols = signed_in(cast.sol)
    sols.post(f"{at}/ideas", data=carried(sols, at, "ideas"))
    assert ideas(session)[0].looks_for_a_host


def test_words_that_were_not_read_here_are_asked_for_again(cast, session, at, signed_in):
    deles = signed_in(cast.dele)
    sent = carried(deles, at, "ideas")
    for changed in ({"now": "Something else."}, {"ticket": "made up"}, {"title": ""}):
        page = page_of(deles.post(f"{at}/ideas", data=sent | changed), 422)
        assert page.one(f"form[action='{at}']")
    assert ideas(session) == []


def test_a_poster_is_throttled_generously(cast, at, client, monkeypatch):
    monkeypatch.setattr(throttles, "WORDS_AT_A_POSTER", 2)
    answers = [client.post(at, data=WORDS) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert WORDS["title"] in answers[2].get_data(as_text=True)
    assert answers[2].headers["Retry-After"] == "300"


def test_one_address_does_not_close_a_poster_to_the_others(cast, at, client, monkeypatch):
    assert throttles.WORDS_FROM_AN_ADDRESS < throttles.WORDS_AT_A_POSTER
    monkeypatch.setattr(throttles, "WORDS_FROM_AN_ADDRESS", 2)
    assert [client.post(at, data=WORDS).status_code for _ in range(3)] == [200, 200, 429]
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.post(at, data=WORDS, environ_base=elsewhere).status_code == 200


JOINS = {"name": "Nia", "job": "night carer", "sign_in": "nia.nights", "new": "lanterns on the landing"}


def test_somebody_joins_from_a_poster_and_their_words_wait_until_the_yes(
    cast, session, room, at, client, visit, signed_in
):
    sent = carried(client, at, "membership")
    assert sent["opens"] == "y"

    answer = client.post(f"{at}/membership", data=sent | JOINS)

    assert (answer.status_code, answer.location) == (303, "/")
    desk = visit("/")
    assert "your words wait with you" in desk.text("#notices")
    [idea] = ideas(session)
    assert all(words in desk.text("main") for words in (idea.title, *idea.now.split("\n"), idea.change))
    assert (idea.author.name, idea.is_draft) == ("Nia", True)
    assert client.get(f"/ideas/{idea.ref}").status_code == 404
    assert signed_in(cast.gwen).get(f"/ideas/{idea.ref}").status_code == 404

    [membership] = joining.waiting(cast.willow_bank, reader=cast.gwen)
    joining.confirm(membership, by=cast.gwen)
    session.commit()

    assert ideas(session)[0].is_open
    assert "Nia" in visit(f"/ideas/{idea.ref}").text(".facts")


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LEADER])
def test_words_that_wait_open_too_when_a_link_lets_their_author_in(cast, session, at, client, role):
    client.post(f"{at}/membership", data=carried(client, at, "membership") | JOINS)
    _, token = invitations.invite(cast.willow_bank, role, by=cast.gwen)
    session.commit()

    assert client.post(f"/invitations/{token}", data={"job": "night carer"}).status_code == 303

    [idea] = ideas(session)
    assert (idea.is_open, idea.waits_for) == (True, None)


def test_who_wants_it_keeps_the_draft_after_the_yes(cast, session, at, client):
    client.post(f"{at}/membership", data=carried(client, at, "membership") | JOINS | {"opens": ""})
    joining.confirm(joining.waiting(cast.willow_bank, reader=cast.gwen)[0], by=cast.gwen)
    session.commit()
    assert ideas(session)[0].is_draft


def test_a_joiner_is_told_what_is_missing_and_loses_no_word(cast, session, at, client):
    for wrong in ({"name": ""}, {"sign_in": "dele@example.org"}, {"new": "short"}):
        page = page_of(client.post(f"{at}/membership", data=carried(client, at, "membership") | JOINS | wrong), 422)
        assert page.all(".nhsuk-error-summary")
        assert page.fields(f"form[action='{at}/membership']")["now"] == WORDS["now"]
    assert ideas(session) == []
    assert client.post(f"{at}/membership", data=WORDS | JOINS).status_code == 422


def test_a_name_that_was_suggested_is_not_read_twice(at, client):
    sent = WORDS | {"title": "At night there is one torch for two floors"}
    assert page_of(client.post(at, data=sent)).text(".note").count("one torch for two floors") == 1


def test_the_ways_to_send_it_fit_a_phone_and_the_one_that_was_refused_is_open(at, client):
    page = page_of(client.post(at, data=WORDS))
    assert len(page.all("main .way")) == 3 and not page.all("main details[open]")
    sent = carried(client, at, "membership") | JOINS | {"job": ""}
    page = page_of(client.post(f"{at}/membership", data=sent), 422)
    assert [text(each.query("summary")[0]) for each in page.all("main details[open]")] == ["Join and send"]


def test_who_waits_already_signs_in_and_says_more(cast, session, at, client, app, monkeypatch):
    client.post(f"{at}/membership", data=carried(client, at, "membership") | JOINS)
    again = app.test_client()
    sent = carried(again, at, "ideas", title="A third torch") | {"email": "nia.nights", "password": JOINS["new"]}
    assert again.post(f"{at}/ideas", data=sent).location == "/"
    assert [idea.is_draft for idea in ideas(session)] == [True, True]
    monkeypatch.setattr(first_words, "SHOWN", 1)
    desk = page_of(again.get("/")).text("main")
    assert "A third torch" in desk and WORDS["title"] not in desk
    assert "The 1 newest of 2." in desk


def test_who_is_signed_in_is_offered_no_joining_and_does_not_join(cast, session, at, signed_in):
    deles = signed_in(cast.dele)
    page = page_of(deles.post(at, data=WORDS))
    assert not page.all(f"form[action='{at}/membership']")
    sent = page.fields(f"form[action='{at}/without-name']") | JOINS
    assert deles.post(f"{at}/membership", data=sent).status_code == 409
    assert ideas(session) == []


def test_from_a_poster_it_is_sent_without_a_name_and_leaves_the_place_out_where_few_are(cast, session, at, client):
    sent = carried(client, at, "without-name")
    assert sent["leave_place_out"] == "y"
    page = page_of(client.post(f"{at}/without-name", data=sent))
    assert len(page.all(".words li")) == 6
    [idea] = ideas(session)
    assert (idea.author, idea.home_organisation, idea.hurts_place) == (None, None, "")
    assert page.text(".words") == page_of(client.post(f"{at}/without-name", data=sent)).text(".words")
    with_place = sent | {"ticket": "made up"}
    assert client.post(f"{at}/without-name", data=with_place).status_code == 422
