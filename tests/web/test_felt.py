"""Is it less bad for you now? On the desk, and beside the chart."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import felt_rounds, moves, us_too
from ideas.models import FeltAsk, Stage
from tests import factories

ENDED = dt.date(2026, 11, 30)


@pytest.fixture
def idea(cast, session):
    """Five of Northmere said us too, and it was stopped: they are asked."""
    with clock.at(dt.date(2026, 11, 2)):
        made = factories.in_trying(cast)
        for person in (cast.amara, cast.tomas, cast.femi, cast.ben, cast.ruth):
            us_too.say(made, by=person, membership=person.main_membership)
    with clock.at(ENDED):
        moves.move(made, Stage.STOPPED, by=cast.amara, version=made.version, lesson="Nobody rang.")
        felt_rounds.ask_due()
    session.commit()
    return made


def test_one_tap_on_the_desk_answers_and_it_can_be_changed_beside_the_chart(cast, session, signed_in, visit, idea):
    with clock.at(ENDED):
        tomass = signed_in(cast.tomas)
        asked = visit("/", by=tomass)
        assert asked.all("form[action^='/felt-asks/'] button[value=less_bad]")
        to = asked.one("form[action^='/felt-asks/']").attrs["action"]
        assert signed_in(cast.dele).post(to, data={"answer": "worse"}).status_code == 404
        assert tomass.post(to, data={"answer": "lots"}).status_code == 422
        assert tomass.post(to, data={"answer": "less_bad", "back": "desk"}).location == "/"
        assert not visit("/", by=tomass).all("form[action^='/felt-asks/']")
        page = visit(f"/ideas/{idea.ref}/evidence", by=tomass)
        assert "You said: yes, less bad. You can change it until 14 Dec" in page.text("#felt")
        assert "not shown until five have answered" in page.text("#felt")
        assert tomass.post(to, data={"answer": "worse"}).location == f"/ideas/{idea.ref}/evidence#felt"
        assert visit(f"/ideas/{idea.ref}/evidence", by=tomass).all(f"#felt form[action='{to}/removal']")
        assert tomass.post(f"{to}/removal").location == f"/ideas/{idea.ref}/evidence#felt"
        assert visit("/", by=tomass).all("form[action^='/felt-asks/']")
        assert db.session.scalar(sa.select(sa.func.count(FeltAsk.answer))) == 0


def test_from_five_answers_on_it_shows_what_they_said_beside_the_chart(cast, session, signed_in, visit, idea):
    db.session.execute(sa.update(FeltAsk).values(answer="less_bad"))
    with clock.at(dt.date(2026, 12, 15)):
        felt_rounds.close_due()
        session.commit()
        page = visit(f"/ideas/{idea.ref}/evidence", by=signed_in(cast.dele))
        assert "5 of the 5 who said “us too”" in page.text("#felt")
        assert "5 less bad, 0 about the same, 0 worse" in page.text("#felt")
        assert "They are not part of its verdict" in page.text("#felt")
