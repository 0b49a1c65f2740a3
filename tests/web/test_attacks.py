"""Attacks on the whole of it: other people's things, forged forms, written code, odd input."""

from __future__ import annotations

import datetime as dt
import io
import re
import urllib.parse
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter

from ideas import clock
from ideas.db import db
from ideas.domain import (
    happenings,
    hidings,
    ideas,
    invitations,
    measures,
    organisations,
    password_links,
    people,
    readings,
    rebases,
    screening,
    sign_off,
)
from ideas.domain import sessions as browsers
from ideas.models import (
    Answer,
    Audience,
    Cycle,
    Direction,
    FeltAsk,
    FeltRound,
    Happening,
    Idea,
    Measure,
    Reading,
    Rebase,
    Role,
    Sector,
    Stage,
    UsToo,
    Watch,
    WeeklyMinute,
    Workplace,
)
from ideas.web.links import ReferenceConverter
from ideas.web.paging import Pages
from ideas.web.security import CONTENT_SECURITY_POLICY, SANDBOX
from tests import factories
from tests.access import world
from tests.cast import PASSWORD, give_password
from tests.helpers.asking import address, fingerprint
from tests.helpers.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from werkzeug.routing import Rule
    from werkzeug.test import TestResponse

    from tests.cast import Cast
    from tests.helpers.client import Client

CANARY = "\"><svg onload=x()>'{{7*7}}"
#: Pages that no link leads to.
UNLINKED = (
    "/healthz",
    "/readyz",
    "/metrics",
    "/at",
    "/claim",
    "/ideas/new",
    "/sign-in?next=/board",
    "/board?mine=1",
    "/nothing-here",
)


# What people write stays words, and reading changes nothing


@pytest.mark.parametrize("kind", ["sqlite"])  # pages are written and escaped by the same code on both
def test_whatever_is_written_stays_text_and_reading_it_changes_nothing(
    app: Flask, cast: Cast, session: Any, signed_in: Callable[..., Client]
) -> None:
    write_everywhere(cast, signed_in)
    readers = [app.test_client(), *(signed_in(who) for who in (cast.amara, cast.femi, cast.sol))]
    poster = f"/at/{session.scalars(sa.select(Workplace)).one().code}"
    _, token = invitations.invite(cast.ruth.organisations[-1], Role.MEMBER, by=cast.ruth, note=CANARY)
    _, forgotten = password_links.make_for(cast.amara)
    session.commit()
    steps = [f"/cycles/1/{step}" for step in ("report", "study", "act")]
    watch = world.watch_of(factories.adopted(cast))
    session.commit()
    links = (poster, f"/invitations/{token}", f"/password/{forgotten}", *steps, f"/watches/{watch.id}")
    before = fingerprint(session)
    met, wrong, canaries = set(), [], 0

    for reader in readers:
        for path, answer, page in walk(reader, *links):
            met.add(endpoint(app, path))
            # A table of values is no mark-up, and holds what was written as it was written.
            marked_up = [] if answer.mimetype == "text/csv" else escaped(page)
            wrong += [f"{path}: {each}" for each in [*bad_headers(answer), *marked_up]]
            canaries += page.html.count("onload")

    assert not wrong
    assert fingerprint(session) == before
    assert met >= {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods} - {"static"}
    assert canaries > 300, "the canaries are hardly anywhere: are they still written?"


def test_what_is_refused_is_shown_again_as_text(cast: Cast, signed_in: Callable[..., Client]) -> None:
    idea = factories.ready_to_ask(cast)
    session_of = signed_in(cast.amara)
    fields = dict.fromkeys(("now", "change", "title", "lesson", "smallest_test", "unit", "due_on", "value"), CANARY)
    paths = ("/ideas", *(f"/ideas/{idea.ref}{part}" for part in ("", "/plan", "/moves", "/measures", "/steps")))

    answers = [session_of.post(path, data={"hurts_organisation": CANARY, "owner": CANARY} | fields) for path in paths]
    answers.append(session_of.post(f"/ideas/{idea.ref}?next={CANARY}", data=fields, csrf=False))

    assert [answer.status_code for answer in answers] == [422] * len(paths) + [419]
    assert not [wrong for answer in answers for wrong in [*bad_headers(answer), *escaped(Page.of(answer))]]


