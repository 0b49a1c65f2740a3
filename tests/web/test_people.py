"""The page of a person: who they are at work, and what they carry, said and sponsor."""

import datetime as dt

import pytest

from ideas import clock
from ideas.domain import joining, people
from ideas.models import Audience, Role
from tests import factories
from tests.helpers.page import text
from tests.helpers.statements import counted


def path(person):
    return f"/people/{person.id}"


def lists(page):
    """The headings of the lists on the page, and the titles under each."""
    found = {}
    for section in page.all("main section"):
        (heading,) = section.query("h2")
        found[text(heading)] = [text(link) for link in section.query("h3 a")]
    return found


@pytest.mark.parametrize("reader", ["amara", "dele", "sol", "ada"])
def test_everybody_who_is_signed_in_sees_who_somebody_is_at_work(visit, cast, signed_in, reader):
    page = visit(path(cast.femi), by=signed_in(getattr(cast, reader)))
    assert page.text("h1") == "Femi Adeyemi"
    words = page.text("main")
    for said in ("Operations director", "Northmere Hospitals", "Leader"):
        assert said in words
    assert "femi@example.org" not in words


def test_nobody_sees_it_signed_out(client, cast):
    answer = client.get(path(cast.femi))
    assert (answer.status_code, answer.location) == (303, f"/sign-in?next=/people/{cast.femi.id}")


def test_who_waits_to_join_or_was_told_no_is_nobody_to_the_others(visit, cast, session, signed_in):
    """That somebody asked is for those who say who joins; nobody has said yes to this name."""
    waits = joining.ask(people.add("Nia Pugh", "nia"), cast.northmere, job="porter")
    was_told_no = joining.ask(people.add("Tom Reed", "tom"), cast.northmere, job="porter")
    joining.turn_down(was_told_no, by=cast.ada)
    session.commit()
    for reader in (cast.amara, cast.sol, cast.ada):
        for asked in (waits, was_told_no):
            assert signed_in(reader).get(path(asked.person)).status_code == 404
    joining.confirm(waits, by=cast.ada)
    session.commit()
    visit(path(waits.person), by=signed_in(cast.sol))


def test_somebody_who_is_not_there_is_a_page_that_is_not_there(visit, cast, signed_in):
    assert "nothing here" in visit("/people/999999", by=signed_in(cast.amara), status=404).text("main")
    assert signed_in(cast.amara).get("/people/x").status_code == 404


def test_what_they_carry_said_and_sponsor(visit, cast, session, signed_in):
    factories.ready_to_ask(cast, title="Carried")
    factories.new(cast, title="Said")
    factories.new(cast, title="Draft", audience=Audience.DRAFT)
    session.commit()
    for reader in (cast.dele, cast.amara):
        browser = signed_in(reader)
        page = visit(path(cast.amara), by=browser)
        assert lists(page) == {"Carries 1 idea": ["Carried"], "Said 1 idea": ["Said"]}
        assert "Draft" not in page.text()
        assert lists(visit(path(cast.ben), by=browser)) == {"Sponsors 1 idea": ["Carried"]}


def test_who_has_no_ideas_has_a_page_that_says_so(visit, cast, signed_in):
    page = visit(path(cast.tomas), by=signed_in(cast.amara))
    assert "No open ideas yet" in page.text("main")
    assert lists(page) == {}


def test_several_places_and_none(visit, cast, session, signed_in):
    people.join(cast.amara, cast.willow_bank, job="bank nurse", role=Role.MEMBER)
    people.leave(cast.tomas.active_memberships[0])
    session.commit()
    browser = signed_in(cast.femi)
    assert "Bank nurse" in visit(path(cast.amara), by=browser).text("aside")
    assert "Tomas belongs to no organisation now" in visit(path(cast.tomas), by=browser).text("aside")


def test_of_many_ideas_the_newest_are_shown_and_it_says_so(visit, cast, session, signed_in):
    for n in range(people.SHOWN + 1):
        with clock.at(dt.date(2026, 10, 1) + dt.timedelta(days=n)):
            factories.new(cast, title=f"Idea {n}")
    session.commit()
    page = visit(path(cast.amara), by=signed_in(cast.femi))
    assert len(lists(page)["Said 21 ideas"]) == people.SHOWN
    assert "The newest 20 of 21" in page.text("main")


def test_a_name_is_shown_and_never_run(visit, cast, session, signed_in):
    cast.amara.name = '"><svg onload=x()>'
    cast.amara.memberships[0].job = "<b>boss</b>"
    session.commit()
    page = visit(path(cast.amara), by=signed_in(cast.femi))
    assert page.text("h1") == cast.amara.name
    assert "<b>boss</b>" in page.text("aside")


def test_the_page_asks_the_database_as_often_for_many_ideas_as_for_few(cast, session, signed_in):
    femis = signed_in(cast.femi)

    def fill(by):
        for person in by:
            factories.new(cast, by=person)
        factories.ready_to_ask(cast)
        session.commit()

    fill([cast.amara])
    with counted() as few:
        assert femis.get(path(cast.amara)).status_code == 200
    for _ in range(4):
        fill([cast.amara, cast.tomas])
    with counted() as many:
        femis.get(path(cast.amara))
    assert len(many) == len(few)
