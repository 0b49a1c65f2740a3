"""The desk: what waits, what is mine, what moved; and the front page for who is not signed in."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

import pytest

from ideas import clock
from ideas.domain import checks, felt_rounds, joining, people, screening, sponsors, steps, teams, us_too, watches
from ideas.models import Answer, CheckState, Outcome, SignOff, Step
from ideas.web.desk.greeting import _waits, time_of_day
from tests import factories
from tests.helpers.page import text
from tests.helpers.statements import counted

if TYPE_CHECKING:
    from tests.cast import Cast

DAY = dt.timedelta(days=1)


def headings(page) -> list[str]:
    return [text(heading) for heading in page.all("main h2")]


# Signed out, and the first day.


def test_signed_out_it_says_what_this_is_and_shows_no_number_that_is_not_real(
    client, cast: Cast, visit, session
) -> None:
    factories.new(cast)
    session.commit()

    page = visit("/")

    assert "Say what is bad now" in page.text("h1")
    assert page.one("main a.nhsuk-button").attrs["href"] == "/sign-in"
    assert {link.attrs["href"] for link in page.all("main .tick a")} == {"/at", "/claim", "/join"}
    assert factories.TITLE not in page.html


def test_a_first_day_says_what_there_is_to_do(cast: Cast, signed_in, visit, session) -> None:
    idea = factories.new(cast)
    session.commit()

    page = visit("/", by=signed_in(cast.tomas))

    assert page.text("h1") == "Welcome, Tomas. What is bad now?"
    begin = [link.attrs["href"] for link in page.all("[aria-labelledby=start] a")]
    assert begin == ["/ideas/new", "/board", "/ideas?stage=stopped"]
    assert idea.title in page.text("[aria-labelledby=near]")
    assert "Take it on" in page.text("[aria-labelledby=near]")


def test_whoever_looks_after_an_organisation_finds_the_way_and_what_comes_first_without_a_leader(
    cast: Cast, signed_in, visit, session
) -> None:
    adas, place = signed_in(cast.ada), "/admin/northmere-hospitals"
    desk = visit("/", by=adas)
    assert [link.attrs["href"] for link in desk.all("[aria-labelledby=look-after-1] a")] == [place]
    assert "that is fine" in desk.text("main")

    for leader in (cast.femi, cast.ben, cast.ruth):
        people.leave(leader.active_memberships[0])
    session.commit()

    page = visit("/", by=adas)
    links = [link.attrs["href"] for link in page.all("[aria-labelledby=look-after-1] a")]
    assert links == [
        f"{place}/invitations/new", "/organisations/northmere-hospitals/places", f"{place}/details", place
    ]  # fmt: skip
    assert "nobody can say yes to an idea" in page.text("[aria-labelledby=look-after-1]")
    assert "that is fine" not in page.text("main")
    for link in links:
        visit(link, by=adas)
    assert not visit("/", by=signed_in(cast.amara)).all("[aria-labelledby=look-after-1]")
    # Nobody administers Willow Bank, and so its leader looks after it.
    assert "You look after Willow Bank Care Home" in visit("/", by=signed_in(cast.gwen)).text("main aside")


def test_who_asks_to_join_is_on_the_desk_of_those_who_can_say_yes(cast: Cast, signed_in, visit, session) -> None:
    nia, tom = people.add("Nia Pugh", "nia"), people.add("Tom Reed", "tom")
    joining.ask(nia, cast.northmere, job="Night porter")
    joining.ask_to_lead(tom, cast.northmere, job="Matron")
    session.commit()

    page = visit("/", by=signed_in(cast.ada))
    assert page.text("h1").endswith("Ada. Two things wait for you.")
    assert "2 people ask to join Northmere Hospitals" in page.text("[aria-labelledby=to-let-in]")
    assert page.one("[aria-labelledby=to-let-in] h3 a").attrs["href"] == "/admin/northmere-hospitals"
    assert "1 person asks to join" in visit("/", by=signed_in(cast.femi)).text("[aria-labelledby=to-let-in]")
    for other in (cast.amara, cast.gwen):
        assert not visit("/", by=signed_in(other)).all("[aria-labelledby=to-let-in]")


def test_whoever_asked_to_join_elsewhere_is_not_asked_about_themselves(cast: Cast, signed_in, visit, session) -> None:
    joining.ask(cast.femi, cast.willow_bank, job="Volunteer")
    session.commit()
    assert not visit("/", by=signed_in(cast.femi)).all("[aria-labelledby^=to-le]")


def test_two_ideas_that_need_the_same_have_links_that_read_apart(cast: Cast, signed_in, visit, session) -> None:
    factories.new(cast, title="One torch")
    factories.new(cast, title="One kettle")
    session.commit()
    links = visit("/", by=signed_in(cast.amara)).all("[aria-labelledby=yours] a")
    assert len({text(link) for link in links}) == len(links) == 4


# A leader's desk.


def test_a_leader_reads_first_how_many_answers_wait_and_what_is_weighed(cast: Cast, signed_in, visit, session) -> None:
    late, soon = factories.asked(cast, title="Late one"), factories.asked(cast, title="Other one")
    late.due_on = clock.today() - 2 * DAY
    session.commit()

    page = visit("/", by=signed_in(cast.femi))

    assert page.text("h1").endswith("Femi. Two answers wait for you, one is late.")
    rows = [text(row) for row in page.all("[aria-labelledby=answers] .ask")]
    assert "Overdue by 2 days" in rows[0] and "Late one" in rows[0]
    assert "Ward 9 · may they try it?" in rows[0]
    assert f"Staying: {factories.PLAN['harm_of_staying'].rstrip('.')}" in rows[0]
    assert f"Trying: {factories.PLAN['risk_of_trying'].rstrip('.')}" in rows[0]
    href = f"/ideas/{soon.idea.ref}/sign-off?request={soon.id}"
    assert page.one(f"[aria-labelledby=answers] a.nhsuk-button[href='{href}']")


def test_the_greeting_counts_all_that_waits_and_all_that_is_late(cast: Cast, signed_in, visit, session) -> None:
    factories.asked(cast)
    elses = factories.sign_off.ask(factories.ready_to_ask(cast), cast.ruth, by=cast.amara)
    elses.due_on = clock.today() - 2 * DAY
    sponsors.ask(factories.in_planning(cast), cast.femi, by=cast.amara)
    session.commit()

    page = visit("/", by=signed_in(cast.femi))

    assert page.text("h1").endswith("Femi. Three things wait for you, one is late.")
    assert "Overdue by 2 days" in page.text("[aria-labelledby=take-over]")


def test_what_a_leader_sponsors_is_on_their_desk_with_the_pledge(cast: Cast, signed_in, visit, session) -> None:
    idea = factories.ready_to_ask(cast)
    session.commit()

    page = visit("/", by=signed_in(cast.ben))

    assert page.text("h1").endswith("Ben. Nothing waits for you.")
    backed = page.text("[aria-labelledby=backed]")
    assert backed == f"You sponsor 1 idea {idea.title} Planning You bring 3.5 hours a week, protected time"
    assert "Nothing here is yours yet" not in page.html


def test_a_request_to_adopt_shows_what_came_of_it(cast: Cast, signed_in, visit, session) -> None:
    idea = factories.ready_to_adopt(cast)
    factories.sign_off.ask(idea, cast.femi, by=cast.amara)
    session.commit()

    row = visit("/", by=signed_in(cast.femi)).text("[aria-labelledby=answers]")

    assert "make it the way we work?" in row
    assert "What came of it: The wait fell from 50 minutes to 12" in row


def test_another_leader_is_shown_what_may_be_taken_over_and_before_whom_it_is(
    cast: Cast, signed_in, visit, session
) -> None:
    request = factories.asked(cast)
    request.due_on = clock.today() - DAY
    session.commit()

    page = visit("/", by=signed_in(cast.ruth))

    assert page.text("h1").endswith("Ruth. One thing waits for you, and it is late.")
    assert "before Femi A." in page.text("[aria-labelledby=take-over]")


# What one is asked for.


def test_who_is_asked_to_sponsor_or_about_a_check_finds_the_way_to_answer(
    cast: Cast, signed_in, visit, session
) -> None:
    idea = factories.in_planning(cast)
    sponsors.ask(idea, cast.gwen, by=cast.amara)
    answers = screening.none_of_these() | {next(iter(screening.none_of_these())): Answer.YES}
    check = screening.answer(idea, answers, by=cast.amara, version=idea.version)[0]
    checks.record(check, CheckState.OPEN, by=cast.amara, asked_person=cast.gwen, due_on=clock.today() + DAY)
    session.commit()

    page = visit("/", by=signed_in(cast.gwen))

    assert "Two things wait for you." in page.text("h1")
    links = [link.attrs["href"] for link in page.all("[aria-labelledby=asked] a.nhsuk-button")]
    assert links == [f"/ideas/{idea.ref}#sponsors", f"/ideas/{idea.ref}/plan#check-{check.id}"]
    assert "Amara O. asks you to sponsor it" in page.text("[aria-labelledby=asked]")


def test_a_place_in_a_team_is_answered_from_the_desk(cast: Cast, signed_in, visit, session) -> None:
    idea = factories.in_planning(cast)
    place = teams.ask_in(idea, cast.tomas, by=cast.amara)
    session.commit()
    tomas = signed_in(cast.tomas)

    page = visit("/", by=tomas)
    form = f"form[action='/team/{place.id}/answer']"
    buttons = [(button.attrs["name"], button.attrs["value"]) for button in page.all(f"{form} button")]
    assert buttons == [("answer", "accept"), ("answer", "decline")]

    answer = tomas.post(f"/team/{place.id}/answer", data=page.fields(form) | {"answer": "accept"})

    assert answer.status_code == 303
    session.expire_all()
    assert idea.has_in_team(cast.tomas)


def test_the_name_of_a_draft_is_not_shown_before_one_may_read_it(cast: Cast, signed_in, visit, session) -> None:
    draft = factories.new(cast, audience="draft", title="What nobody else may know")
    teams.ask_in(draft, cast.tomas, by=cast.amara)
    session.commit()

    page = visit("/", by=signed_in(cast.tomas))

    assert "Amara O. asks you into the team" in page.text("[aria-labelledby=asked]")
    assert "What nobody else may know" not in page.html
    assert draft.now not in page.html
    assert draft.ref not in page.html


def test_who_is_asked_to_carry_it_reads_so(cast: Cast, signed_in, visit, session) -> None:
    teams.ask_to_own(factories.in_planning(cast), cast.tomas, by=cast.amara)
    session.commit()

    assert "Amara O. asks you to carry it" in visit("/", by=signed_in(cast.tomas)).text("[aria-labelledby=asked]")


# Steps.


def test_a_step_is_ticked_off_on_the_desk_and_one_stays_there(cast: Cast, signed_in, visit, session) -> None:
    idea = factories.in_planning(cast)
    late = steps.add(idea, "Borrow a phone", by=cast.amara, owner=cast.tomas, due_on=clock.today() - DAY)
    steps.add(idea, "Print the number", by=cast.amara, owner=cast.tomas, due_on=clock.today() + DAY)
    session.commit()
    tomas = signed_in(cast.tomas)

    page = visit("/", by=tomas)
    assert page.text("h1").endswith("Two things wait for you, one is late.")
    rows = [text(row) for row in page.all("[aria-labelledby=steps] li")]
    assert rows[0].startswith("Late: was due") and rows[1].startswith("Due")

    form = f"form[action='/steps/{late.id}/completion']"
    answer = tomas.post(f"/steps/{late.id}/completion", data=page.fields(form) | {"done": "1"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    session.expire_all()
    assert session.get(Step, late.id).is_done
    assert len(visit("/", by=tomas).all("[aria-labelledby=steps] li")) == 1


# Mine.


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (factories.new, "Next: find somebody to carry it"),
        (factories.in_planning, "Next: say the smallest test"),
        (factories.ready_to_ask, "Next: ask a named leader"),
        (lambda cast: factories.asked(cast).idea, "Sign-off. Femi A. answers by"),
        (factories.in_trying, "Trying, day 1 of 56. Ends"),
        (factories.ready_to_adopt, "keep, change or stop. Next: get a leader's yes"),
        (factories.adopted, "The way we work since"),
        (factories.stopped, "Stopped"),
        (lambda cast: factories.new(cast, audience="draft"), "Only its team reads it. Open it to everybody"),
    ],
)
def test_each_of_my_ideas_says_where_it_stands_and_what_it_needs(
    cast: Cast, signed_in, visit, session, make, words: str
) -> None:
    idea = make(cast)
    session.commit()

    row = visit("/", by=signed_in(cast.amara)).text("[aria-labelledby=yours]")

    assert idea.title in row
    assert words in row


def test_an_idea_of_mine_that_is_judged_shows_its_verdict(cast: Cast, signed_in, visit, session) -> None:
    idea = factories.ready_to_adopt(cast)
    session.commit()
    yours = visit("/", by=signed_in(cast.amara)).text("[aria-labelledby=yours]")
    assert f"{idea.title} Too few readings Trying, day 1 of 56." in yours


def test_a_new_idea_that_somebody_carries_can_be_moved_on(cast: Cast, signed_in, visit, session) -> None:
    idea = factories.new(cast)
    teams.take_on(idea, by=cast.amara)
    session.commit()

    page = visit("/", by=signed_in(cast.amara))

    assert page.one("[aria-labelledby=yours] p a").attrs["href"] == f"/ideas/{idea.ref}/moves?stage=planning"


def test_a_trial_whose_time_is_up_says_so(cast: Cast, signed_in, visit, session) -> None:
    idea = factories.in_trying(cast)
    idea.trial_started_on = clock.today() - 57 * DAY
    idea.trial_ends_on = idea.due_on = clock.today() - DAY
    session.commit()

    row = visit("/", by=signed_in(cast.amara)).text("[aria-labelledby=yours]")

    assert "Time is up" in row
    assert "Its time was up on" in row


def test_with_much_of_ones_own_the_rest_is_on_the_board(cast: Cast, signed_in, visit, session) -> None:
    for _ in range(12):
        factories.new(cast)
    session.commit()

    page = visit("/", by=signed_in(cast.amara))

    assert len(page.all("[aria-labelledby=yours] li")) == 10
    assert "All 12 of yours" in page.text("[aria-labelledby=yours]")


# What moved.


def test_what_others_did_is_told_until_it_is_seen(cast: Cast, signed_in, visit, session) -> None:
    idea = factories.in_planning(cast)
    teams.accept(teams.ask_in(idea, cast.tomas, by=cast.amara), by=cast.tomas)
    session.commit()
    amaras = signed_in(cast.amara)

    page = visit("/", by=amaras)
    assert "Tomas N. joined the team" in page.text("[aria-labelledby=moved]")
    assert page.one("[aria-labelledby=moved] a").attrs["href"] == f"/ideas/{idea.ref}/history"

    answer = amaras.post("/seen", data=page.fields("form[action='/seen']"))

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    page = visit("/", by=amaras)
    assert "Nothing new since you looked on" in page.text("[aria-labelledby=moved]")
    assert not page.all("form[action='/seen']")


@pytest.mark.parametrize("newest", ["", "banana", "-1", "999999999", "9" * 40, "\x00"])
def test_an_odd_seen_is_a_plain_seen(cast: Cast, signed_in, session, newest: str) -> None:
    answer = signed_in(cast.amara).post("/seen", data={"newest": newest})

    assert answer.status_code == 303
    session.expire_all()
    assert cast.amara.seen_at


def test_seen_needs_a_person(client, cast: Cast) -> None:
    assert client.post("/seen").status_code == 419


# Words and statements.


@pytest.mark.parametrize(
    ("month", "hour", "words"),
    [
        (11, 0, "Good morning"),
        (11, 11, "Good morning"),
        (11, 12, "Good afternoon"),
        (11, 17, "Good afternoon"),
        (11, 18, "Good evening"),
        (7, 11, "Good afternoon"),  # noon in London
        (7, 23, "Good morning"),  # past midnight in London
    ],
)
def test_the_greeting_goes_by_the_clocks_of_london(month: int, hour: int, words: str) -> None:
    with clock.at(dt.datetime(2026, month, 20, hour, 30, tzinfo=dt.UTC)):
        assert time_of_day() == words


@pytest.mark.parametrize(
    ("count", "late", "words"),
    [
        (0, 0, "Nothing waits for you"),
        (1, 0, "One answer waits for you"),
        (1, 1, "One answer waits for you, and it is late"),
        (3, 0, "Three answers wait for you"),
        (3, 1, "Three answers wait for you, one is late"),
        (12, 2, "12 answers wait for you, two are late"),
        (2, 2, "Two answers wait for you, all late"),
    ],
)
def test_the_greeting_says_how_much_waits_and_how_much_is_late(count: int, late: int, words: str) -> None:
    assert _waits(count, late, "answer") == words


def test_a_desk_needs_no_more_statements_for_much_than_for_little(cast: Cast, signed_in, session) -> None:
    leader, author, sponsor = signed_in(cast.femi), signed_in(cast.amara), signed_in(cast.ben)

    def more() -> None:
        """Of everything that can be on either desk, one."""
        joining.ask(people.add("Nia Pugh", f"nia.{uuid.uuid4().hex}"), cast.northmere, job="Night porter")
        for make in (factories.in_planning, factories.ready_to_adopt, factories.stopped):
            make(cast)
        factories.asked(cast)
        overdue: SignOff = factories.sign_off.ask(factories.ready_to_ask(cast), cast.ruth, by=cast.amara)
        overdue.due_on = clock.today() - DAY
        theirs = factories.in_planning(cast)
        for person in (cast.femi, cast.ben):
            sponsors.ask(theirs, person, by=cast.amara)
        theirs = factories.new(cast, by=cast.tomas)
        for person in (cast.femi, cast.amara):
            teams.ask_in(theirs, person, by=cast.tomas)
            steps.add(theirs, "Borrow a phone", by=cast.tomas, owner=person, due_on=clock.today())
        answers = screening.none_of_these() | {next(iter(screening.none_of_these())): Answer.YES}
        check = screening.answer(theirs, answers, by=cast.tomas, version=theirs.version)[0]
        checks.record(check, CheckState.OPEN, by=cast.tomas, asked_person=cast.femi)
        with clock.at(clock.today() - 95 * DAY):
            kept = factories.adopted(cast)
            for person in (cast.femi, cast.amara):
                us_too.say(kept, by=person, membership=person.main_membership)
        assert felt_rounds.ask_due() and watches.ask_due()
        session.commit()
        session.expire_all()

    def statements(client) -> int:
        with counted() as sent:
            assert client.get("/").status_code == 200
        return len(sent)

    more()
    few = [statements(client) for client in (leader, author, sponsor)]
    more()
    more()
    many = [statements(client) for client in (leader, author, sponsor)]
    # Fewer, where the ten that are shown lack something that one of a few has.
    assert all(much <= little for much, little in zip(many, few, strict=True)), (many, few)
    assert max(few) <= 50


def test_the_front_page_asks_the_database_nothing(client, cast: Cast) -> None:
    with counted() as sent:
        assert client.get("/").status_code == 200
    assert sent == []


def test_an_answer_leaves_the_desk(cast: Cast, signed_in, visit, session) -> None:
    request = factories.asked(cast)
    femis = signed_in(cast.femi)
    assert request.idea.title in visit("/", by=femis).text("main")
    factories.approve(request, cast)
    assert request.decision.outcome is Outcome.APPROVE
    session.commit()

    assert "To answer" not in " ".join(headings(visit("/", by=femis)))