def write_everywhere(cast: Cast, signed_in: Callable[..., Client]) -> None:
    """The canary in every text that people write, through the forms, in ideas that go different ways."""
    place = organisations.add(f"{CANARY} Home", Sector.ACUTE)
    for who, role in ((cast.amara, Role.MEMBER), (cast.femi, Role.LEADER), (cast.ruth, Role.LEADER)):
        people.join(who, place, job=CANARY, role=role)
    cast.amara.name = cast.femi.name = f"Amara {CANARY}"
    db.session.commit()
    amara, femi, ruth, ben = (signed_in(who) for who in (cast.amara, cast.femi, cast.ruth, cast.ben))

    def said(**fields: Any) -> Idea:
        words = {"now": CANARY, "change": CANARY, "title": CANARY, "hurts_place": CANARY, "audience": "open"}
        done(amara.post("/ideas", data=words | {"home_organisation": place.id} | fields))
        return db.session.scalars(sa.select(Idea).order_by(Idea.id.desc())).first()

    def ready() -> Idea:
        idea = said()
        done(amara.post(f"/ideas/{idea.ref}/owner"))
        done(amara.post(f"/ideas/{idea.ref}/moves", data={"stage": "planning", "version": fresh(idea).version}))
        texts = ("people_touched", "watcher", "harm_who", "harm_how_many", "risk_who", "risk_how_many", "cost")
        plan = dict.fromkeys((*factories.PLAN, *texts, "place", "still_wrong", "asked_whom"), CANARY)
        done(amara.post(f"/ideas/{idea.ref}/plan", data=plan | {"version": fresh(idea).version}))
        done(amara.post(f"/ideas/{idea.ref}/steps", data={"title": CANARY, "owner": cast.amara.id}))
        done(amara.post(f"/ideas/{idea.ref}/files", data={"file": (io.BytesIO(b"Words"), "'a' & {{7+7}}.txt")}))
        fresh(idea)
        check = screening.answer(
            idea, screening.none_of_these() | {"money": Answer.YES}, by=cast.amara, version=idea.version
        )[0]
        db.session.commit()
        done(amara.post(f"/checks/{check.id}", data={"asked_whom": CANARY, "state": "done", "answer": CANARY}))
        for leader, client, answer in ((cast.ben, ben, "accept"), (cast.mina, signed_in(cast.mina), "decline")):
            done(amara.post(f"/ideas/{idea.ref}/sponsorships", data={"person": leader.id}))
            ask = next(s for s in fresh(idea).sponsorships if s.person_id == leader.id)
            pledge = {"answer": answer, "pledge_kind": "protected_time", "note": CANARY}
            done(client.post(f"/sponsorships/{ask.id}/answer", data=pledge))
        return idea

    def asked() -> Any:
        idea = ready()
        done(amara.post(f"/ideas/{idea.ref}/sign-offs", data={"leader": cast.femi.id}))
        return fresh(idea).sign_offs[-1]

    def decided(outcome: str, **words: Any) -> Idea:
        request = asked()
        version = Page.of(femi.get(f"/ideas/{request.idea.ref}/sign-off")).fields("form[action$=decision]")["version"]
        ends_on = clock.today() + dt.timedelta(days=30)
        answer = {"outcome": outcome, "no_interest": "y", "version": version, "ends_on": ends_on}
        done(femi.post(f"/sign-offs/{request.id}/decision", data=answer | words))
        return request.idea

    tried = decided("approve", condition_while=CANARY)
    done(amara.post(f"/ideas/{tried.ref}/measures", data={"name": CANARY, "unit": CANARY, "direction": "lower"}))
    measure = fresh(tried).measures[0]
    done(amara.post(f"/measures/{measure.id}/readings", data={"taken_on": clock.today(), "value": 3}))
    right = {"taken_on": clock.today(), "value": 4, "version": 1}
    done(amara.post(f"/readings/{fresh(measure).readings[0].id}", data=right))
    done(amara.post(f"/ideas/{tried.ref}/result", data={"stated_result": CANARY, "version": fresh(tried).version}))
    thought = {"attempt": CANARY, "prediction": CANARY}
    done(amara.post(f"/ideas/{tried.ref}/cycles", data=thought))
    for step, words in (
        ("start", {"started_on": clock.today()}),
        ("report", {"happened": CANARY}),
        ("study", {"foresight": "partly", "learned": CANARY}),
        ("act", {"ended_as": "adapt", "because": CANARY}),
    ):
        done(amara.post(f"/cycles/{fresh(tried).cycles[0].id}/{step}", data=words))
    done(amara.post(f"/ideas/{tried.ref}/cycles", data=thought))
    week = {"week": clock.monday(clock.today()), "version": 0, "in_the_way": CANARY, "worse": CANARY}
    done(amara.post(f"/ideas/{tried.ref}/week", data=week))
    decided("not_yet", would_change=CANARY, smaller_yes=CANARY)
    decided("no", reason=CANARY, would_change=CANARY)
    sent_on = asked()
    done(femi.post(f"/sign-offs/{sent_on.id}/leader", data={"leader": cast.ruth.id, "reason": CANARY}))
    taken_back = asked()
    done(amara.post(f"/sign-offs/{taken_back.id}/withdrawal", data={"reason": CANARY}))
    stops = {"stage": "stopped", "lesson": CANARY, "version": fresh(taken_back.idea).version}
    done(amara.post(f"/ideas/{taken_back.idea.ref}/moves", data=stops))
    said(audience="draft")
    said(audience="here_first")
    said(on_behalf_of=cast.femi.id)
    done(ruth.post(f"/ideas/{said().ref}/hiding", data={"reason": CANARY}))
    done(femi.post(f"/organisations/{place.slug}/places", data={"name": CANARY}))
    watch = world.watch_of(factories.adopted(cast))
    db.session.commit()
    done(amara.post(f"/watches/{watch.id}", data={"used": "yes", "less_bad": "yes", "note": CANARY, "version": 0}))
    done(ruth.post("/seen"))


