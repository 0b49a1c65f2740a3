"""Signing in and out: what is said, how often one may try, where one goes, and what a cookie is worth afterwards."""

import datetime as dt
import hashlib
import urllib.parse

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.domain import invitations, passwords, people, sessions, throttles
from ideas.models import Role, Session, Throttle
from ideas.web import links, security
from tests.cast import PASSWORD, give_password
from tests.helpers.page import Page

AMARA = "amara@example.org"


@pytest.fixture
def amara(cast, session):
    give_password(cast.amara)
    session.commit()
    return cast.amara


def sign_in(client, email=AMARA, password=PASSWORD, **more):
    options = {name: more.pop(name) for name in ("headers", "environ_base", "csrf") if name in more}
    return client.post("/sign-in", data={"email": email, "password": password, **more}, **options)


def cookie(client):
    return client.get_cookie("headroom").value


def is_signed_in(client):
    return client.get("/account").status_code == 200


# The page


def test_the_page_asks_for_a_name_and_a_password(visit):
    page = visit("/sign-in")
    assert page.one("[name=email]").attrs["autocomplete"] == "username"
    assert page.one("[name=password]").attrs["autocomplete"] == "current-password"
    assert page.fields("main form")["next"] == "/"


def test_the_right_password_leads_to_the_desk(client, amara):
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (303, "/")
    assert is_signed_in(client)


def test_who_was_on_the_way_somewhere_goes_there(client, amara):
    first = client.get("/account?x=1")
    assert (first.status_code, first.location) == (303, "/sign-in?next=/account?x%3D1")
    wanted = Page.of(client.get(first.location)).fields("main form")["next"]
    assert sign_in(client, next=wanted).location == "/account?x=1"


def test_who_is_signed_in_already_goes_on(client, amara):
    sign_in(client)
    assert client.get("/sign-in").location == "/"
    assert client.get("/sign-in?next=/account").location == "/account"
    assert client.get("/sign-in?next=//elsewhere.example").location == "/"


def test_a_part_of_a_page_that_is_asked_for_after_the_end_leads_the_whole_window_here(client):
    answer = client.get("/account", headers={"HX-Request": "true"}, follow_redirects=True)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/sign-in?next=")


# Refused


def told(answer):
    return Page.of(answer).text(".nhsuk-error-summary li")


def test_an_unknown_name_and_a_wrong_password_are_answered_in_the_same_words(client, amara, app):
    answers = [sign_in(app.test_client(), email, "wrong") for email in (AMARA, "nobody@example.org", "x" * 254)]
    assert {answer.status_code for answer in answers} == {422}
    pages = [Page.of(answer) for answer in answers]
    assert len({page.text(".nhsuk-error-summary") for page in pages}) == 1
    assert len({frozenset(answer.headers.keys()) for answer in answers}) == 1
    assert [page.fields("main form")["email"] for page in pages] == [AMARA, "nobody@example.org", "x" * 254]
    assert all(page.fields("main form")["password"] == "" for page in pages)
    assert not is_signed_in(client)


def test_somebody_without_a_password_does_not_sign_in(client, cast):
    for password in ("", " ", PASSWORD):
        assert sign_in(client, "femi@example.org", password).status_code == 422


@pytest.mark.parametrize(
    ("email", "password", "says"),
    [
        ("", PASSWORD, "Type your user name or e-mail address"),
        (AMARA, "", "Type your password"),
        ("x" * 255, PASSWORD, "Make this shorter: it is 1 character over the most, 254"),
        (AMARA, "x" * 1001, "Make this shorter: it is 1 character over the most, 1,000"),
    ],
)
def test_what_is_missing_or_too_long_is_said_at_its_field(client, amara, email, password, says):
    answer = sign_in(client, email, password)
    assert answer.status_code == 422
    assert told(answer) == says
    assert Page.of(answer).title.startswith("Error: ")


@pytest.mark.parametrize(
    "email", ["\x00", "ama\x00ra", "' OR 1=1 --", "<script>", "amara@example.org\r\nBcc: x", "\U0001f600"]
)
def test_odd_names_are_only_wrong(client, amara, email):
    assert sign_in(client, email, "\x00\x01 odd").status_code == 422
    assert not is_signed_in(client)


@pytest.mark.parametrize("password", [PASSWORD + " ", " " + PASSWORD, PASSWORD.upper()])
def test_a_password_is_taken_exactly_as_typed(client, amara, password):
    assert sign_in(client, password=password).status_code == 422


