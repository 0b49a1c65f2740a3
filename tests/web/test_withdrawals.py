"""Withdrawing an idea and deleting a draft: asked first, gone for everybody, and nothing of it left."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ideas.access import Denied
from ideas.db import Base
from ideas.domain import hidings, ideas, sponsors, steps, teams, withdrawals
from ideas.domain.errors import Refused
from ideas.models import Audience, Direction, Idea, immutable
from tests import factories


def rows_of(session, idea):
    """How many rows each table holds whose `idea_id` is this one."""
    tables = [table for table in Base.metadata.sorted_tables if "idea_id" in table.c]
    count = {t.name: session.scalar(sa.select(sa.func.count()).where(t.c.idea_id == idea.id)) for t in tables}
    return {name for name, number in count.items() if number}


def test_its_author_is_asked_and_then_it_is_gone_for_everybody(cast, session, signed_in, visit):
    idea = factories.new(cast)
    session.commit()
    amaras = signed_in(cast.amara)
    page = visit(f"/ideas/{idea.ref}", by=amaras)
    assert "Withdraw this idea" in page.text("aside")
    question = visit(f"/ideas/{idea.ref}/withdrawal", by=amaras)
    assert question.text("h1") == "Withdraw this idea?"
    assert "Nobody can bring it back" in question.text("main")

    gone = amaras.post(f"/ideas/{idea.ref}/withdrawal", data=question.fields("main form"))

    assert (gone.status_code, gone.location) == (303, "/")
    assert "Withdrawn. It is gone for everybody" in visit("/", by=amaras).text("#notices")
    for person in (cast.amara, cast.femi, cast.ada):
        visit(f"/ideas/{idea.ref}", by=signed_in(person), status=404)
    for path in ("/board", "/ideas", "/organisations/northmere-hospitals", f"/people/{cast.amara.id}"):
        assert factories.TITLE not in visit(path, by=amaras).text("main")


def test_nothing_of_it_stays_but_its_number_and_its_stage_entries(cast, session):
    idea = factories.in_planning(cast, audience=Audience.HERE_FIRST)
    factories.plans.revise(idea, dict(factories.PLAN), by=cast.amara, version=idea.version)
    steps.add(idea, "Borrow a phone", by=cast.amara, owner=cast.tomas)
    factories.screening.answer(
        idea, factories.screening.none_of_these() | {"money": "yes"}, by=cast.amara, version=idea.version
    )
    asked = sponsors.ask(idea, cast.ben, by=cast.amara)
    sponsors.accept(asked, by=cast.ben, kind=factories.PledgeKind.COVER, note="Tuesdays")
    measure = factories.measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    factories.readings.enter(measure, taken_on=factories.clock.today(), value=12, by=cast.amara)
    other = factories.ready_to_ask(cast, title="Another")
    untouched = rows_of(session, other)
    number = idea.number
    assert rows_of(session, idea) >= {"plans", "steps", "sponsorships", "measures", "checks", "events", "team_members"}

    withdrawals.withdraw(idea, by=cast.amara)
    session.commit()

    assert rows_of(session, idea) <= set(immutable.TABLES)
    assert rows_of(session, other) == untouched
    tables = Base.metadata.tables
    assert session.scalar(sa.select(sa.func.count()).select_from(tables["pledges"])) == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(tables["readings"])) == 0
    row = session.execute(sa.select(Idea.__table__).where(Idea.id == idea.id)).mappings().one()
    left = {name: value for name, value in row.items() if isinstance(value, str) and value}
    assert left == {"title": "Withdrawn", "now": "Withdrawn", "audience": "withdrawn", "stage": "planning"}
    assert row["number"] == number
    assert (row["sponsor_count"], row["us_too_count"], row["has_worse"]) == (0, 0, False)
    assert {name for name in row if name.endswith("_id") and row[name]} == set()


def test_a_draft_is_deleted_by_its_author_for_its_whole_team(cast, session, signed_in, visit):
    draft = factories.new(cast, audience=Audience.DRAFT)
    teams.accept(teams.ask_in(draft, cast.dele, by=cast.amara), by=cast.dele)
    session.commit()
    assert signed_in(cast.dele).post(f"/ideas/{draft.ref}/withdrawal").status_code == 403
    amaras = signed_in(cast.amara)
    assert "Delete this draft" in visit(f"/ideas/{draft.ref}", by=amaras).text("aside")
    question = visit(f"/ideas/{draft.ref}/withdrawal", by=amaras)
    assert question.text("h1") == "Delete this draft?"
    assert "It also goes for Dele O. in its team" in question.text("main")

    amaras.post(f"/ideas/{draft.ref}/withdrawal", data=question.fields("main form"))

    assert "The draft is deleted" in visit("/", by=amaras).text("#notices")
    visit(f"/ideas/{draft.ref}", by=signed_in(cast.dele), status=404)


@pytest.mark.parametrize("audience", [Audience.OPEN, Audience.HERE_FIRST])
def test_a_deed_of_somebody_else_keeps_an_open_idea_and_not_one_that_is_here_first(cast, audience):
    idea = factories.new(cast, audience=audience)
    teams.take_on(idea, by=cast.tomas)
    if audience is Audience.OPEN:
        with pytest.raises(Refused, match="somebody else has done something on it"):
            withdrawals.withdraw(idea, by=cast.amara)
        assert idea.now == factories.NOW
    else:
        withdrawals.withdraw(idea, by=cast.amara)
        assert idea.audience is Audience.WITHDRAWN


def test_an_open_idea_is_withdrawn_while_it_is_new_and_then_only_stopped(cast, session, signed_in, visit):
    idea = factories.in_planning(cast)
    session.commit()
    amaras = signed_in(cast.amara)
    assert "Withdraw this idea" not in visit(f"/ideas/{idea.ref}", by=amaras).text("aside")
    page = visit(f"/ideas/{idea.ref}/withdrawal", by=amaras)
    assert "It is open to everybody and in Planning already" in page.text("main")
    assert page.one("main .nhsuk-button").attrs["href"] == f"/ideas/{idea.ref}/moves?stage=stopped"
    assert amaras.post(f"/ideas/{idea.ref}/withdrawal").status_code == 409
    session.expire_all()
    assert idea.now == factories.NOW


def test_what_a_leader_was_asked_about_stays(cast):
    request = factories.asked(cast, audience=Audience.HERE_FIRST)
    with pytest.raises(Refused, match="A leader was asked"):
        withdrawals.withdraw(request.idea, by=cast.amara)


def test_a_hidden_idea_is_withdrawn_with_the_reason_why_it_was_hidden(cast, session):
    idea = factories.new(cast)
    hidings.hide(idea, "It names a colleague.", by=cast.femi)
    withdrawals.withdraw(idea, by=cast.amara)
    session.commit()
    assert rows_of(session, idea) == {"stage_entries"}


@pytest.mark.parametrize("who", ["femi", "ada", "tomas", "dele", "sol"])
def test_nobody_else_withdraws_it(cast, who):
    idea = factories.new(cast)
    with pytest.raises(Denied):
        withdrawals.withdraw(idea, by=getattr(cast, who))


def test_an_idea_without_a_name_is_withdrawn_by_its_code_and_only_then(cast, session):
    idea, named = factories.new(cast), factories.new(cast)
    idea.author = None
    session.delete(idea.team_members.pop())
    session.execute(sa.text("UPDATE events SET by_id = NULL"))
    with pytest.raises(Refused):
        withdrawals.withdraw_without_name(named)
    withdrawals.withdraw_without_name(idea)
    assert idea.audience is Audience.WITHDRAWN


def test_who_answers_at_that_moment_is_told_that_it_is_gone(cast, session):
    idea = factories.new(cast, audience=Audience.HERE_FIRST)
    withdrawals.withdraw(idea, by=cast.amara)
    for act in (
        lambda: teams.take_on(idea, by=cast.tomas),
        lambda: sponsors.ask(idea, cast.ben, by=cast.amara),
        lambda: withdrawals.withdraw(idea, by=cast.amara),
    ):
        with pytest.raises(Refused, match="took this idea back"):
            act()


def test_sent_twice_it_is_gone_once(cast, session, signed_in):
    idea = factories.new(cast)
    session.commit()
    amaras = signed_in(cast.amara)
    assert [amaras.post(f"/ideas/{idea.ref}/withdrawal").status_code for _ in range(2)] == [303, 404]


def test_its_number_is_never_given_again(cast, session, monkeypatch):
    idea = factories.new(cast)
    number = idea.number
    withdrawals.withdraw(idea, by=cast.amara)
    drawn = iter([number, number + 1])
    monkeypatch.setattr(ideas.references, "draw", lambda taken: next(drawn))
    assert factories.new(cast).number == number + 1
