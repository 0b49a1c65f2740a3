"""Organisations: the list, and the page of one: who decides, whose ideas, who is there."""

import pytest

from ideas.domain import organisations, people
from ideas.models import Audience, Role, Sector
from tests import factories
from tests.helpers.page import text
from tests.helpers.statements import counted

NORTHMERE = "/organisations/northmere-hospitals"


def names(page):
    return [text(link) for link in page.all("main .list a")]


def part(page, heading):
    """The section or panel whose heading begins so."""
    return next(s for s in page.all("main section") if text(s.query("h2")[0]).startswith(heading))


# The list


@pytest.mark.parametrize("reader", ["amara", "femi", "sol", "ada"])
def test_all_are_listed_by_name_with_sector_nation_and_ideas(visit, cast, session, signed_in, reader):
    factories.new(cast)
    factories.in_planning(cast)
    factories.new(cast, audience=Audience.DRAFT)
    session.commit()
    page = visit("/organisations", by=signed_in(getattr(cast, reader)))
    assert names(page) == ["Eastfold Council", "Lantern Software", "Northmere Hospitals", "Willow Bank Care Home"]
    rows = [text(row) for row in page.all("main .list > li")]
    assert rows[2] == "Northmere Hospitals NHS Hospitals, England 2 ideas"
    assert rows[1] == "Lantern Software Supplier England Gives no care"
    assert rows[3].endswith("No ideas yet")
    assert not page.all(".filters")


def test_nobody_sees_them_signed_out(client, cast):
    for path in ("/organisations", NORTHMERE):
        assert client.get(path).location == f"/sign-in?next={path}"


def test_a_long_list_is_filtered_by_sector(visit, cast, session, signed_in):
    for n in range(10):
        organisations.add(f"Practice {n}", Sector.PRIMARY_CARE)
    session.commit()
    browser = signed_in(cast.amara)
    page = visit("/organisations", by=browser)
    chips = {text(chip): chip.attrs["href"] for chip in page.all(".chips a")}
    assert list(chips) == [
        "All 14",
        "Hospitals 1",
        "Primary care 10",
        "Adult social care 1",
        "Council 1",
        "Supplier 1",
    ]
    page = visit(chips["Council 1"], by=browser)
    assert names(page) == ["Eastfold Council"]
    assert text(page.one(".chips [aria-current]")) == "Council 1"
    assert page.title.startswith("Council")


@pytest.mark.parametrize("query", ["sector=nothing", "sector=", "page=0", "page=99", "page=x", "page=-1", "sector=%00"])
def test_a_filter_that_makes_no_sense_narrows_nothing(visit, cast, signed_in, query):
    assert len(names(visit(f"/organisations?{query}", by=signed_in(cast.amara)))) == 4


def test_a_sector_with_nobody_says_so(visit, cast, signed_in):
    page = visit("/organisations?sector=ambulance", by=signed_in(cast.amara))
    assert "There is no organisation of this sector yet" in page.text("main")


def test_a_very_long_list_has_pages(visit, cast, session, signed_in):
    for n in range(organisations.SIZE):
        organisations.add(f"Practice {n:03}", Sector.PRIMARY_CARE)
    session.commit()
    browser = signed_in(cast.amara)
    first = visit("/organisations", by=browser)
    last = visit(first.one("a[rel=next]").attrs["href"], by=browser)
    assert "Page 2 of 2" in last.text(".pages")
    assert len(names(first)) == organisations.SIZE
    assert len(names(last)) == 4
    ofsector = visit("/organisations?sector=primary_care", by=browser)
    assert not ofsector.all(".pages")


# One of them


def test_one_that_is_not_there(visit, cast, signed_in):
    browser = signed_in(cast.amara)
    visit("/organisations/nowhere", by=browser, status=404)
    visit(f"/organisations/{cast.northmere.id}", by=browser, status=404)


def test_who_leads_it_and_so_decides_and_by_when(visit, cast, session, signed_in):
    cast.northmere.sign_off_days = 5
    session.commit()
    page = visit(NORTHMERE, by=signed_in(cast.dele))
    leads = part(page, "Leads here, and so decides")
    assert [text(link) for link in leads.query("a")] == ["Ben H.", "Femi A.", "Ruth A."]
    assert "chief pharmacist" in text(leads)
    assert "Answers are due in 5 working days" in text(leads)
    assert "Ada L." in text(part(page, "Looks after its people"))
    assert "Amara O." in text(part(page, "Other people here 2"))


