"""Organisations: adding and finding them, who is there, and which ideas are whose."""

import datetime as dt

import pytest

from ideas import clock
from ideas.domain import organisations, people, search
from ideas.domain.errors import Invalid
from ideas.models import GIVE_NO_CARE, Audience, Nation, Role, Sector, Stage
from tests import factories


@pytest.mark.parametrize("sector", Sector)
def test_whether_it_gives_care_follows_from_its_sector(session, sector):
    assert organisations.add(f"The {sector}", sector).gives_care is (sector not in GIVE_NO_CARE)


def test_a_charity_may_say_that_it_gives_care_and_a_supplier_never(session):
    assert organisations.add("Hearth Hospice", Sector.VOLUNTARY, gives_care=True).gives_care
    with pytest.raises(Invalid) as refusal:
        organisations.add("Lantern", Sector.SUPPLIER, gives_care=True)
    assert refusal.value.field == "gives_care"


@pytest.mark.parametrize("name", ["", "x", "y" * 121, "willow bank care home", " Willow  Bank Care Home "])
def test_a_name_must_be_there_and_not_taken(session, cast, name):
    with pytest.raises(Invalid) as refusal:
        organisations.add(name, Sector.ACUTE)
    assert refusal.value.field == "name"


def test_short_names_are_free_and_found_again(session):
    made = [organisations.add(name, Sector.ACUTE) for name in ("St Ives", "St. Ives", "Ysbyty Môn", "???")]
    assert [one.slug for one in made] == ["st-ives", "st-ives-2", "ysbyty-mon", "organisation"]
    assert organisations.named("ST IVES") is made[0]
    assert organisations.named("st-ives-2") is made[1]
    assert organisations.named("nowhere") is None


def test_a_nation_is_england_unless_it_is_said(session):
    assert organisations.add("Ash", Sector.ACUTE).nation is Nation.ENGLAND
    assert organisations.add("Elm", Sector.ACUTE, nation=Nation.WALES).nation is Nation.WALES


def test_the_list_is_by_name_and_counts_open_ideas_at_home(session, cast):
    organisations.add("aardvark care", Sector.ADULT_SOCIAL_CARE)
    factories.new(cast)
    factories.in_planning(cast)
    factories.new(cast, home=cast.willow_bank)
    factories.new(cast, home=None)
    factories.new(cast, audience=Audience.DRAFT)
    for reader in (cast.amara, cast.sol):
        rows = organisations.listed(reader).rows
        assert [(row.organisation.name, row.ideas) for row in rows] == [
            ("aardvark care", 0),
            ("Eastfold Council", 0),
            ("Lantern Software", 0),
            ("Northmere Hospitals", 2),
            ("Willow Bank Care Home", 1),
        ]


def test_the_list_by_sector(session, cast):
    listing = organisations.listed(cast.amara, sector=Sector.COUNCIL)
    assert [row.organisation for row in listing.rows] == [cast.eastfold]
    assert listing.total == 1
    assert listing.sectors[Sector.ACUTE] == 1
    assert organisations.listed(cast.amara, sector=Sector.AMBULANCE).rows == []


def test_a_long_list_has_pages_and_a_page_past_the_last_is_the_last(session, cast):
    for n in range(organisations.SIZE):
        organisations.add(f"Practice {n:03}", Sector.PRIMARY_CARE)
    first, last = organisations.listed(cast.amara), organisations.listed(cast.amara, page=99)
    assert (len(first.rows), first.last) == (organisations.SIZE, 2)
    assert (len(last.rows), last.number) == (4, 2)
    assert not {row.organisation for row in first.rows} & {row.organisation for row in last.rows}


def test_who_leads_who_administers_and_who_else_is_there(session, cast):
    people.join(cast.ben, cast.northmere, job="ward pharmacist", role=Role.MEMBER)
    people.leave(cast.ruth.active_memberships[0])
    session.expire_all()
    members = organisations.members(cast.northmere, reader=cast.sol)
    assert [one.person for one in members.leaders] == [cast.ben, cast.femi]
    assert members.leaders[0].jobs == "chief pharmacist, ward pharmacist"
    assert [one.person for one in members.administrators] == [cast.ada]
    assert [one.person for one in members.others] == [cast.amara, cast.tomas]
    assert members.total == 2


def test_its_people_come_in_pages(session, cast):
    for n in range(organisations.PEOPLE):
        people.join(people.add(f"Person {n:03}", f"p{n}"), cast.northmere, job="porter", role=Role.MEMBER)
    members = organisations.members(cast.northmere, reader=cast.amara, page=2)
    assert (members.number, members.last, members.total) == (2, 2, organisations.PEOPLE + 2)
    assert len(members.others) == 2
    assert len(members.leaders) == 3


def test_its_ideas_are_counted_as_the_board_counts_them(session, cast):
    factories.new(cast)
    factories.in_trying(cast)
    factories.new(cast, home=None, title="Looks for a host")
    factories.new(cast, home=cast.willow_bank, title="Elsewhere")
    factories.new(cast, audience=Audience.DRAFT)
    ideas = organisations.ideas_of(cast.northmere, reader=cast.amara)
    assert ideas.by_stage[Stage.NEW] == 2
    assert ideas.by_stage[Stage.TRYING] == 1
    assert ideas.total == search.count(cast.amara, search.Filter(organisation=cast.northmere)) == len(ideas.newest)
    assert [idea.title for idea in ideas.elsewhere] == ["Elsewhere"]
    there = organisations.ideas_of(cast.willow_bank, reader=cast.amara)
    assert (there.total, there.total_elsewhere) == (1, 0)


def test_of_very_many_ideas_the_newest_are_shown(session, cast):
    for n in range(organisations.SHOWN + 2):
        with clock.at(dt.date(2026, 11, 1) + dt.timedelta(days=n)):
            factories.new(cast, title=f"Here {n}")
            factories.new(cast, home=cast.willow_bank, title=f"There {n}")
    ideas = organisations.ideas_of(cast.northmere, reader=cast.amara)
    assert (ideas.total, len(ideas.newest), ideas.newest[0].title) == (12, 10, "Here 11")
    assert (ideas.total_elsewhere, len(ideas.elsewhere), ideas.elsewhere[0].title) == (12, 10, "There 11")


def test_more_is_said_about_an_organisation_and_what_is_not_given_stays(session, cast):
    organisations.describe(cast.northmere, ods_code=" rrk ", cqc_code="1-123039495", sign_off_days=5)
    organisations.describe(cast.northmere, reporting_url="https://intranet.example/report?from=headroom")
    assert (cast.northmere.ods_code, cast.northmere.cqc_code, cast.northmere.sign_off_days) == ("RRK", "1-123039495", 5)
    assert cast.northmere.reporting_url == "https://intranet.example/report?from=headroom"
    organisations.describe(cast.northmere, ods_code="", reporting_url="")
    assert cast.northmere.ods_code is cast.northmere.reporting_url is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ods_code", "RRK 15"),
        ("ods_code", "A123456789"),
        ("cqc_code", "1_2"),
        ("sign_off_days", 0),
        ("sign_off_days", 61),
        ("reporting_url", "javascript:alert(1)"),
        ("reporting_url", "//intranet.example"),
        ("reporting_url", "https://me:secret@intranet.example"),
        ("reporting_url", "https://intranet.example/a b"),
    ],
)
def test_what_makes_no_sense_about_an_organisation_is_refused(session, cast, field, value):
    with pytest.raises(Invalid) as refusal:
        organisations.describe(cast.northmere, **{field: value})
    assert refusal.value.field == field
