"""One's own account: who one is, the password, where one is signed in, and who answers when one is away."""

import datetime as dt

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.domain import passwords, people, sessions, throttles
from ideas.models import Absence, Role, Session
from tests.cast import PASSWORD, give_password
from tests.helpers.page import Page
from tests.helpers.statements import counted

NEW = "kettle orbit mango"
PASSWORD_FORM = "form[action='/account/password']"
AWAY_FORM = "form[action='/absences']"
TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(TODAY):
        yield


@pytest.fixture
def browser(cast, session, signed_in):
    for person in (cast.amara, cast.femi):
        give_password(person)
    session.commit()
    return signed_in


def is_signed_in(client):
    return client.get("/account").status_code == 200


def errors(answer):
    return Page.of(answer).text(".nhsuk-error-summary ul")


# Who one is


def test_my_account_says_who_i_am_here(browser, visit, cast, session):
    people.join(cast.amara, cast.willow_bank, job="bank nurse", role=Role.MEMBER)
    session.commit()
    page = visit("/account", by=browser(cast.amara))
    assert page.text("h1") == "Amara Okafor"
    words = page.text("main")
    for said in (
        "amara@example.org",
        "Northmere Hospitals",
        "Ward sister",
        "Willow Bank Care Home",
        "Bank nurse",
        "Member",
    ):
        assert said in words
    assert page.all(f"a[href='/people/{cast.amara.id}']")
    assert page.all("a[href='/organisations/northmere-hospitals']")


def test_nobody_reads_an_account_signed_out(client):
    assert client.get("/account").status_code == 303
    assert client.post("/account/password", data={}).status_code == 419
    assert client.post("/absences", data={}).status_code == 419
    assert client.post("/sessions/1/ending").status_code == 419


def test_who_belongs_nowhere_is_told_whom_to_ask(browser, visit, cast, session):
    people.leave(cast.tomas.active_memberships[0])
    session.commit()
    assert "You belong to no organisation now" in visit("/account", by=browser(cast.tomas)).text("main")


def test_a_name_is_shown_and_never_run(browser, visit, cast, session):
    cast.amara.name = '"><svg onload=x()>'
    session.commit()
    page = visit("/account", by=browser(cast.amara))
    assert cast.amara.name in page.text("h1")
    assert not page.all("svg[onload]")


# The password


def change(client, current=PASSWORD, new=NEW, **options):
    return client.post("/account/password", data={"current": current, "new": new}, **options)


def test_a_password_is_changed_and_everywhere_else_is_signed_out(browser, cast, session):
    here, there = browser(cast.amara), browser(cast.amara)
    somebody_elses = browser(cast.femi)
    before = here.get_cookie("headroom").value
    answer = change(here)
    assert (answer.status_code, answer.location) == (303, "/account")
    page = Page.of(here.get("/account"))
    assert "Your password is changed" in page.text("#notices")
    assert len(page.all("#sessions li")) == 1
    assert not is_signed_in(there)
    assert is_signed_in(somebody_elses)
    session.expire_all()
    assert passwords.fits(cast.amara, NEW)
    here.set_cookie("headroom", before)
    assert not is_signed_in(here)


