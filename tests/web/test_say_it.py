"""Saying it: three fields, and nothing typed is ever lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from ideas.domain import events, invitations
from ideas.models import Idea, Person, Role
from tests.helpers.page import Page

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WORDS = {
    "now": "Carers ring the switchboard, and wait 50 minutes. Some give up.",
    "change": "One number, answered in the afternoon.",
    "title": "One number for carers",
}


def the_idea(session: Session) -> Idea:
    session.expire_all()
    return session.scalars(sa.select(Idea)).one()


def none_was_made(session: Session) -> bool:
    return session.scalar(sa.select(sa.func.count(Idea.id))) == 0


def test_the_page_asks_in_this_order_and_says_what_it_is_not_for(cast, signed_in, visit):
    page = visit("/ideas/new", by=signed_in(cast.dele))

    fields = [field.attrs["name"] for field in page.all("main form textarea, main form input[type=text], main select")]
    assert fields == ["now", "change", "title", "hurts_place", "hurts_organisation", "home_organisation"]
    form = page.one("main form")
    assert form.attrs["data-keep"] == "idea"
    assert form.attrs["data-keep-person"] == str(cast.dele.id)
    assert "data-patient-details" in form.attrs
    assert "not for reporting an incident" in page.text("main")


def test_it_hurts_and_would_change_where_its_author_works(cast, signed_in, visit):
    sent = visit("/ideas/new", by=signed_in(cast.dele)).fields("main form")
    assert sent["hurts_organisation"] == sent["home_organisation"] == str(cast.willow_bank.id)
    assert sent["audience"] == "open"


def test_a_suppliers_idea_looks_for_a_host_and_no_supplier_is_offered_as_home(cast, signed_in, visit):
    page = visit("/ideas/new", by=signed_in(cast.sol))
    assert page.fields("main form")["home_organisation"] == ""
    homes = [option.to_text() for option in page.all("#home_organisation option")]
    assert "Lantern Software" not in homes
    assert "Willow Bank Care Home" in homes


def test_somebody_who_belongs_nowhere_is_told_what_to_do(cast, session, signed_in, visit):
    from ideas.domain import people

    stray = people.add("Sam Stray", "sam@example.org")
    session.commit()
    page = visit("/ideas/new", by=signed_in(stray), status=403)
    assert "belong to no organisation" in page.text("main")


def test_saying_it_shows_it_and_lets_the_browser_forget_it(cast, session, signed_in):
    deles = signed_in(cast.dele)
    answer = deles.post("/ideas", data=WORDS | {"hurts_place": "Oak wing"})

    idea = the_idea(session)
    assert (answer.status_code, answer.location) == (303, f"/ideas/{idea.ref}")
    assert (idea.now, idea.change, idea.title) == tuple(WORDS.values())
    assert (idea.hurts_place, idea.hurts_organisation.name) == ("Oak wing", "Willow Bank Care Home")
    assert idea.home_organisation == idea.hurts_organisation
    assert idea.owner is None
    assert [events.sentence(event) for event in idea.events] == ["Dele O. said it, from Oak wing"]
    page = Page.of(deles.get(answer.location))
    assert page.one("meta[name=accepted]").attrs["content"] == "idea"


def test_places_are_as_chosen_and_none_looks_for_a_host(cast, session, signed_in):
    chosen = {"hurts_organisation": str(cast.northmere.id), "home_organisation": ""}
    signed_in(cast.dele).post("/ideas", data=WORDS | chosen)
    idea = the_idea(session)
    assert idea.hurts_organisation.name == "Northmere Hospitals"
    assert idea.looks_for_a_host


def test_a_place_that_gives_no_care_or_is_none_is_refused_as_home(cast, session, signed_in):
    for home in (str(cast.lantern.id), "999999", "x"):
        answer = signed_in(cast.dele).post("/ideas", data=WORDS | {"home_organisation": home})
        assert answer.status_code == 422
    assert none_was_made(session)


@pytest.mark.parametrize(
    "sent",
    [
        {"change": "", "change_unknown": "y"},
        {"change": "I do not know yet"},
        {"change": "i do not know yet."},
    ],
)
def test_not_knowing_what_would_be_less_bad_is_an_answer(cast, session, signed_in, visit, sent):
    deles = signed_in(cast.dele)
    deles.post("/ideas", data=WORDS | sent)
    idea = the_idea(session)
    assert idea.change == "I do not know yet"
    assert "Nobody knows yet" in visit(f"/ideas/{idea.ref}", by=deles).text(".swap__new")


def test_a_tick_beside_a_change_that_is_known_keeps_the_change(cast, session, signed_in):
    signed_in(cast.dele).post("/ideas", data=WORDS | {"change_unknown": "y"})
    assert the_idea(session).change == WORDS["change"]


def test_a_missing_name_is_refused_with_the_first_words_already_there(cast, session, signed_in):
    answer = signed_in(cast.dele).post("/ideas", data=WORDS | {"title": " "})
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.one("#title").attrs["value"] == "Carers ring the switchboard, and wait 50 minutes"
    assert page.fields("main form")["now"] == WORDS["now"]
    assert page.title.startswith("Error: ")
    assert [link.attrs["href"] for link in page.all(".nhsuk-error-summary a")] == ["#title"]
    assert none_was_made(session)


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"now": ""}, "#now"),
        ({"now": "x" * 4001}, "#now"),
        ({"change": ""}, "#change"),
        ({"change": "x" * 4001}, "#change"),
        ({"title": "x" * 121}, "#title"),
        ({"hurts_place": "x" * 121}, "#hurts_place"),
        ({"hurts_organisation": "999999"}, "#hurts_organisation"),
        ({"audience": "everybody"}, "#audience"),
        ({"audience": ""}, "#audience"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_every_word_still_there(cast, session, signed_in, sent, wrong):
    typed = WORDS | {"hurts_place": "Oak wing", "audience": "draft"} | sent
    answer = signed_in(cast.dele).post("/ideas", data=typed)
    page = Page.of(answer)

    assert answer.status_code == 422
    assert [link.attrs["href"] for link in page.all(".nhsuk-error-summary a")] == [wrong]
    kept = page.fields("main form")
    for name in ("now", "change", "title", "hurts_place"):
        assert kept[name] == typed[name]
    assert none_was_made(session)


def test_nothing_at_all_is_refused_at_all_three_fields(cast, signed_in):
    page = Page.of(signed_in(cast.dele).post("/ideas", data={}))
    assert [link.attrs["href"] for link in page.all(".nhsuk-error-summary a")] == ["#now", "#change", "#title"]


def test_control_characters_are_taken_out_and_marks_of_html_are_shown_as_typed(cast, session, signed_in, visit):
    deles = signed_in(cast.dele)
    deles.post("/ideas", data=WORDS | {"now": "A\x00B\u202e <b>bold</b>", "title": "A\nB <i>c</i>"})
    idea = the_idea(session)
    assert (idea.now, idea.title) == ("AB <b>bold</b>", "A B <i>c</i>")
    page = visit(f"/ideas/{idea.ref}", by=deles)
    assert page.text("h1") == "A B <i>c</i>"
    assert not page.all("h1 i, .swap b")


def test_a_draft_is_kept_for_its_team(cast, session, signed_in, visit):
    deles = signed_in(cast.dele)
    deles.post("/ideas", data=WORDS | {"audience": "draft"})
    ref = the_idea(session).ref
    assert "Only your team reads this" in visit(f"/ideas/{ref}", by=deles).text("main")
    visit(f"/ideas/{ref}", by=signed_in(cast.gwen), status=404)


def test_sending_twice_makes_one(cast, session, signed_in, visit):
    deles = signed_in(cast.dele)
    key = visit("/ideas/new", by=deles).fields("main form")["key"]
    first, second = (deles.post("/ideas", data=WORDS | {"key": key}) for _ in range(2))
    assert first.location == second.location == f"/ideas/{the_idea(session).ref}"


def test_a_refused_form_keeps_its_key_and_can_be_sent_again(cast, session, signed_in):
    deles = signed_in(cast.dele)
    page = Page.of(deles.post("/ideas", data=WORDS | {"title": "", "key": "k" * 20}))
    sent = page.fields("main form")
    assert sent["key"] == "k" * 20
    assert deles.post("/ideas", data=sent).status_code == 303
    assert the_idea(session).title == "Carers ring the switchboard, and wait 50 minutes"


@pytest.mark.parametrize("field", ["now", "change", "title", "hurts_place"])
def test_an_nhs_number_is_refused_wherever_it_stands_ticked_or_not(cast, session, signed_in, field):
    typed = WORDS | {field: "The lady 943 476 5919 waited", "checked_details": "y"}
    answer = signed_in(cast.dele).post("/ideas", data=typed)
    page = Page.of(answer)
    assert answer.status_code == 422
    assert [link.attrs["href"] for link in page.all(".nhsuk-error-summary a")] == [f"#{field}"]
    assert re.search("“.+” has what looks like an NHS number, ending 5919", page.text(".nhsuk-error-summary"))
    assert page.fields("main form")[field] == typed[field]
    assert none_was_made(session)


def test_a_number_is_never_put_into_the_name(cast, signed_in):
    page = Page.of(signed_in(cast.dele).post("/ideas", data=WORDS | {"now": "9434765919 waited", "title": ""}))
    assert not page.one("#title").attrs.get("value")


@pytest.mark.parametrize("typed", ["Mrs Hall in bed 4 waited", "A resident born 4 May 1942 waited"])
def test_what_may_be_a_patient_is_questioned_once_and_passes_when_it_was_checked(cast, session, signed_in, typed):
    deles = signed_in(cast.dele)
    assert not Page.of(deles.get("/ideas/new")).all("[name=checked_details]")

    answer = deles.post("/ideas", data=WORDS | {"now": typed})
    page = Page.of(answer)

    assert answer.status_code == 422
    assert page.text("label[for=checked_details]") == "I have checked: this tells nobody who a patient is"
    assert [link.attrs["href"] for link in page.all(".nhsuk-error-summary a")] == ["#checked_details"]
    assert none_was_made(session)
    again = page.fields("main form") | {"checked_details": "y"}
    assert deles.post("/ideas", data=again).status_code == 303
    assert the_idea(session).now == typed


def test_who_is_not_signed_in_says_nothing_and_loses_nothing(cast, session, client):
    assert client.get("/ideas/new").status_code == 303
    answer = client.post("/ideas", data=WORDS)
    assert answer.status_code == 419
    assert WORDS["now"] in answer.get_data(as_text=True)
    assert none_was_made(session)


def test_who_lost_their_place_between_page_and_click_says_nothing(cast, session, signed_in):
    from ideas.domain import people

    deles = signed_in(cast.dele)
    dele = session.get(Person, cast.dele.id)
    people.leave(dele.memberships[0])
    session.commit()
    assert deles.post("/ideas", data=WORDS).status_code == 403
    assert none_was_made(session)


def test_htmx_is_sent_on_to_the_idea(cast, session, signed_in):
    answer = signed_in(cast.dele).post("/ideas", data=WORDS, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == f"/ideas/{the_idea(session).ref}"


@pytest.mark.parametrize("asked", [{"on_behalf_of": "999"}, {"on_behalf_of": "x"}])
def test_what_cannot_be_done_is_refused_and_never_done_under_the_name_of_who_asked(cast, session, signed_in, asked):
    answer = signed_in(cast.dele).post("/ideas", data=WORDS | asked)
    assert answer.status_code == 422
    assert "Nothing was sent" in answer.get_data(as_text=True)
    assert WORDS["now"] in answer.get_data(as_text=True)
    assert none_was_made(session)


@pytest.mark.parametrize("unseen", ["\u200b", "\u3164\u2800", "\u00ad \u2060", "\u2003\u180e"])
def test_words_of_which_nothing_is_seen_are_no_words(cast, session, signed_in, unseen):
    """Else a card without a word on it would stand on everybody's board."""
    for name in ("now", "title"):
        answer = signed_in(cast.dele).post("/ideas", data=WORDS | {"audience": "open", name: unseen})
        assert answer.status_code == 422
    joins = {"name": unseen, "sign_in": "nia", "new": "kettle orbit mango", "job": "carer"}
    _, token = invitations.invite(cast.northmere, Role.MEMBER, by=cast.ada)
    session.commit()
    assert signed_in(cast.dele).application.test_client().post(f"/invitations/{token}", data=joins).status_code == 422
    assert none_was_made(session)