def test_spaces_in_a_password_count(client, amara, session):
    passwords.set_password(amara, "  two  blanks each  ")
    session.commit()
    assert sign_in(client, password="two blanks each").status_code == 422
    assert sign_in(client, password="  two  blanks each  ").status_code == 303


def test_a_form_that_is_not_ours_signs_nobody_in(client, amara):
    assert sign_in(client, csrf=False).status_code == 419
    assert sign_in(client, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert sign_in(client, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not is_signed_in(client)


# How often


def test_the_eleventh_try_at_a_name_waits_and_keeps_what_was_typed(client, amara):
    for _ in range(throttles.TRIES):
        assert sign_in(client, password="wrong").status_code == 422
    answer = sign_in(client)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"
    assert Page.of(answer).fields("main form")["email"] == AMARA
    assert "Wait 5 minutes" in told(answer)
    assert not is_signed_in(client)
    with clock.at(clock.now() + dt.timedelta(minutes=5, seconds=2)):
        assert sign_in(client).status_code == 303


def test_of_a_hundred_guesses_ten_get_through(client, amara):
    answers = [sign_in(client, email=name, password=f"guess {n}") for n, name in enumerate((AMARA, AMARA.upper()) * 50)]
    assert [answer.status_code for answer in answers].count(422) == throttles.TRIES


def test_guessing_at_one_name_leaves_another_alone_and_those_who_are_signed_in(client, amara, cast, signed_in):
    already = signed_in(amara)
    give_password(cast.femi)
    passwords.db.session.commit()
    for _ in range(throttles.TRIES + 1):
        sign_in(client, password="wrong")
    assert is_signed_in(already)
    assert sign_in(client, "femi@example.org").status_code == 303


def test_many_names_from_one_address_wait_too_whatever_a_header_says(client, amara):
    for n in range(throttles.TRIES_FROM_AN_ADDRESS):
        header = {"X-Forwarded-For": f"192.0.2.{n}"}
        assert sign_in(client, f"name{n}", headers=header).status_code == 422
    assert sign_in(client, headers={"X-Forwarded-For": "198.51.100.7"}).status_code == 429
    assert sign_in(client, environ_base={"REMOTE_ADDR": "198.51.100.7"}).status_code == 303


def test_a_hospital_behind_one_address_signs_in(app, amara):
    for _ in range(throttles.TRIES_FROM_AN_ADDRESS + 5):
        assert sign_in(app.test_client()).status_code == 303


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("10.0.0.1", "10.0.0.2", False),
    ],
)
def test_a_network_of_version_6_is_one_address(app, one, other, same):
    def address(remote):
        with app.test_request_context(environ_base={"REMOTE_ADDR": remote}):
            return security.address()

    assert (address(one) == address(other)) is same


def test_nonsense_in_the_place_of_an_address_is_counted_together(app):
    counted_as = set()
    for nonsense in ("unix:", "", "10.0.0"):
        with app.test_request_context(environ_base={"REMOTE_ADDR": nonsense}):
            counted_as.add(security.address())
    assert len(counted_as) == 1


# Where to


