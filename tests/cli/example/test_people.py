"""Who is who in the example: the cast, the checks that they answer, what waits for them."""

from __future__ import annotations

import collections

from ideas.cli.example import cast as players
from ideas.domain import (
    desk,
    organisations,
    sessions,
)
from ideas.models import (
    Check,
    CheckState,
    Nation,
    Organisation,
    Person,
    Pledge,
    PledgeKind,
    Role,
    SaidBy,
    Sector,
    Sponsorship,
    Stage,
    Step,
    TeamMember,
)
from tests import cast


class TestWhoIsWho:
    def test_everybody_signs_in_with_the_password(self, told):
        for person in told(Person):
            assert sessions.authenticate(person.sign_in, cast.PASSWORD) is person
        assert players.PASSWORD == cast.PASSWORD

    def test_the_cast_is_that_of_the_tests(self, told):
        known = {(p.name, p.sign_in, m.organisation.name, m.role) for p in told(Person) for m in p.memberships}
        for name, home, role in CAST:
            assert (name, f"{name.split()[0].lower()}@example.org", home, role) in known

    def test_there_are_organisations_of_every_sector_and_all_are_marked(self, told):
        found = told(Organisation)
        assert len(found) == 20
        assert {o.sector for o in found} == set(Sector)
        assert all(o.is_example for o in found)
        assert {o.nation for o in found} >= {Nation.SCOTLAND, Nation.WALES}
        assert {o.gives_care for o in found if o.sector is Sector.VOLUNTARY} == {True, False}
        assert sum(o.is_supplier for o in found) == 3
        assert organisations.holds_example()

    def test_who_gives_care_has_somebody_who_leads_it_but_for_one_that_nobody_has_joined(self, told):
        leaders = collections.Counter(
            m.organisation_id for p in told(Person) for m in p.active_memberships if m.role is Role.LEADER
        )
        caring = [o for o in told(Organisation) if o.gives_care]
        assert [o.name for o in caring if not leaders[o.id]] == ["Hazel Court Care Home"]
        assert sum(leaders[o.id] >= 2 for o in caring) > len(caring) / 2

    def test_no_two_people_look_the_same_on_a_card(self, told):
        names = [p.short_name for p in told(Person)]
        assert len(names) == len(set(names))


class TestPeopleAndChecks:
    def test_pledges_of_all_kinds_were_made(self, told):
        assert {pledge.kind for pledge in told(Pledge)} == set(PledgeKind)

    def test_ben_and_gwen_owe_an_answer_to_a_team_and_amara_one_about_a_place(self, told, person):
        assert desk.of(person("ben")).sponsorships
        assert desk.of(person("gwen")).sponsorships
        assert desk.of(person("amara")).places
        assert any(member.is_asked for member in told(TeamMember))

    def test_a_leader_said_no_and_why(self, told):
        assert any(s.accepted is False and s.reason for s in told(Sponsorship))

    def test_steps_are_late_due_this_week_later_and_done(self, told):
        steps = told(Step)
        this_week = sum(s.is_this_week for s in steps)
        assert 5 <= sum(s.is_late for s in steps) <= 20
        assert this_week >= 10
        assert sum(s.is_done for s in steps) > 60
        assert sum(not (s.is_done or s.is_late or s.is_this_week) for s in steps) > 5

    def test_checks_stand_in_every_way(self, told):
        checks = told(Check)
        assert {check.state for check in checks} == set(CheckState)
        assert {check.said_by for check in checks if check.state is CheckState.DONE} == set(SaidBy)
        made = [check for check in checks if check.condition_of_id]
        assert made
        assert all(check.idea.stage is Stage.TRYING or check.idea.open_sign_offs for check in made)


#: As `tests/cast.py` has them, with the jobs of DESIGN.md.
CAST = [
    ("Amara Okafor", "Northmere Hospitals", Role.MEMBER),
    ("Femi Adeyemi", "Northmere Hospitals", Role.LEADER),
    ("Ben Hall", "Northmere Hospitals", Role.LEADER),
    ("Ruth Abbot", "Northmere Hospitals", Role.LEADER),
    ("Tomas Novak", "Northmere Hospitals", Role.MEMBER),
    ("Ada Lane", "Northmere Hospitals", Role.ADMIN),
    ("Gwen Morris", "Willow Bank Care Home", Role.LEADER),
    ("Dele Olu", "Willow Bank Care Home", Role.MEMBER),
    ("Sol Marsh", "Lantern Software", Role.MEMBER),
    ("Lena Marsh", "Lantern Software", Role.LEADER),
    ("Mina Bell", "Eastfold Council", Role.LEADER),
]
