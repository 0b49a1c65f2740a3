"""The list of ideas: narrowed by stage, organisation and sector, twenty a page."""

from __future__ import annotations

import pytest

from ideas.models import Audience
from tests import factories
from tests.helpers.page import text
from tests.helpers.statements import counted


def titles(page):
    return [text(heading) for heading in page.all("#found h2 a")]


@pytest.fixture
def four(cast, session):
    factories.new(cast, title="North")
    factories.new(cast, title="Willow", home=cast.willow_bank)
    factories.new(cast, title="Homeless", by=cast.sol, hurts_organisation=cast.lantern, home=None)
    factories.stopped(cast, title="Stopped")
    session.commit()


def test_all_ideas_are_listed_with_where_and_since_when(cast, signed_in, visit, four):
    page = visit("/ideas", by=signed_in(cast.dele))
    assert set(titles(page)) == {"North", "Willow", "Homeless", "Stopped"}
    assert "4 ideas" in page.text("#found")
    assert "Looks for a host · hurts at Lantern Software" in page.text("#found")
    assert "Learned: Nobody rings after six." in page.text("#found")
    chips = {text(chip) for chip in page.all(".chips a")}
    assert {"All 4", "New 3", "Stopped 1", "Trying 0"} <= chips


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("stage=stopped", {"Stopped"}),
        ("stage=new", {"North", "Willow", "Homeless"}),
        ("organisation=willow-bank-care-home", {"Willow"}),
        ("sector=acute", {"North", "Stopped"}),
        ("sector=acute&stage=new", {"North"}),
        ("stage=&organisation=&sector=", {"North", "Willow", "Homeless", "Stopped"}),
        ("organisation=eastfold-council", set()),
    ],
)
def test_filters_narrow_and_stay_chosen(cast, signed_in, visit, four, query, found):
    page = visit(f"/ideas?{query}", by=signed_in(cast.dele))
    assert set(titles(page)) == found
    chosen = page.fields("form.pick")
    for pair in query.split("&"):
        name, value = pair.split("=")
        assert chosen[name] == value


@pytest.mark.parametrize("query", ["stage=flying", "organisation=nowhere", "sector=x", "stage=\x00", "page=x"])
def test_a_word_that_is_not_known_narrows_nothing(cast, signed_in, visit, four, query):
    assert len(titles(visit(f"/ideas?{query}", by=signed_in(cast.dele)))) == 4


def test_chips_keep_the_other_filters_and_count_within_them(cast, signed_in, visit, four):
    page = visit("/ideas?sector=acute&stage=new", by=signed_in(cast.dele))
    links = {text(chip): chip.attrs["href"] for chip in page.all(".chips a")}
    assert links["Stopped 1"] == "/ideas?stage=stopped&sector=acute"
    assert links["All 2"] == "/ideas?sector=acute"
    assert page.text('.chips [aria-current="page"]') == "New 1"


def test_nothing_yet_invites_and_nothing_found_leads_back(cast, signed_in, visit):
    deles = signed_in(cast.dele)
    assert "Nobody has said anything yet" in visit("/ideas", by=deles).text("#found")
    assert "No idea here yet" in visit("/ideas?stage=trying", by=deles).text("#found")


def test_more_than_twenty_have_pages_that_keep_the_filter(cast, session, signed_in, visit):
    for number in range(21):
        factories.new(cast, title=f"Idea {number}")
    session.commit()
    deles = signed_in(cast.dele)
    first = visit("/ideas?stage=new&sector=", by=deles)
    assert len(titles(first)) == 20
    following = first.one('a[rel="next"]').attrs["href"]
    assert "stage=new" in following
    assert len(titles(visit(following, by=deles))) == 1


def test_a_draft_is_neither_listed_nor_counted_for_others(cast, session, signed_in, visit):
    factories.new(cast, audience=Audience.DRAFT, title="Secret")
    session.commit()
    for person in (cast.femi, cast.ada, cast.tomas, cast.sol):
        page = visit("/ideas", by=signed_in(person))
        assert titles(page) == []
        assert "All 0" in page.text(".chips")


def test_htmx_gets_the_list_alone(cast, signed_in, visit, four):
    page = visit("/ideas?stage=stopped", by=signed_in(cast.dele), headers={"HX-Request": "true"})
    assert page.is_fragment
    assert titles(page) == ["Stopped"]


def test_nobody_reads_it_signed_out(client):
    answer = client.get("/ideas?stage=new")
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=")


def test_more_ideas_ask_no_more_statements(cast, session, signed_in):
    factories.stopped(cast, title="One", home=cast.northmere)
    for number in range(8):
        factories.new(cast, title=f"New {number}", by=(cast.gwen, cast.dele, cast.sol)[number % 3])
        factories.stopped(cast, title=f"Stopped {number}")
    session.commit()
    deles = signed_in(cast.dele)

    def statements(query):
        deles.get(f"/ideas{query}")
        session.expunge_all()
        with counted() as sent:
            assert deles.get(f"/ideas{query}").status_code == 200
        return len(sent)

    assert statements("?stage=stopped&sector=acute&page=1") == statements("")