ELSEWHERE = [
    "//elsewhere.example",
    "///elsewhere.example",
    "////elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "\\/elsewhere.example",
    "/\\/elsewhere.example",
    "/a\\..\\elsewhere.example",
    "http://elsewhere.example",
    "https://elsewhere.example",
    "HTTPS://ELSEWHERE.EXAMPLE",
    "https:elsewhere.example",
    "http:/elsewhere.example",
    "https:///elsewhere.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,hello",
    "vbscript:x",
    "\t//elsewhere.example",
    " //elsewhere.example",
    "/\t/elsewhere.example",
    "/\n/elsewhere.example",
    "/\r\nLocation: https://elsewhere.example",
    "\x00//elsewhere.example",
    "elsewhere.example",
    "@elsewhere.example",
    "?//elsewhere.example",
    "#//elsewhere.example",
    "",
]
OURS = [
    "/",
    "/board",
    "/ideas/I-12?x=1",
    "/%2f%2felsewhere.example",
    "/%09/elsewhere.example",
    "/@elsewhere.example",
    "/a//b",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_to_another_site(client, amara, target):
    assert links.safe_next(target) == "/"
    shown = client.get("/sign-in", query_string={"next": target})
    assert Page.of(shown).fields("main form")["next"] == "/"
    assert sign_in(client, next=target).location == "/"


@pytest.mark.parametrize("target", OURS)
def test_a_path_of_ours_is_gone_to_and_stays_ours(client, amara, target):
    where = sign_in(client, next=target).location
    assert where == target
    assert urllib.parse.urljoin("https://headroom.example/sign-in", where).startswith("https://headroom.example/")


# Sessions


def test_two_clients_stay_two_people(app, cast, session):
    give_password(cast.amara)
    give_password(cast.femi)
    session.commit()
    one, other = app.test_client(), app.test_client()
    sign_in(one)
    sign_in(other, "femi@example.org")
    for _ in range(2):
        assert "Amara Okafor" in Page.of(one.get("/account")).text("h1")
        assert "Femi Adeyemi" in Page.of(other.get("/account")).text("h1")
    assert not is_signed_in(app.test_client())


def test_signing_in_makes_a_new_cookie_and_empties_the_old_one(client, amara):
    with client.session_transaction() as held:
        held["planted"] = "by somebody else"
        held["_user_id"] = "a token of my own making"
    before = cookie(client)
    sign_in(client)
    assert cookie(client) != before
    with client.session_transaction() as held:
        assert "planted" not in held
        assert held["_user_id"] != "a token of my own making"


def test_signing_in_over_somebody_else_ends_their_session(client, amara, cast, session):
    give_password(cast.femi)
    session.commit()
    sign_in(client)
    amaras = cookie(client)
    sign_in(client, "femi@example.org")
    assert "Femi" in Page.of(client.get("/account")).text("h1")
    client.set_cookie("headroom", amaras)
    assert not is_signed_in(client)


def test_the_cookie_is_for_the_server_alone(client, amara):
    (sent,) = [each for each in sign_in(client).headers.getlist("Set-Cookie") if each.startswith("headroom=")]
    assert "HttpOnly" in sent
    assert "SameSite=Lax" in sent
    assert "Path=/" in sent


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/131.0 Safari/537.36 Edg/131.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit Version/18.0 Safari",
            "Safari on an iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox on Linux"),
        ("<script>alert(1)</script>", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_session_says_its_device_in_plain_words(client, amara, session, agent, words):
    sign_in(client, headers={"User-Agent": agent})
    assert session.scalars(sa.select(Session.device)).one() == words


# Out


def test_signing_out_ends_it_on_the_server_and_the_cookie_is_worth_nothing(client, amara):
    sign_in(client)
    kept = cookie(client)
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert "You are signed out" in Page.of(client.get("/sign-in")).text()
    client.set_cookie("headroom", kept)
    assert client.get("/account").status_code == 303


def test_signing_out_twice_is_no_mistake(client, amara):
    sign_in(client)
    client.post("/sign-out")
    answer = client.post("/sign-out")
    assert answer.status_code == 303
    assert "Clear-Site-Data" not in answer.headers


def test_signing_out_is_not_done_by_a_link_or_by_another_site(client, amara):
    sign_in(client)
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out", csrf=False).status_code == 419
    assert client.post("/sign-out", headers={"Sec-Fetch-Site": "same-site"}).status_code == 403
    assert is_signed_in(client)


@pytest.mark.parametrize("ends", ["sign out", "end", "end all", "password", "time", "delete"])
def test_whatever_ends_a_session_its_cookie_is_refused_from_then_on(client, amara, session, ends):
    sign_in(client)
    kept = cookie(client)
    moment = clock.now()
    row = session.scalars(sa.select(Session)).one()
    match ends:
        case "sign out":
            client.post("/sign-out")
        case "end":
            sessions.end(row)
        case "end all":
            sessions.end_all(amara)
        case "password":
            client.post("/account/password", data={"current": PASSWORD, "new": "kettle orbit mango"})
        case "time":
            moment += dt.timedelta(hours=12, seconds=5)
        case "delete":
            session.delete(row)
    session.commit()
    client.set_cookie("headroom", kept)
    with clock.at(moment):
        assert client.get("/account").status_code == 303
        assert client.post("/account/password", data={}).status_code == 419


def test_a_form_that_lay_open_through_a_shift_is_still_taken(client, amara):
    sign_in(client)
    began = clock.now()
    page = Page.of(client.get("/account"))
    sent = page.fields("form[action='/account/password']") | {"current": PASSWORD, "new": "kettle orbit mango"}
    with clock.at(began + dt.timedelta(hours=8)):
        assert client.post("/account/password", data=sent, csrf=False).status_code == 303


def test_a_token_from_before_signing_in_is_refused(client, amara):
    token = Page.of(client.get("/sign-in")).fields("main form")["csrf_token"]
    sign_in(client)
    answer = client.post("/sign-out", data={"csrf_token": token}, csrf=False)
    assert answer.status_code == 419
    assert is_signed_in(client)


def test_a_leavers_rights_are_read_at_each_request(client, amara, cast, session):
    give_password(cast.femi)
    session.commit()
    sign_in(client, "femi@example.org")
    assert "When you are away" in Page.of(client.get("/account")).text()
    people.leave(cast.femi.active_memberships[0])
    session.commit()
    assert "When you are away" not in Page.of(client.get("/account")).text()


def test_reading_writes_nothing_but_the_note_of_last_use(client, amara, session, app):
    sign_in(client)
    before = fingerprint(session)
    for path in ("/account", "/organisations", "/organisations/northmere-hospitals", f"/people/{amara.id}", "/sign-in"):
        assert client.get(path).status_code in (200, 303)
        assert client.head(path).status_code in (200, 303)
    assert fingerprint(session) == before
    with clock.at(clock.now() + dt.timedelta(minutes=6)):
        client.get("/account")
    changed = fingerprint(session)
    assert changed["sessions"] != before["sessions"]
    assert {**changed, "sessions": None} == {**before, "sessions": None}


def fingerprint(session):
    session.rollback()
    return {
        table.name: sorted(str(row) for row in session.execute(sa.select(table)))
        for table in passwords.db.metadata.sorted_tables
    }


# On a device that others use too


def test_the_tick_is_offered_and_a_cookie_ends_with_the_browser(client, amara, visit):
    assert "Others use this device too" in visit("/sign-in").text("main form")
    sent = sign_in(client, shared="y").headers["Set-Cookie"]
    assert "Expires" not in sent
    assert "Max-Age" not in sent


def test_the_way_out_is_in_sight_on_every_page_of_a_shared_device(client, amara, visit):
    sign_in(client, shared="y")
    for path in ("/", "/board", "/ideas/new", "/account"):
        assert "I am done: sign me out" in visit(path).text(".done-here button"), path
    assert "Others use this device too" in visit("/account").text("#sessions")
    answer = client.post("/sign-out")
    assert answer.location == "/sign-in?shared=y"
    assert "checked" in visit(answer.location).one("[name=shared]").attrs, "the next need not say it again"
    sign_in(client)
    assert not visit("/").all(".done-here"), "without the tick nothing of it shows"


def test_a_shared_device_signs_out_after_a_break_and_others_do_not(client, amara, app):
    own = app.test_client()
    sign_in(own)
    sign_in(client, shared="y")
    moment = clock.now()
    for minutes in (14, 28, 42):
        with clock.at(moment + dt.timedelta(minutes=minutes)):
            assert is_signed_in(client), "each use counts"
    with clock.at(moment + dt.timedelta(minutes=42 + 16)):
        assert not is_signed_in(client)
        assert is_signed_in(own)


def test_nobody_stays_on_a_shared_device_longer_than_a_shift(cast, session):
    token = sessions.begin(cast.amara, device="The ward's computer", is_shared=True)
    begun = sessions.find(token)
    begun.last_used_at = begun.created_at + dt.timedelta(hours=12)
    with clock.at(begun.last_used_at):
        assert sessions.find(token)
    with clock.at(begun.last_used_at + dt.timedelta(seconds=1)):
        assert sessions.find(token) is None


def test_a_new_password_on_a_shared_device_keeps_it_shared(client, amara, visit):
    sign_in(client, shared="y")
    client.post("/account/password", data={"current": PASSWORD, "new": "kettle orbit mango"})
    assert visit("/account").all(".done-here")


def test_from_what_is_counted_nobody_finds_the_address_again(client, session):
    """There are four thousand million addresses: a plain hash of one is tried out in minutes."""
    client.post("/claim", data={"code": "one two three four five six"})
    sign_in(client, password="not this one")

    kept = set(session.scalars(sa.select(Throttle.key)))
    plain = {hashlib.sha256(f"{kind}:127.0.0.1".encode()).hexdigest() for kind in ("claims", "address", "words")}
    assert len(kept) == 4
    assert not kept & plain


def test_a_day_on_which_many_join_keeps_nobody_from_signing_in(cast, amara, session, client, monkeypatch):
    monkeypatch.setattr(throttles, "JOINS_FROM_AN_ADDRESS", 3)
    monkeypatch.setattr(throttles, "TRIES_FROM_AN_ADDRESS", 2)
    link = invitations.invite(cast.northmere, Role.MEMBER, by=cast.ada)[1]
    session.commit()

    taken = {"name": "Nia", "sign_in": AMARA, "new": "lanterns on the landing", "job": "carer"}
    joins = [client.post(f"/invitations/{link}", data=taken).status_code for _ in range(4)]

    assert joins == [422, 422, 422, 429]
    assert sign_in(client).status_code == 303
