"""Us too on the page of an idea: one tap, what it shows, and taking it back."""

from __future__ import annotations

import pytest

from ideas.domain import people
from ideas.models import Idea, Role
from tests import factories


@pytest.fixture
def idea(cast, session):
    made = factories.new(cast)
    session.commit()
    return made


def test_one_tap_says_it_and_another_takes_it_back(cast, session, signed_in, visit, idea):
    deles = signed_in(cast.dele)
    page = visit(f"/ideas/{idea.ref}", by=deles)
    assert "Nobody has said yet" in page.text("#us-too")
    assert "as carer, Willow Bank Care Home. Nobody sees your name" in page.text("#us-too")
    answers = [deles.post(f"/ideas/{idea.ref}/us-too", data={"job": "carer"}) for _ in range(2)]
    assert [(a.status_code, a.location) for a in answers] == [(303, f"/ideas/{idea.ref}#us-too")] * 2
    said = visit(f"/ideas/{idea.ref}", by=deles).text("#us-too")
    assert "1 us too" in said
    assert "You said “us too”, as carer, Willow Bank Care Home" in said
    femis = visit(f"/ideas/{idea.ref}", by=signed_in(cast.femi))
    assert "Carer 1" in femis.text("#us-too")
    assert "Dele" not in femis.text("#us-too")
    assert "1 us too" in visit("/board", by=deles).text("main")

    assert deles.post(f"/ideas/{idea.ref}/us-too/removal").status_code == 303
    session.expire_all()
    assert session.get(Idea, idea.id).us_too_count == 0


def test_who_works_at_two_places_says_from_which(cast, session, signed_in, visit, idea):
    people.join(cast.dele, cast.northmere, job="bank carer", role=Role.MEMBER)
    session.commit()
    deles = signed_in(cast.dele)
    assert visit(f"/ideas/{idea.ref}", by=deles).all("#us-too-membership option")
    there = cast.dele.memberships[1].id
    deles.post(f"/ideas/{idea.ref}/us-too", data={"membership": there, "place": "Ward 9", "job": ""})
    assert "as bank carer, Northmere Hospitals, Ward 9" in visit(f"/ideas/{idea.ref}", by=deles).text("#us-too")


def test_what_tells_a_patient_is_refused_and_what_was_typed_stays(cast, signed_in, idea):
    answer = signed_in(cast.dele).post(f"/ideas/{idea.ref}/us-too", data={"place": "943 476 5919", "job": "carer"})
    assert answer.status_code == 422
    assert "943 476 5919" in answer.get_data(as_text=True)
