"""People: adding them, where they belong, who answers for them, and what they have to do with ideas."""

import datetime as dt

import pytest

from ideas import clock
from ideas.access import Denied
from ideas.domain import organisations, people, sponsors
from ideas.domain.errors import Invalid
from ideas.models import Audience, PledgeKind, Role, Sector
from tests import factories

TODAY = dt.date(2026, 11, 23)
NEXT_WEEK = TODAY + dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(TODAY):
        yield


@pytest.mark.parametrize(
    "sign_in", ["dana@example.org", "dana", "d", "dana.o'brien+ward@nhs.example", " Dana@Example.org "]
)
def test_a_sign_in_name_is_an_address_or_a_word(session, sign_in):
    person = people.add("Dana Lee", sign_in)
    assert person.sign_in == sign_in.strip().lower()
    assert people.with_sign_in(sign_in.upper()) is person


@pytest.mark.parametrize(
    "sign_in", ["", " ", "two words", "a@b@c", "@example.org", "dana@", "x" * 65, "da\x07na", "dana\n@x"]
)
def test_anything_else_is_refused(session, sign_in):
    with pytest.raises(Invalid) as refusal:
        people.add("Dana Lee", sign_in)
    assert refusal.value.field == "sign_in"


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "Da\x00na"])
def test_a_name_must_be_there_and_not_too_long(session, name):
    with pytest.raises(Invalid) as refusal:
        people.add(name, "dana")
    assert refusal.value.field == "name"


def test_a_sign_in_name_is_one_persons(session, cast):
    with pytest.raises(Invalid, match="already"):
        people.add("Another Amara", "AMARA@example.org")


def test_joining_twice_in_one_role_changes_nothing_and_in_another_adds(session, cast):
    before = len(cast.amara.active_memberships)
    people.join(cast.amara, cast.northmere, job="ward sister", role=Role.MEMBER)
    assert len(cast.amara.active_memberships) == before
    people.join(cast.amara, cast.northmere, job="matron", role=Role.LEADER)
    assert len(cast.amara.active_memberships) == before + 1
    assert cast.amara.leads(cast.northmere.id)


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_an_organisation_knows_at_once_who_leads_and_administers_it(session, role):
    home = organisations.add("Ferry House", Sector.ACUTE)
    dana = people.add("Dana Lee", "dana")
    is_there = {Role.LEADER: lambda: home.has_leader, Role.ADMIN: lambda: home.has_administrator}[role]
    assert not is_there()
    membership = people.join(dana, home, job="manager", role=role)
    assert is_there()
    people.leave(membership)
    assert not is_there()


def test_a_membership_that_ended_gives_no_rights_and_may_begin_again(session, cast):
    (membership,) = cast.femi.active_memberships
    people.leave(membership)
    ended = membership.ended_at
    people.leave(membership)
    assert membership.ended_at == ended
    assert not cast.femi.leads(cast.northmere.id)
    assert cast.femi not in people.of(cast.northmere)
    again = people.join(cast.femi, cast.northmere, job="director", role=Role.LEADER)
    assert again is not membership
    assert cast.femi.leads(cast.northmere.id)


def test_a_deputy_is_another_leader_of_a_place_that_one_leads(session, cast):
    assert people.could_be_deputy(cast.femi) == [cast.ben, cast.ruth]
    assert people.could_be_deputy(cast.gwen) == []
    assert people.could_be_deputy(cast.amara) == []
    people.join(cast.mina, cast.willow_bank, job="partner", role=Role.LEADER)
    assert people.could_be_deputy(cast.gwen) == [cast.mina]


def test_nobody_of_a_supplier_is_a_deputy(session, cast):
    people.join(cast.ben, cast.lantern, job="adviser", role=Role.MEMBER)
    session.flush()
    session.expire_all()
    assert people.could_be_deputy(cast.femi) == [cast.ruth]


def test_a_leader_says_when_they_are_away_and_comes_back(session, cast):
    absence = people.say_away(cast.femi, deputy=cast.ben, since=TODAY, until=TODAY)
    later = people.say_away(cast.femi, deputy=cast.ruth, since=NEXT_WEEK, until=NEXT_WEEK)
    assert people.absences(cast.femi) == [absence, later]
    assert (absence.has_begun, later.has_begun) == (True, False)
    people.come_back(absence)
    assert people.absences(cast.femi) == [later]
    with clock.at(NEXT_WEEK + dt.timedelta(days=1)):
        assert people.absences(cast.femi) == []


@pytest.mark.parametrize(
    ("deputy", "since", "until", "field"),
    [
        ("amara", TODAY, NEXT_WEEK, "deputy"),
        ("gwen", TODAY, NEXT_WEEK, "deputy"),
        ("femi", TODAY, NEXT_WEEK, "deputy"),
        ("ben", NEXT_WEEK, TODAY, "until"),
        ("ben", TODAY - dt.timedelta(days=3), TODAY - dt.timedelta(days=1), "until"),
    ],
)
def test_an_absence_that_makes_no_sense_is_refused(session, cast, deputy, since, until, field):
    with pytest.raises(Invalid) as refusal:
        people.say_away(cast.femi, deputy=getattr(cast, deputy), since=since, until=until)
    assert refusal.value.field == field


@pytest.mark.parametrize("name", ["amara", "ada", "sol", "lena"])
def test_only_a_leader_who_may_be_asked_names_a_deputy(session, cast, name):
    with pytest.raises(Denied):
        people.say_away(getattr(cast, name), deputy=cast.ben, since=TODAY, until=TODAY)


def parts(person, reader):
    return {part.words: [idea.title for idea in part.ideas] for part in people.parts_in_ideas(person, reader=reader)}


def test_what_somebody_carries_said_and_sponsors(session, cast):
    factories.ready_to_ask(cast, title="Carried")
    factories.new(cast, title="Said")
    assert parts(cast.amara, cast.dele) == {"Carries": ["Carried"], "Said": ["Said"], "Sponsors": []}
    assert parts(cast.ben, cast.dele) == {"Carries": [], "Said": [], "Sponsors": ["Carried"]}


def test_a_draft_is_never_shown_not_even_to_its_author(session, cast):
    factories.new(cast, title="Draft", audience=Audience.DRAFT)
    for reader in (cast.amara, cast.femi):
        assert parts(cast.amara, reader) == {"Carries": [], "Said": [], "Sponsors": []}


def test_a_sponsor_who_was_only_asked_or_declined_is_none(session, cast):
    idea = factories.in_planning(cast)
    asked = sponsors.ask(idea, cast.ben, by=cast.amara)
    assert parts(cast.ben, cast.dele)["Sponsors"] == []
    sponsors.accept(asked, by=cast.ben, kind=PledgeKind.COVER, note="Two shifts")
    assert parts(cast.ben, cast.dele)["Sponsors"] == [idea.title]


def test_of_very_many_the_newest_are_shown_and_all_are_counted(session, cast):
    for n in range(people.SHOWN + 2):
        with clock.at(TODAY + dt.timedelta(days=n)):
            factories.new(cast, title=f"Idea {n}")
    said = people.parts_in_ideas(cast.amara, reader=cast.femi)[1]
    assert said.total == people.SHOWN + 2
    assert len(said.ideas) == people.SHOWN
    assert said.ideas[0].title == f"Idea {people.SHOWN + 1}"
