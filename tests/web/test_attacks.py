"""Attacks on the whole of it: forged forms, other people's things, fields that no form has."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from werkzeug.routing import IntegerConverter

from ideas import clock
from ideas.domain import (
    happenings,
    hidings,
    ideas,
    measures,
    people,
    readings,
    rebases,
    sign_off,
)
from ideas.domain import sessions as browsers
from ideas.models import (
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
    Stage,
    UsToo,
    Watch,
    WeeklyMinute,
)
from ideas.web.links import ReferenceConverter
from tests import factories
from tests.access import world
from tests.helpers.asking import address
from tests.helpers.page import Page
from tests.helpers.walking import done, fresh, posts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.routing import Rule

    from tests.cast import Cast
    from tests.helpers.client import Client

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
