"""Here first: said to those whom it concerns, opened by its team or by itself, and never closed again."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.domain import audiences, events
from ideas.domain.errors import Invalid
from ideas.models import Audience, Idea
from ideas.worker import loop
from tests import factories
from tests.helpers.page import Page
from tests.helpers.statements import counted
from tests.web.test_say_it import WORDS

SAID_ON = dt.date(2026, 11, 25)
OPENS_ON = dt.date(2026, 12, 23)


@pytest.fixture(autouse=True)
def _on_that_day():
    with clock.at(SAID_ON):
        yield


@pytest.fixture
def made(cast, session):
    """Amara's, here first at Northmere."""
    idea = factories.new(cast, audience=Audience.HERE_FIRST)
    session.commit()
    return idea


def told(session, idea):
    session.expire_all()
    return [events.sentence(event) for event in session.get(Idea, idea.id).events]


def test_it_is_said_to_those_whom_it_concerns_with_the_day_on_which_it_opens(cast, session, signed_in, visit):
    deles = signed_in(cast.dele)
    said = deles.post("/ideas", data=WORDS | {"audience": "here_first"})

    idea = session.scalars(sa.select(Idea)).one()
    assert (idea.audience, idea.opens_on) == (Audience.HERE_FIRST, OPENS_ON)
    page = visit(said.location, by=deles)
    assert "Only people whom it concerns read it until 23 Dec" in page.text("#notices")
    assert page.text(".note h2") == "Here first until Wednesday 23 December"
    assert "Only people at Willow Bank Care Home, and whoever" in page.text(".note")
    assert "Everybody can read it" not in page.text("main")
    assert "Here first until 23 Dec" in visit(said.location, by=signed_in(cast.gwen)).text(".crumb")
    visit(said.location, by=signed_in(cast.amara), status=404)


@pytest.mark.parametrize("path", ["/board", "/ideas", "/"])
def test_it_carries_its_day_wherever_it_is_shown(cast, signed_in, visit, made, path):
    assert "Here first until 23 Dec" in visit(path, by=signed_in(cast.amara)).text("main")


def test_its_team_opens_it_with_one_button_and_others_have_none(cast, session, signed_in, visit, made):
    assert not visit(f"/ideas/{made.ref}", by=signed_in(cast.femi)).all(".note form")
    amaras = signed_in(cast.amara)
    sent = visit(f"/ideas/{made.ref}", by=amaras).fields(".note form")

    opened = amaras.post(f"/ideas/{made.ref}", data=sent)

    assert opened.status_code == 303
    assert told(session, made)[-1] == "Amara O. opened it to everybody"
    assert made.opens_on is None
    assert "Saved. Everybody can read it now" in visit(opened.location, by=amaras).text("#notices")
    visit(f"/ideas/{made.ref}", by=signed_in(cast.mina))


def test_a_draft_can_be_shown_here_first_and_never_goes_back(cast, session, signed_in, visit):
    idea = factories.new(cast, audience=Audience.DRAFT)
    session.commit()
    amaras = signed_in(cast.amara)
    page = visit(f"/ideas/{idea.ref}/edit", by=amaras)

    amaras.post(f"/ideas/{idea.ref}", data=page.fields("main form") | {"audience": "here_first"})

    assert told(session, idea)[-1] == "Amara O. showed it here first. It opens to everybody on 23 December 2026"
    page = visit(f"/ideas/{idea.ref}/edit", by=amaras)
    assert [radio.attrs["value"] for radio in page.all("[name=audience]")] == ["here_first", "open"]
    refused = amaras.post(f"/ideas/{idea.ref}", data=page.fields("main form") | {"audience": "draft"})
    assert refused.status_code == 422
    session.expire_all()
    assert idea.audience is Audience.HERE_FIRST


def test_words_are_changed_without_a_word_on_who_reads_them(cast, session, signed_in, visit, made):
    amaras = signed_in(cast.amara)
    sent = visit(f"/ideas/{made.ref}/edit", by=amaras).fields("main form") | {"title": "Another name"}
    assert amaras.post(f"/ideas/{made.ref}", data=sent).status_code == 303
    session.expire_all()
    assert (made.title, made.audience, made.opens_on) == ("Another name", Audience.HERE_FIRST, OPENS_ON)


@pytest.mark.parametrize(("by", "hurts"), [("sol", "lantern"), ("amara", None)])
def test_it_is_refused_where_nobody_would_read_it(cast, session, signed_in, by, hurts):
    place = str(getattr(cast, hurts).id) if hurts else ""
    typed = WORDS | {"audience": "here_first", "hurts_organisation": place, "home_organisation": ""}
    answer = signed_in(getattr(cast, by)).post("/ideas", data=typed)
    assert answer.status_code == 422
    assert "Nobody would read it" in Page.of(answer).text(".nhsuk-error-summary")
    assert session.scalar(sa.select(sa.func.count(Idea.id))) == 0


def test_an_open_idea_is_never_put_here_first(cast, session):
    idea = factories.new(cast)
    with pytest.raises(Invalid):
        audiences.widen(idea, Audience.HERE_FIRST, by=cast.amara)
    assert idea.is_open


def test_it_opens_by_itself_on_its_day_and_not_before_and_once(app, cast, session, signed_in, visit, made):
    with clock.at(OPENS_ON - dt.timedelta(days=1)):
        assert loop.run_once(app)
    assert made.is_here_first
    version = made.version
    session.rollback()
    with clock.at(OPENS_ON):
        assert loop.run_once(app)
        assert loop.run_once(app)
        assert told(session, made)[1:] == ["It opened to everybody: its 28 days here first are over"]
        assert (made.is_open, made.opens_on, made.version) == (True, None, version + 1)
        assert "Here first" not in visit(f"/ideas/{made.ref}", by=signed_in(cast.mina)).text("main")


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_what_somebody_changes_at_this_moment_waits_for_the_next_pass(app, cast, session, made, kind):
    with clock.at(OPENS_ON):
        with session.get_bind().begin() as other:
            other.execute(sa.select(Idea.id).with_for_update())
            assert audiences.open_due() == 0
            session.rollback()
        assert audiences.open_due() == 1


def test_how_long_others_stay_in_a_stage_tells_nothing_of_what_is_here_first(cast, session):
    from ideas.domain import board

    with clock.at(SAID_ON - dt.timedelta(days=9)):
        begun = [factories.new(cast, audience=Audience.HERE_FIRST) for _ in range(5)]
    for idea in begun:
        factories.teams.take_on(idea, by=cast.amara)
        factories.moves.move(idea, factories.Stage.PLANNING, by=cast.amara, version=idea.version)
    assert board.usual_days() == {}
    for idea in begun:
        audiences.widen(idea, Audience.OPEN, by=cast.amara)
    assert board.usual_days() == {"new": 9}


def test_the_board_asks_no_more_for_many_that_are_here_first(cast, session, signed_in):
    def statements():
        with counted() as sent:
            assert signed_in(cast.gwen).get("/board").status_code == 200
        return len(sent)

    factories.new(cast, audience=Audience.HERE_FIRST, home=cast.willow_bank)
    session.commit()
    one = statements()
    for _ in range(4):
        factories.new(cast, audience=Audience.HERE_FIRST, home=cast.willow_bank)
    session.commit()
    assert statements() == one
