"""Entering an idea for a colleague: it is theirs once they say so, and until then the page says who entered it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ideas.access import Action, may
from ideas.domain import authors, events, people, teams
from ideas.domain.errors import Invalid, Refused
from ideas.models import Audience, Idea, Role
from tests import factories
from tests.helpers.page import Page
from tests.web.test_say_it import WORDS


def entered(cast, colleague=None, **fields):
    """Amara entered it for Tomas."""
    said = {"now": factories.NOW, "change": factories.CHANGE, "title": factories.TITLE}
    said |= {"hurts_organisation": cast.northmere, "home": cast.northmere}
    return authors.say_for(colleague or cast.tomas, by=cast.amara, **(said | fields))


def told(session, idea):
    session.expire_all()
    return [events.sentence(event) for event in session.get(Idea, idea.id).events]


def test_only_colleagues_are_offered_and_only_on_the_page_that_asks_for_them(cast, signed_in, visit):
    amaras = signed_in(cast.amara)
    page = visit("/ideas/new", by=amaras)
    assert not page.all("[name=on_behalf_of]")
    assert page.one("a[href$='for=colleague']").to_text() == "Enter it for a colleague"

    offered = visit("/ideas/new?for=colleague", by=amaras).all("#on_behalf_of option")

    names = [option.to_text().split(",")[0] for option in offered]
    assert names == ["Choose somebody", "Ada Lane", "Ben Hall", "Femi Adeyemi", "Ruth Abbot", "Tomas Novak"]


def test_the_page_says_who_entered_it_and_tells_nobody_else_the_colleagues_name(cast, session, signed_in, visit):
    amaras = signed_in(cast.amara)
    sent = visit("/ideas/new?for=colleague", by=amaras).fields("main form") | WORDS | {"on_behalf_of": cast.tomas.id}

    answer = amaras.post("/ideas", data=sent)

    idea = session.scalars(sa.select(Idea)).one()
    assert answer.location == f"/ideas/{idea.ref}"
    page = visit(answer.location, by=amaras)
    assert "Tomas N. is asked whether it is theirs" in page.text("#notices")
    assert "Tomas N." in page.text("#owner")
    others = visit(answer.location, by=signed_in(cast.ada)).text("main")
    assert "Entered by Amara O." in others
    assert "for a colleague who has not said yet whether it is theirs" in others
    assert "Tomas" not in others
    assert "Tomas" not in visit(f"{answer.location}/history", by=signed_in(cast.ada)).text("main")


def test_the_colleague_says_on_their_desk_that_it_is_theirs_and_has_the_credit(cast, session, signed_in, visit):
    idea = entered(cast)
    session.commit()
    tomas = signed_in(cast.tomas)
    desk = visit("/", by=tomas)
    assert "Amara O. entered this for you. Is it yours?" in desk.text("main")
    assert "Is this yours?" in visit(f"/ideas/{idea.ref}", by=tomas).text("main")

    form = desk.one("form[action^='/team/']")
    tomas.post(form.attrs["action"], data=desk.fields("form[action^='/team/']") | {"answer": "accept"})

    assert told(session, idea)[1:] == [
        "Amara O. entered it for a colleague, who is asked whether it is theirs",
        "Tomas N. said that it is theirs, and is its author",
    ]
    assert (idea.author, idea.entered_by) == (cast.tomas, cast.amara)
    assert set(idea.team) == {cast.tomas, cast.amara}
    page = visit(f"/ideas/{idea.ref}", by=signed_in(cast.ada))
    assert "Said by Tomas N." in page.text("dl.facts")
    assert "Amara O. entered it" in page.text("dl.facts")
    assert factories.TITLE in visit(f"/people/{cast.tomas.id}", by=tomas).text("main")
    assert may(cast.tomas, Action.WITHDRAW, idea)
    assert not may(cast.amara, Action.WITHDRAW, idea)


def test_not_theirs_leaves_it_with_who_entered_it_and_no_name_behind(cast, session, signed_in, visit):
    idea = entered(cast)
    session.commit()
    tomas = signed_in(cast.tomas)
    sent = visit(f"/ideas/{idea.ref}", by=tomas).fields("form[action^='/team/']")
    tomas.post(f"/team/{idea.asked_author.id}/answer", data=sent | {"answer": "decline"})

    assert told(session, idea)[-1] == "The colleague said that it is not theirs. Amara O. is its author"
    assert (idea.author, idea.entered_by, idea.asked_author) == (cast.amara, None, None)
    for reader in (cast.ada, cast.amara):
        page = visit(f"/ideas/{idea.ref}", by=signed_in(reader))
        assert "Said by Amara O." in page.text("dl.facts")
        assert "Tomas" not in page.text("dl.facts") + page.text("#owner .list") + page.text("ol.history")


@pytest.mark.parametrize("answer", ["none", "mine"])
def test_neither_who_is_named_nor_who_entered_it_decides_or_sponsors_it(cast, session, answer):
    idea = entered(cast, cast.femi)
    if answer == "mine":
        teams.accept(idea.asked_author, by=cast.femi)
    for person in (cast.femi, cast.amara):
        for action in (Action.TAKE_OVER, Action.SPONSOR, Action.HIDE):
            assert not may(person, action, idea)
    assert may(cast.ruth, Action.TAKE_OVER, idea)


def test_who_said_that_it_is_not_theirs_may_decide_it(cast):
    idea = entered(cast, cast.femi)
    teams.decline(idea.asked_author, by=cast.femi)
    assert may(cast.femi, Action.TAKE_OVER, idea)


@pytest.mark.parametrize("who", ["gwen", "sol", "mina", "amara"])
def test_nobody_is_named_who_works_elsewhere(cast, session, signed_in, who):
    person = getattr(cast, who)
    with pytest.raises(Invalid):
        entered(cast, person)
    answer = signed_in(cast.amara).post("/ideas", data=WORDS | {"on_behalf_of": person.id})
    assert answer.status_code == 422
    assert Page.of(answer).all(".nhsuk-error-summary a[href='#on_behalf_of']")
    assert Page.of(answer).fields("main form")["now"] == WORDS["now"]
    assert session.scalar(sa.select(sa.func.count(Idea.id))) == 0


def test_somebody_is_to_be_named_and_no_draft_is_entered_for_another(cast, session, signed_in):
    amaras = signed_in(cast.amara)
    nobody = Page.of(amaras.post("/ideas", data=WORDS | {"on_behalf_of": ""}))
    assert "Choose whose idea it is" in nobody.text(".nhsuk-error-summary")
    draft = amaras.post("/ideas", data=WORDS | {"on_behalf_of": cast.tomas.id, "audience": "draft"})
    assert draft.status_code == 422
    nameless = amaras.post("/ideas", data=WORDS | {"on_behalf_of": cast.tomas.id, "without_name": "y"})
    assert "It cannot be both" in Page.of(nameless).text(".nhsuk-error-summary")
    assert Page.of(draft).fields("main form")["on_behalf_of"] == str(cast.tomas.id)
    assert session.scalar(sa.select(sa.func.count(Idea.id))) == 0


def test_a_colleague_who_left_is_not_named(cast, session):
    people.leave(cast.tomas.memberships[0])
    assert cast.tomas not in authors.colleagues(cast.amara)
    with pytest.raises(Invalid):
        entered(cast)


def test_the_colleague_reads_what_is_here_first_and_is_asked_once(cast, session, signed_in, visit):
    people.join(cast.amara, cast.eastfold, job="adviser", role=Role.MEMBER)
    idea = entered(cast, cast.mina, audience=Audience.HERE_FIRST)
    session.commit()
    assert "Is this yours?" in visit(f"/ideas/{idea.ref}", by=signed_in(cast.mina)).text("main")
    teams.accept(idea.asked_author, by=cast.mina)
    with pytest.raises(Refused):
        teams.decline(idea.team_members[1], by=cast.mina)


def test_while_a_leader_is_asked_its_author_stays(cast, session):
    request = factories.asked(cast)
    idea = request.idea
    late = factories.teams.TeamMember(
        person=cast.tomas, place="author", asked_by=cast.amara, asked_at=factories.clock.now()
    )
    idea.team_members.append(late)
    session.flush()
    with pytest.raises(Refused, match="is asked about it now"):
        teams.accept(late, by=cast.tomas)