def done(answer: TestResponse) -> None:
    assert answer.status_code == 303, answer.get_data(as_text=True)[:3000]


def fresh(thing: Any) -> Any:
    db.session.rollback()
    db.session.refresh(thing)
    return thing


def walk(reader: Client, *also: str) -> Iterator[tuple[str, TestResponse, Page]]:
    """Every page that links lead to from the front page, each once, and without its query."""
    to_do, seen = ["/", *UNLINKED, *also], set()
    while to_do:
        path = to_do.pop()
        if path in seen:
            continue
        seen.add(path)
        with reader.get(path) as answer:
            page = Page.of(answer)
        yield path, answer, page
        targets = [link.attrs["href"] for link in page.all("a[href]")]
        # Where to move it is asked by script, and after a stop without its lesson.
        targets += [f"{path}/moves"] if re.fullmatch(r"/ideas/I-\d+", path) else []
        to_do += [re.split("[?#]", to)[0] for to in targets if to.startswith("/")]


def endpoint(app: Flask, path: str) -> str:
    try:
        return app.url_map.bind("localhost").match(path.partition("?")[0])[0]
    except NotFound:
        return ""


def escaped(page: Page) -> Iterator[str]:
    """What of the canary is more than text or an attribute's value."""
    if "<svg onload" in page.html or page.html.count("onload=x()") != page.html.count("{{7*7}}"):
        yield "the canary is not as it was written"
    for element in page.all("*"):
        if any(name.startswith("on") or "svg" in name or "7*7" in name for name in element.attrs):
            yield f"code in {element.name}"
        if element.name in ("script", "style") and "onload" in element.to_text():
            yield f"words in a {element.name}"