@pytest.mark.parametrize(
    ("current", "new", "says"),
    [
        ("wrong", NEW, "This is not your password now"),
        ("", NEW, "Type the password that you have now"),
        (PASSWORD, "", "Type a new password"),
        (PASSWORD, "x" * 11, "Use 12 characters or more"),
        (PASSWORD, "kettle orbit mango " * 7, "Use 128 characters or fewer"),
        (PASSWORD, "x" * 1001, "Make this shorter"),
        (PASSWORD, "AmaraOkafor1", "easy to guess"),
        (PASSWORD, "password1234", "easy to guess"),
        (PASSWORD, PASSWORD, "the password that you have"),
        ("x" * 129, NEW, "This is not your password now"),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(browser, cast, session, current, new, says):
    here, there = browser(cast.amara), browser(cast.amara)
    answer = change(here, current, new)
    assert answer.status_code == 422
    assert says in errors(answer)
    page = Page.of(answer)
    assert page.title.startswith("Error: ")
    assert page.fields(PASSWORD_FORM)["current"] == page.fields(PASSWORD_FORM)["new"] == ""
    assert new == "" or len(new) < 11 or new not in answer.get_data(as_text=True) or new == PASSWORD
    assert is_signed_in(here)
    assert is_signed_in(there)
    session.expire_all()
    assert passwords.fits(cast.amara, PASSWORD)


def test_spaces_are_kept_as_typed(browser, cast, session):
    change(browser(cast.amara), new=" two  blanks and more ")
    session.expire_all()
    assert passwords.fits(cast.amara, " two  blanks and more ")
    assert not passwords.fits(cast.amara, "two blanks and more")


def test_guessing_the_current_password_is_throttled(browser, cast, session):
    thief = browser(cast.amara)
    answers = [change(thief, f"guess {n}") for n in range(20)]
    assert [answer.status_code for answer in answers].count(422) == throttles.TRIES
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] == "300"
    assert change(thief).status_code == 429
    assert is_signed_in(thief)
    session.expire_all()
    assert passwords.fits(cast.amara, PASSWORD)
    # Somebody else may go on changing theirs, and so may Amara when the wait is over.
    assert change(browser(cast.femi)).status_code == 303
    with clock.at(clock.now() + throttles.WINDOW + dt.timedelta(seconds=1)):
        assert change(thief).status_code == 303


def test_a_form_that_is_not_ours_changes_nothing(browser, cast):
    here = browser(cast.amara)
    assert change(here, csrf=False).status_code == 419
    assert change(here, headers={"Origin": "https://elsewhere.example"}).status_code == 403


# Where one is signed in


def test_where_i_am_signed_in_and_this_browser_has_no_button(browser, visit, cast, session):
    here = browser(cast.amara)
    there = browser(cast.amara)
    browser(cast.femi)
    page = visit("/account", by=here)
    assert len(page.all("#sessions li")) == 2
    assert len(page.all("#sessions form")) == 1
    assert "This browser" in page.text("#sessions")
    path = page.one("#sessions form").attrs["action"]
    answer = here.post(path)
    assert (answer.status_code, answer.location) == (303, "/account#sessions")
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert len(Page.of(here.get("/account")).all("#sessions li")) == 1
    # Twice changes nothing.
    assert here.post(path).status_code == 303


def test_somebody_elses_session_does_not_exist_for_me(browser, cast, session):
    femis, amaras = browser(cast.femi), browser(cast.amara)
    (theirs,) = sessions.of(cast.femi)
    never = theirs.id + 1000
    answers = [amaras.post(f"/sessions/{id}/ending") for id in (theirs.id, never)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert Page.of(answers[0]).text("main") == Page.of(answers[1]).text("main")
    assert is_signed_in(femis)


def test_ending_a_session_is_no_link_and_needs_our_form(browser, cast, session):
    here = browser(cast.amara)
    (mine,) = sessions.of(cast.amara)
    assert here.get(f"/sessions/{mine.id}/ending").status_code == 405
    assert here.post(f"/sessions/{mine.id}/ending", csrf=False).status_code == 419
    assert is_signed_in(here)
    assert here.post(f"/sessions/{mine.id}/ending").status_code == 303
    assert not is_signed_in(here)


def test_htmx_is_led_on_too(browser, cast, session):
    here, _ = browser(cast.amara), browser(cast.amara)
    other = sessions.of(cast.amara)[0]
    answer = here.post(f"/sessions/{other.id}/ending", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/account#sessions"


# Being away


def say_away(client, deputy, since="2026-12-01", until="2026-12-08", **more):
    return client.post("/absences", data={"deputy": deputy, "since": since, "until": until, **more})


def test_only_leaders_are_asked_who_answers_for_them(browser, visit, cast):
    assert visit("/account", by=browser(cast.femi)).all(AWAY_FORM)
    for person in (cast.amara, cast.ada, cast.sol, cast.lena):
        assert not visit("/account", by=browser(person)).all("#away")


def test_a_leader_chooses_among_the_other_leaders_there(browser, visit, cast):
    page = visit("/account", by=browser(cast.femi))
    assert [option.to_text() for option in page.all("[name=deputy] option")] == [
        "Choose somebody",
        "Ben Hall, chief pharmacist",
        "Ruth Abbot, head of nursing",
    ]


def test_the_only_leader_is_told_that_nobody_can_answer(browser, visit, cast):
    page = visit("/account", by=browser(cast.gwen))
    assert "nobody can answer for you yet" in page.text("#away")
    assert not page.all(AWAY_FORM)


def test_an_absence_is_kept_listed_and_taken_out_again(browser, visit, cast, session):
    femis = browser(cast.femi)
    answer = say_away(femis, cast.ben.id, since=TODAY.isoformat())
    assert (answer.status_code, answer.location) == (303, "/account#away")
    page = visit("/account", by=femis)
    assert "Monday 23 November to Tuesday 8 December" in page.text("#away")
    assert "Ben Hall answers for you" in page.text("#away")
    button = page.one("#away li form")
    assert "I am back" in Page(page.html).text("#away li form")
    assert femis.post(button.attrs["action"]).status_code == 303
    assert session.scalars(sa.select(Absence)).all() == []


def test_an_absence_that_has_not_begun_is_taken_out(browser, visit, cast):
    femis = browser(cast.femi)
    say_away(femis, cast.ben.id)
    assert "Take it out" in visit("/account", by=femis).text("#away li form")


def test_a_form_sent_twice_makes_one_absence(browser, cast, session):
    femis = browser(cast.femi)
    sent = Page.of(femis.get("/account")).fields(AWAY_FORM) | {
        "deputy": str(cast.ben.id),
        "since": "2026-12-01",
        "until": "2026-12-08",
    }
    assert [femis.post("/absences", data=sent).location for _ in range(2)] == ["/account#away"] * 2
    assert len(session.scalars(sa.select(Absence)).all()) == 1


@pytest.mark.parametrize(
    ("deputy", "since", "until", "says"),
    [
        ("", "2026-12-01", "2026-12-08", "Choose who answers for you"),
        ("amara", "2026-12-01", "2026-12-08", "Choose one of the answers given"),
        ("gwen", "2026-12-01", "2026-12-08", "Choose one of the answers given"),
        ("999999", "2026-12-01", "2026-12-08", "Choose one of the answers given"),
        ("x", "2026-12-01", "2026-12-08", "Choose one of the answers given"),
        ("ben", "", "2026-12-08", "Choose the first day that you are away"),
        ("ben", "2026-12-01", "", "Choose the last day that you are away"),
        ("ben", "2026-02-30", "2026-12-08", "This is not a day in the calendar"),
        ("ben", "2026-12-08", "2026-12-01", "The last day is before the first"),
        ("ben", "2026-11-01", "2026-11-02", "This is over already"),
    ],
)
def test_a_refused_absence_says_why_and_keeps_what_was_chosen(browser, cast, session, deputy, since, until, says):
    person = getattr(cast, deputy, None)
    answer = say_away(browser(cast.femi), person.id if person else deputy, since, until)
    assert answer.status_code == 422
    assert says in errors(answer)
    page = Page.of(answer)
    assert page.all("details[open] " + AWAY_FORM)
    kept = page.fields(AWAY_FORM)
    assert (kept["since"], kept["until"]) == (since, until)
    if deputy == "ben":
        assert kept["deputy"] == str(cast.ben.id)
    assert session.scalars(sa.select(Absence)).all() == []


def test_who_leads_nothing_may_not_name_a_deputy(browser, cast, session):
    for person in (cast.amara, cast.ada, cast.lena):
        answer = say_away(browser(person), cast.ben.id)
        assert answer.status_code == 403
        assert "Only a leader" in Page.of(answer).text("main")
    assert session.scalars(sa.select(Absence)).all() == []


def test_somebody_elses_absence_does_not_exist_for_me(browser, cast, session):
    absence = people.say_away(cast.femi, deputy=cast.ben, since=TODAY, until=TODAY)
    session.commit()
    for person in (cast.ben, cast.amara, cast.ada):
        assert browser(person).post(f"/absences/{absence.id}/ending").status_code == 404
    assert session.scalars(sa.select(Absence)).all() == [absence]


def test_the_page_asks_the_database_as_often_for_many_rows_as_for_few(browser, cast, session):
    femis = browser(cast.femi)
    people.say_away(cast.femi, deputy=cast.ben, since=TODAY, until=TODAY)
    session.commit()
    with counted() as few:
        femis.get("/account")
    for _ in range(5):
        browser(cast.femi)
        people.say_away(cast.femi, deputy=cast.ruth, since=TODAY, until=TODAY)
        newcomer = people.add("New Leader", f"new{_}")
        people.join(newcomer, cast.northmere, job="director", role=Role.LEADER)
        people.join(cast.femi, cast.willow_bank if _ else cast.eastfold, job="adviser", role=Role.MEMBER)
    session.commit()
    with counted() as many:
        femis.get("/account")
    assert len(many) == len(few)
    assert len(session.scalars(sa.select(Session)).all()) == 6
