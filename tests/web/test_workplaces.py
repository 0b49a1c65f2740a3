"""Places and their posters: added, printed, renamed, retired."""

import pytest

from ideas.db import db
from ideas.domain import workplaces

PLACES = "/organisations/northmere-hospitals/places"


@pytest.fixture
def ward(cast):
    made = workplaces.add(cast.northmere, "Ward 9", by=cast.ada)
    db.session.commit()
    return made


def test_an_administrator_adds_a_place_and_goes_on_to_its_poster(cast, signed_in, visit):
    adas = signed_in(cast.ada)
    assert "No places yet" in visit(PLACES, by=adas).text("main")

    answer = adas.post(PLACES, data={"name": "Ward 9", "key": "a-key-of-ada"})
    again = adas.post(PLACES, data={"name": "Ward 9", "key": "a-key-of-ada"})

    assert answer.status_code == again.status_code == 303
    assert answer.location == again.location
    page = visit(answer.location, by=adas)
    assert "Ward 9, Northmere Hospitals" in page.text(".poster")


def test_a_name_that_is_missing_or_taken_is_said_at_the_field(cast, ward, signed_in):
    adas = signed_in(cast.ada)
    for name, words in {"": "Name the place", "ward 9": "There is a place called ward 9 already"}.items():
        answer = adas.post(PLACES, data={"name": name})
        assert answer.status_code == 422
        assert words in answer.get_data(as_text=True)


def test_who_works_there_finds_the_poster_and_cannot_change_the_place(cast, ward, signed_in, visit):
    amaras = signed_in(cast.amara)
    assert visit("/organisations/northmere-hospitals", by=amaras).all(f"a[href='{PLACES}']")
    page = visit(PLACES, by=amaras)
    assert page.all(f"a[href='/places/{ward.id}']")
    assert not page.all(f"a[href='/places/{ward.id}/edit'], main form")
    assert amaras.get(f"/places/{ward.id}/edit").status_code == 403


def test_to_others_the_places_of_an_organisation_are_not_there(cast, ward, signed_in, visit):
    gwens = signed_in(cast.gwen)
    assert gwens.get(f"/places/{ward.id}").status_code == 404
    assert "Ward 9" not in visit(PLACES, by=gwens).text("main")
    assert not visit("/organisations/northmere-hospitals", by=gwens).all(f"a[href='{PLACES}']")


def test_a_poster_shows_the_code_to_type_and_a_qr_code_of_its_address(cast, ward, signed_in, visit):
    page = visit(f"/places/{ward.id}", by=signed_in(cast.amara))
    assert page.text(".poster__letters") == ward.written_code
    code = page.one(".poster svg")
    assert code.attrs["aria-label"] == f"QR code that opens http://localhost/at/{ward.written_code}"
    assert "localhost/at" in page.text(".poster__type")


def test_a_place_is_renamed_and_keeps_its_code(cast, ward, signed_in, visit):
    adas = signed_in(cast.ada)
    sent = visit(f"/places/{ward.id}/edit", by=adas).fields(f"form[action='/places/{ward.id}']")
    assert sent["name"] == "Ward 9"
    assert adas.post(f"/places/{ward.id}", data={"name": "Ward 10"}).location == PLACES
    assert f"Ward 10 code {ward.written_code}" in visit(PLACES, by=adas).text("main")
    assert adas.post(f"/places/{ward.id}", data={"name": ""}).status_code == 422


def test_a_retired_place_is_gone_from_the_list_and_its_poster_says_so(cast, ward, signed_in, visit):
    adas = signed_in(cast.ada)
    assert adas.post(f"/places/{ward.id}/retirement").location == PLACES
    assert "No places yet" in visit(PLACES, by=adas).text("main")
    assert "leads nowhere" in visit(f"/places/{ward.id}", by=adas).text("main")
    assert adas.get(f"/at/{ward.written_code}").status_code == 404