# Headers


def bad_headers(answer: TestResponse) -> Iterator[str]:
    is_file = "Content-Disposition" in answer.headers
    wanted = {
        "Content-Security-Policy": SANDBOX if is_file else CONTENT_SECURITY_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
    }
    for name, value in wanted.items():
        if answer.headers.getlist(name) != [value]:
            yield f"{name} is {answer.headers.getlist(name)}"
    if not {"Cookie", "HX-Request"} <= set(answer.vary):
        yield f"Vary is {answer.vary}"


def test_every_answer_has_the_headers_errors_and_fragments_too(
    app: Flask, cast: Cast, signed_in: Callable[..., Client], client: Client
) -> None:
    idea = factories.in_planning(cast)
    femis = signed_in(cast.femi)
    asks = {
        "page": lambda: client.get("/"),
        "to sign in": lambda: client.get("/board"),
        "405": lambda: client.get("/seen"),
        "403": lambda: femis.get(f"/ideas/{idea.ref}/edit"),
        "404": lambda: femis.get("/ideas/I-999999999"),
        "409": lambda: signed_in(cast.amara).post(f"/ideas/{idea.ref}/moves", data={"stage": "trying", "version": 1}),
        "413": lambda: femis.post("/ideas", data={"now": "a" * 2_000_000}),
        "419": lambda: femis.post("/ideas", csrf=False),
        "422": lambda: femis.post("/ideas"),
        "from elsewhere": lambda: femis.post("/ideas", headers={"Origin": "https://elsewhere.example"}),
        "fragment": lambda: femis.get("/ideas", headers={"HX-Request": "true"}),
        "options": lambda: femis.options("/ideas"),
        "slash": lambda: femis.get("//board"),
    }

    assert {name: wrong for name, ask in asks.items() if (wrong := list(bad_headers(ask())))} == {}


# Forged forms


FORGED: dict[str, dict[str, Any]] = {
    "no token": {"csrf": False},
    "another site": {"headers": {"Origin": "https://elsewhere.example"}},
    "cross-site": {"headers": {"Sec-Fetch-Site": "cross-site"}},
}


@pytest.mark.parametrize("kind", ["sqlite"])  # it is refused before anything is asked of the database
def test_no_form_anywhere_is_taken_without_a_token_or_from_elsewhere(
    app: Flask, cast: Cast, signed_in: Callable[..., Client]
) -> None:
    amaras = signed_in(cast.amara)

    answers = {
        rule.rule: [amaras.post(address(rule), **forged).status_code for forged in FORGED.values()]
        for rule in posts(app)
    }

    assert len(answers) > 30
    assert answers == {rule: [419, 403, 403] for rule in answers}


def test_a_form_is_not_taken_with_another_ones_token_or_from_anywhere_else(
    app: Flask, cast: Cast, signed_in: Callable[..., Client]
) -> None:
    amaras, femis = signed_in(cast.amara), signed_in(cast.femi)
    femis_token = Page.of(femis.get("/account")).fields("form[action='/account/password']")["csrf_token"]
    forged: dict[str, dict[str, Any]] = {
        **FORGED,
        "femi's token": {"csrf": False, "data": {"csrf_token": femis_token}},
        "femi's token in a header": {"csrf": False, "headers": {"X-CSRFToken": femis_token}},
        "another port": {"headers": {"Origin": "http://localhost:8001"}},
        "half an address": {"headers": {"Origin": "http://["}},
        "a hidden site": {"headers": {"Origin": "null"}},
        "same-site": {"headers": {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}},
    }

    answers = {
        name: {amaras.post(path, **how).status_code for path in ("/ideas", "/seen", "/account/password")}
        for name, how in forged.items()
    }

    assert answers == {name: {419} if "token" in name else {403} for name in forged}


