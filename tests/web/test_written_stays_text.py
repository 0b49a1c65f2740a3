"""What people write stays words wherever it is shown, and reading it changes nothing."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import (
    invitations,
    organisations,
    password_links,
    people,
    screening,
)
from ideas.models import (
    Answer,
    Idea,
    Role,
    Sector,
    Workplace,
)
from tests import factories
from tests.access import world
from tests.helpers.asking import fingerprint
from tests.helpers.headers import bad_headers
from tests.helpers.page import Page
from tests.helpers.walking import done, endpoint, fresh, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from tests.cast import Cast
    from tests.helpers.client import Client

CANARY = "\"><svg onload=x()>'{{7*7}}"


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


def escaped(page: Page) -> Iterator[str]:
    """What of the canary is more than text or an attribute's value."""
    if "<svg onload" in page.html or page.html.count("onload=x()") != page.html.count("{{7*7}}"):
        yield "the canary is not as it was written"
    for element in page.all("*"):
        if any(name.startswith("on") or "svg" in name or "7*7" in name for name in element.attrs):
            yield f"code in {element.name}"
        if element.name in ("script", "style") and "onload" in element.to_text():
            yield f"words in a {element.name}"
