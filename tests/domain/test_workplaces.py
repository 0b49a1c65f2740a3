"""Places: added, renamed and retired by those who look after the organisation."""

import pytest

from ideas.access import Denied
from ideas.domain import people, workplaces
from ideas.domain.errors import Invalid, Refused
from ideas.models import Role


def names(organisation, reader):
    return [place.name for place in workplaces.of(organisation, reader=reader)]


def test_an_administrator_adds_places_and_each_gets_a_code_of_its_own(cast):
    ward = workplaces.add(cast.northmere, "  Ward   9 ", by=cast.ada)
    workplaces.add(cast.northmere, "kitchen", by=cast.ada)
    assert names(cast.northmere, cast.amara) == ["kitchen", "Ward 9"]
    assert workplaces.at(ward.code) is ward


def test_places_are_for_those_who_work_there(cast):
    workplaces.add(cast.northmere, "Ward 9", by=cast.ada)
    assert names(cast.northmere, cast.gwen) == []


def test_a_leader_looks_after_places_only_while_nobody_administers(cast):
    room = workplaces.add(cast.willow_bank, "Staff room", by=cast.gwen)
    people.join(cast.dele, cast.willow_bank, job="carer", role=Role.ADMIN)
    with pytest.raises(Denied):
        workplaces.rename(room, "Night room", by=cast.gwen)
    assert workplaces.rename(room, "Night room", by=cast.dele).name == "Night room"


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "WARD 9"])
def test_a_name_is_given_and_is_not_taken(cast, name):
    workplaces.add(cast.northmere, "Ward 9", by=cast.ada)
    with pytest.raises(Invalid):
        workplaces.add(cast.northmere, name, by=cast.ada)


def test_a_place_keeps_its_code_and_its_own_name_when_it_is_renamed(cast):
    ward = workplaces.add(cast.northmere, "Ward 9", by=cast.ada)
    code = ward.code
    assert workplaces.rename(ward, "ward 9", by=cast.ada).name == "ward 9"
    assert ward.code == code


def test_the_poster_of_a_retired_place_leads_nowhere_and_its_name_is_free(cast):
    ward = workplaces.add(cast.northmere, "Ward 9", by=cast.ada)
    workplaces.retire(ward, by=cast.ada)
    workplaces.retire(ward, by=cast.ada)
    assert workplaces.at(ward.code) is None
    assert names(cast.northmere, cast.ada) == []
    with pytest.raises(Refused):
        workplaces.rename(ward, "Ward 10", by=cast.ada)
    assert workplaces.add(cast.northmere, "Ward 9", by=cast.ada).code != ward.code