def test_our_own_pages_are_not_taken_for_another_site(cast: Cast, signed_in: Callable[..., Client]) -> None:
    amaras = signed_in(cast.amara)
    ours = [
        {"Origin": "http://localhost"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ]

    assert [amaras.post("/seen", headers=headers).status_code for headers in ours] == [303] * len(ours)


def posts(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]


# Other people's things


def test_nothing_of_a_draft_exists_for_others_whoever_was_asked(
    app: Flask, cast: Cast, session: Any, signed_in: Callable[..., Client]
) -> None:
    """Each of them was asked for something of it before it was hidden, or leads or looks after its home."""
    made = world.make(cast)
    measure = measures.add(made.carried, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    reading = readings.enter(measure, taken_on=clock.today(), value=12, by=cast.amara)
    before = readings.enter(measure, taken_on=clock.today() - dt.timedelta(days=1), value=12, by=cast.amara)
    begun = rebases.begin(measure, starts_on=reading.taken_on, reason="Porters count too", by=cast.amara)
    noted = happenings.note(made.carried, happened_on=before.taken_on, words="New rota", by=cast.amara)
    hiding = hidings.hide(made.carried, "It names a colleague.", by=cast.femi)
    hidings.show_again(hiding, by=cast.femi)
    made.carried.audience = made.tried.audience = made.watch.idea.audience = Audience.DRAFT
    browsers.begin(cast.amara, device="Amara's")
    session.commit()
    of_it = {
        "steps": made.step.id,
        "checks": made.check.id,
        "sponsorships": made.sponsorship.id,
        "sign-offs": made.request.id,
        "team": made.place.id,
        "measures": measure.id,
        "readings": reading.id,
        "files": made.file.id,
        "hidings": hiding.id,
        "happenings": noted.id,
        "cycles": made.cycle.id,
        "new-limits": begun.id,
        "felt-asks": made.felt_ask.id,
        "watches": made.watch.id,
    }
    about = [rule for rule in app.url_map.iter_rules() if is_about_an_idea(rule)]
    outsiders = {who: signed_in(getattr(cast, who)) for who in ("femi", "gwen", "tomas", "mina", "ada")}

    seen = [
        (who, rule.rule, status)
        for who, client in outsiders.items()
        for rule in about
        for method in rule.methods & {"GET", "POST"}
        if (status := client.open(address(rule, ref=made.carried.ref, **of_it), method=method).status_code) != 404
    ]

    assert {rule.rule.split("/")[1] for rule in about} == {*of_it, "ideas"}
    assert not seen


def is_about_an_idea(rule: Rule) -> bool:
    own = ("people", "sessions", "absences", "places", "memberships", "invitations")
    kinds = {type(converter) for converter in rule._converters.values()}
    return ReferenceConverter in kinds or (
        any(issubclass(kind, IntegerConverter) for kind in kinds) and rule.rule.split("/")[1] not in own
    )


def test_sessions_and_absences_of_others_do_not_exist(
    cast: Cast, session: Any, signed_in: Callable[..., Client]
) -> None:
    day = clock.today()
    absence = people.say_away(cast.femi, deputy=cast.ruth, since=day, until=day)
    browsers.begin(cast.femi, device="Femi's")
    femis = browsers.of(cast.femi)[0]
    session.commit()
    ruths = signed_in(cast.ruth)

    answers = [ruths.post(f"/sessions/{femis.id}/ending"), ruths.post(f"/absences/{absence.id}/ending")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert fresh(femis).ended_at is None


def test_a_key_that_somebody_else_used_leads_nowhere(
    cast: Cast, session: Any, signed_in: Callable[..., Client]
) -> None:
    words = {"now": "n", "change": "c", "title": "t", "key": "the-same-key"}
    hers = signed_in(cast.amara).post("/ideas", data=words | {"audience": "draft"}).location

    his = signed_in(cast.femi).post("/ideas", data=words | {"audience": "open"}).location

    assert his != hers
    assert session.scalar(sa.select(sa.func.count(Idea.id))) == 2


def test_fields_that_no_form_has_change_nothing(cast: Cast, session: Any, signed_in: Callable[..., Client]) -> None:
    """The names of columns, sent along with an edit that is allowed."""
    idea = factories.in_planning(cast)
    session.commit()
    sols = {"author_id": cast.sol.id, "owner_id": cast.sol.id, "owner": cast.sol.id, "number": 7, "id": 99}
    more = {"stage": "adopted", "home_organisation_id": "", "is_illustrative": "y", "stated_result": "!", "due_on": ""}
    kept = (
        "id",
        "number",
        "author_id",
        "owner_id",
        "stage",
        "home_organisation_id",
        "is_illustrative",
        "stated_result",
    )
    before = {name: getattr(idea, name) for name in kept}
    words = {"now": "Other", "change": "c", "title": "t", "version": idea.version}

    done(signed_in(cast.amara).post(f"/ideas/{idea.ref}", data=sols | more | words))
    as_draft = {"audience": "draft", "version": fresh(idea).version}
    refused = signed_in(cast.amara).post(f"/ideas/{idea.ref}", data=words | as_draft)

    assert fresh(idea).now == "Other"
    assert {name: getattr(idea, name) for name in kept} == before
    assert (refused.status_code, idea.audience) == (422, Audience.OPEN)


def test_columns_that_no_form_of_the_evidence_has_stay_as_they_are(
    cast: Cast, session: Any, signed_in: Callable[..., Client]
) -> None:
    """The name of every column of what is counted and answered, sent along with each act that is allowed."""
    made = world.make(cast)
    idea, cycle, watch, ask = made.tried, made.cycle, made.watch, made.felt_ask
    session.commit()
    kinds = (Idea, Measure, Reading, Cycle, UsToo, FeltAsk, FeltRound, Watch, WeeklyMinute, Happening, Rebase)
    odd = {column.name: "1" for kind in kinds for column in kind.__table__.columns} | {"is_illustrative": "y"}
    amaras, tomass, today = signed_in(cast.amara), signed_in(cast.tomas), clock.today()

    def send(path: str, by: Client = amaras, **fields: Any) -> None:
        done(by.post(path, data=odd | fields))

    named = {"name": "Wait", "unit": "minutes", "direction": "lower", "kind": "outcome", "rhythm": "day", "target": ""}
    send(f"/ideas/{idea.ref}/measures", **named)
    measure = fresh(idea).measures[-1]
    send(f"/measures/{measure.id}/readings", taken_on=today, value="3")
    send(f"/ideas/{idea.ref}/happenings", happened_on=today, words="New rota")
    send(f"/ideas/{idea.ref}/week", week=clock.monday(today), version=0, worse="Noise", in_the_way="", had_time="yes")
    send(f"/cycles/{cycle.id}/start", started_on=today)
    send(f"/watches/{watch.id}", used="yes", less_bad="yes", note="", version=0)
    send(f"/felt-asks/{ask.id}/answer", tomass, answer="same")
    send(f"/ideas/{made.carried.ref}/us-too", tomass, membership=made.tomas_there.id, place="", job="nurse")

    measure, (reading,), (minute,) = fresh(measure), measure.readings, idea.weekly_minutes
    said = session.scalars(sa.select(UsToo).where(UsToo.idea_id == made.carried.id)).one()
    assert (measure.idea, measure.is_illustrative, measure.own_changed_on) == (idea, False, None)
    assert (reading.measure, reading.entered_by_id, reading.weekly_minute_id) == (measure, cast.amara.id, None)
    assert (idea.happenings[0].by_id, minute.answered_by, minute.is_skipped) == (cast.amara.id, cast.amara, False)
    assert (cycle.number, cycle.attempt, cycle.happened, cycle.ended_as) == (1, "One phone for a day.", "", None)
    assert (watch.idea_id, watch.adoption, watch.months, watch.answered_by) == (watch.idea.id, 1, 3, cast.amara)
    assert (ask.person, ask.round.answered, ask.round.closed_at, ask.closes_on) == (cast.tomas, None, None, today)
    assert (said.person, said.organisation, made.carried.us_too_count) == (cast.tomas, cast.northmere, 1)
    assert (idea.is_illustrative, idea.has_worse, idea.stage, idea.author) == (False, False, Stage.TRYING, cast.amara)


# Odd input


NO_ROWS = ("9" * 30, "2147483648", "-1", "0", "-99999999999999999999", "\u0663", "nan", "\x00")


@pytest.mark.parametrize("part", ["team", "owner", "sponsorships"])
def test_a_person_whom_no_row_could_be_is_not_asked(cast: Cast, signed_in: Callable[..., Client], part: str) -> None:
    idea = factories.in_planning(cast)
    amaras = signed_in(cast.amara)

    answers = {sent: amaras.post(f"/ideas/{idea.ref}/{part}", data={"person": sent}).status_code for sent in NO_ROWS}

    # Digits of another script are digits: they name the person who has that number, or nobody.
    assert {status for sent, status in answers.items() if sent != "\u0663"} == {422}
    assert answers["\u0663"] in (303, 409, 422)


@pytest.mark.parametrize(
    "path",
    [
        "/organisations/%00",
        "/organisations/a%00b",
        "/organisations/%ff",
        "/organisations/Northmere-Hospitals",
        "/people/2147483648",
        "/people/99999999999999999999",
        "/people/-1",
        "/people/1%00",
        "/ideas/I-0",
        "/ideas/I-9999999999",
        "/steps/%D9%A9999999999999",
    ],
)
def test_an_odd_address_has_no_page(cast: Cast, signed_in: Callable[..., Client], path: str) -> None:
    assert signed_in(cast.tomas).get(path).status_code == 404


@pytest.mark.parametrize("target", ["/\u2603", "/ideas?x=\u2028", "/\x80"])
def test_where_to_go_on_is_an_address_in_every_header(cast: Cast, client: Client, session: Any, target: str) -> None:
    give_password(cast.amara)
    session.commit()
    who = {"email": "amara@example.org", "password": PASSWORD, "next": target}

    answer = client.post("/sign-in", data=who, headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == urllib.parse.quote(target, safe="/?=")


@pytest.mark.parametrize(
    "query", ["_scheme=javascript&_external=1", "endpoint=x", "slug=y", "_anchor=z", "_method=POST"]
)
def test_no_word_in_a_query_makes_the_next_page_another_address(app: Flask, query: str) -> None:
    with app.test_request_context(f"/organisations/eastfold-council?{query}"):
        assert Pages(1, 2).next_url == f"/organisations/eastfold-council?{query}&page=2"


ODD = ("\x00a\x00", "9" * 5000, "-1", "1e400", "sNaN", "\u0663", "9999-99-99", "\U0010ffff", "a" * 100_000, "None")
FIELDS = re.findall(
    r"\S+",
    """
    now change title hurts_place hurts_organisation home_organisation audience person answer organisation stage lesson
    board version key owner due_on done back asked_person asked_whom state said_by none_of_these name unit direction
    changed_on taken_on value stated_result leader reason outcome ends_on checks would_change deputy since until newest
    smallest_test starts_on harm_how_sure pledge_kind amount note current new email password next
    on_behalf_of without_name leave_place_out code ticket sign_in job role opens again shared requests ideas steps file
    partner sponsor_may_decide sign_off_days reporting_url ods_code cqc_code checked_details
    week in_the_way worse had_time nothing attempt prediction started_on happened foresight learned ended_as because
    """,
)


def test_nothing_that_is_sent_is_our_fault(app: Flask, cast: Cast, signed_in: Callable[..., Client]) -> None:
    made = world.make(cast)
    measure = measures.add(made.carried, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    of_it = {"steps": made.step.id, "checks": made.check.id, "measures": measure.id, "ref": made.carried.ref}
    of_it |= {"sponsorships": made.sponsorship.id, "sign-offs": made.request.id, "team": made.place.id}
    whose = {"sponsorships": cast.gwen, "sign-offs": cast.femi, "team": cast.ruth, "absences": cast.femi}
    of_it |= {"memberships": made.tomas_there.id, "invitations": made.invitation.id, "places": made.spot.id}
    of_it |= {"hidings": made.hiding.id, "files": made.file.id, "code": made.spot.written_code}
    of_it |= {"cycles": made.cycle.id}
    counted = measures.add(made.tried, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    of_week = [f"number_{counted.id}", f"time_{made.tried.sponsorships[0].pledges[0].id}", "week", "version", "worse"]
    whose |= dict.fromkeys(("memberships", "invitations", "places", "admin", "organisations"), cast.ada)
    clients = {name: signed_in(who) for name, who in whose.items()} | {"": signed_in(cast.amara)}

    for rule in posts(app):
        client = clients.get(rule.rule.split("/")[1], clients[""])
        # Each field meets several odd values, each time beside others.
        bodies = [{name: ODD[(n + turn) % len(ODD)] for n, name in enumerate(FIELDS)} for turn in (0, 3, 7)]
        for body in bodies if "sign-out" not in rule.rule else ():
            assert client.post(address(rule, **of_it), data=body).status_code < 500
    for turn in range(len(ODD)):
        body = {name: ODD[(n + turn) % len(ODD)] for n, name in enumerate(of_week)}
        assert clients[""].post(f"/ideas/{made.tried.ref}/week", data=body).status_code == 422
    assert clients[""].post("/ideas", data={f"f{n}": "x" for n in range(5000)}).status_code == 422
    parts = {f"f{n}": "x" for n in range(300)}
    assert clients[""].post("/ideas", data=parts, content_type="multipart/form-data").status_code == 413


def test_an_idea_is_not_hosted_where_one_does_not_lead(
    cast: Cast, session: Any, signed_in: Callable[..., Client]
) -> None:
    idea = ideas.say(now="n", change="c", title="t", by=cast.sol)
    session.commit()
    data = {"organisation": cast.northmere.id, "version": idea.version, "answer": "host"}

    answer = signed_in(cast.gwen).post(f"/ideas/{idea.ref}/home", data=data)

    assert (answer.status_code, fresh(idea).home_organisation) == (422, None)


def test_a_leader_who_lost_the_right_does_not_decide_take_over_or_name_an_owner(
    cast: Cast, session: Any, signed_in: Callable[..., Client]
) -> None:
    request = factories.asked(cast)
    unowned = factories.new(cast)
    session.commit()
    femis = signed_in(cast.femi)
    version = Page.of(femis.get(f"/ideas/{request.idea.ref}/sign-off")).fields("form[action$=decision]")["version"]
    people.leave(cast.femi.active_memberships[0])
    people.join(cast.femi, cast.eastfold, job="director", role=Role.LEADER)
    session.commit()
    yes = {"outcome": "approve", "no_interest": "y", "version": version, "ends_on": clock.today()}

    answers = [
        femis.post(f"/sign-offs/{request.id}/decision", data=yes),
        femis.post(f"/sign-offs/{request.id}/leader", data={"leader": cast.femi.id}),
        femis.post(f"/ideas/{unowned.ref}/owner", data={"person": cast.tomas.id}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert sign_off.refuse_unless_open(fresh(request)) is None