def test_where_nobody_leads_yet_it_says_so(visit, cast, session, signed_in):
    people.leave(cast.gwen.active_memberships[0])
    session.commit()
    page = visit("/organisations/willow-bank-care-home", by=signed_in(cast.dele))
    assert "Nobody leads here yet, so nobody can say yes" in page.text("main")
    assert "working day" not in page.text("main")


def test_a_supplier_never_decides_and_has_no_ideas_at_home(visit, cast, session, signed_in):
    page = visit("/organisations/lantern-software", by=signed_in(cast.sol))
    assert "Leads here" in page.text("main")
    assert "and so decides" not in page.text("main")
    assert "A supplier takes part, and never decides" in page.text("main")
    assert "It gives no care, so no idea has its home here" in page.text("main")
    factories.new(cast, by=cast.sol, home=None, hurts_organisation=cast.lantern, title="Letters in large print")
    session.commit()
    assert "Letters in large print" in visit("/organisations/lantern-software", by=signed_in(cast.amara)).text("main")


def test_its_ideas_by_stage_and_where_to_see_them(visit, cast, session, signed_in):
    factories.new(cast, title="One")
    factories.in_trying(cast, title="Two")
    factories.new(cast, title="Draft", audience=Audience.DRAFT)
    factories.new(cast, home=cast.willow_bank, title="Elsewhere")
    session.commit()
    browser = signed_in(cast.amara)
    page = visit(NORTHMERE, by=browser)
    assert {text(chip) for chip in page.all(".chips a")} == {"New 1", "Trying 1"}
    assert {text(link) for link in part(page, "Ideas here 2").query("h3 a")} == {"One", "Two"}
    assert [text(link) for link in part(page, "Hurts here").query("h3 a")] == ["Elsewhere"]
    assert "Draft" not in page.text()
    (board,) = (link for link in page.all("main a") if text(link) == "All 2 on the board")
    on_the_board = visit(board.attrs["href"], by=browser).text("main")
    assert "One" in on_the_board
    assert "Elsewhere" not in on_the_board
    trying = next(chip for chip in page.all(".chips a") if text(chip) == "Trying 1")
    listed = visit(trying.attrs["href"], by=browser).text("main")
    assert "Two" in listed
    assert "One" not in listed


def test_an_organisation_without_ideas_says_so(visit, cast, signed_in):
    page = visit("/organisations/eastfold-council", by=signed_in(cast.amara))
    assert "No ideas yet" in page.text("main")
    assert "Other people here 0 Nobody yet" in page.text("main")


def test_nobody_is_there_yet(visit, cast, session, signed_in):
    organisations.add("Ash Hospice", Sector.VOLUNTARY)
    session.commit()
    page = visit("/organisations/ash-hospice", by=signed_in(cast.amara))
    assert "Nobody leads here yet" in page.text("main")
    assert "People here 0 Nobody yet" in page.text("main")


def test_very_many_people_come_in_pages(visit, cast, session, signed_in):
    for n in range(organisations.PEOPLE):
        people.join(people.add(f"Person {n:03}", f"p{n}"), cast.northmere, job="porter", role=Role.MEMBER)
    session.commit()
    browser = signed_in(cast.amara)
    first = visit(NORTHMERE, by=browser)
    second = visit(first.one("a[rel=next]").attrs["href"], by=browser)
    assert len(part(second, "Other people here 32").query("li.person")) == 2


def test_a_name_is_shown_and_never_run(visit, cast, session, signed_in):
    cast.northmere.name = '"><svg onload=x()>'
    session.commit()
    browser = signed_in(cast.femi)
    assert cast.northmere.name in visit(NORTHMERE, by=browser).text("h1")
    assert cast.northmere.name in names(visit("/organisations", by=browser))


def test_the_pages_ask_the_database_as_often_for_many_rows_as_for_few(cast, session, signed_in):
    browser = signed_in(cast.femi)

    def fill(n):
        organisation = organisations.add(f"Practice {n}", Sector.PRIMARY_CARE)
        newcomer = people.add("New Comer", f"new{n}")
        for role in Role:
            people.join(newcomer, organisation, job="nurse", role=role)
            people.join(people.add("Other", f"{role}{n}"), cast.northmere, job="nurse", role=role)
        factories.ready_to_ask(cast)
        factories.new(cast, by=newcomer, home=organisation)
        session.commit()

    def sent(path):
        with counted() as statements:
            assert browser.get(path).status_code == 200
        return len(statements)

    fill(0)
    few = {path: sent(path) for path in ("/organisations", NORTHMERE)}
    for n in range(1, 5):
        fill(n)
    assert {path: sent(path) for path in few} == few
