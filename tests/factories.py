"""Ideas for tests, each as far as its name says, made by the same verbs as the product uses.

They are alone with the database while they do, and so need not read everything afresh for each act. What several acts
make of the cast alone is kept as rows, and put in as it was from the third time on: see `helpers/kept.py`.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ideas import clock
from ideas.domain import (
    asking,
    cases,
    claims,
    ideas,
    measures,
    moves,
    plans,
    readings,
    screening,
    sign_off,
    sponsors,
    steps,
    teams,
    versions,
)
from ideas.models import Audience, Direction, Outcome, PledgeKind, Stage, Unit

from .helpers.kept import kept

if TYPE_CHECKING:
    from ideas.domain.claims import Sent
    from ideas.models import Decision, Idea, Person, SignOff

    from .cast import Cast

NOW = "Carers ring the ward switchboard and wait 50 minutes to ask about changed medicines."
CHANGE = "One phone number on the discharge letter. The ward pharmacist answers it from 2 to 6 pm."
TITLE = "One number for carers to ring"

#: The server's key for six words, in tests without one.
SECRET = b"a key of the tests"

PLAN = {
    "smallest_test": "One phone on Ward 9, answered from 2 to 6 pm on weekdays.",
    "how_we_know": "Minutes that carers wait, counted each week.",
    "undoing": "Take the number off the letter. Same day.",
    "stop_rule": "One wrong dose after a call.",
    "harm_of_staying": "A missed or doubled dose on 4 of 10 returns.",
    "risk_of_trying": "Advice misheard on the phone.",
}


def new(cast: Cast, *, by: Person | None = None, **fields: Any) -> Idea:
    """An open idea of Amara's, new, at Northmere Hospitals."""
    by = by or cast.amara
    said: dict[str, Any] = {"now": NOW, "change": CHANGE, "title": TITLE}
    said |= {"hurts_organisation": cast.northmere, "home": cast.northmere, "hurts_place": "Ward 9"}
    return ideas.say(**(said | fields), by=by)


def without_name(cast: Cast, **fields: Any) -> Sent:
    """An open idea at Northmere Hospitals that nobody's name stands on, and its six words."""
    said: dict[str, Any] = {"now": NOW, "change": CHANGE, "title": TITLE, "audience": Audience.OPEN}
    said |= {"hurts_organisation": cast.northmere, "home": cast.northmere, "hurts_place": "Ward 9"}
    return claims.say(**({"secret": SECRET, "key": "a-key-of-twenty-or-more"} | said | fields))


@kept
@versions.alone()
def in_planning(cast: Cast, **fields: Any) -> Idea:
    """Amara carries it; it has no plan yet."""
    idea = new(cast, **fields)
    teams.take_on(idea, by=cast.amara)
    moves.move(idea, Stage.PLANNING, by=cast.amara, version=idea.version)
    return idea


@kept
@versions.alone()
def ready_to_ask(cast: Cast, **fields: Any) -> Idea:
    """It has all that the gate to sign-off asks for; Ben sponsors it."""
    idea = in_planning(cast, **fields)
    plans.revise(idea, dict(PLAN), by=cast.amara, version=idea.version)
    steps.add(idea, "Borrow a phone", by=cast.amara, owner=cast.amara, due_on=clock.today() + dt.timedelta(days=3))
    screening.answer(idea, screening.none_of_these(), by=cast.amara, version=idea.version)
    asked = sponsors.ask(idea, cast.ben, by=cast.amara)
    sponsors.accept(asked, by=cast.ben, kind=PledgeKind.PROTECTED_TIME, amount=Decimal("3.5"), unit=Unit.HOURS_A_WEEK)
    return idea


@kept
@versions.alone()
def asked(cast: Cast, **fields: Any) -> SignOff:
    """Femi has been asked whether they may try it."""
    return sign_off.ask(ready_to_ask(cast, **fields), cast.femi, by=cast.amara)


@versions.alone()
def approve(request: SignOff, cast: Cast, **fields: Any) -> Decision:
    """Femi says yes."""
    given: dict[str, Any] = {"version": cases.version(request.idea, request.gate), "has_no_interest": True}
    if request.gate.opens is Stage.TRYING:
        given["ends_on"] = clock.today() + asking.USUAL_TRIAL
    return sign_off.decide(request, Outcome.APPROVE, by=cast.femi, **(given | fields))


@kept
@versions.alone()
def in_trying(cast: Cast, **fields: Any) -> Idea:
    """It is being tried, for eight weeks from today."""
    request = asked(cast, **fields)
    approve(request, cast)
    return request.idea


@kept
@versions.alone()
def ready_to_adopt(cast: Cast, **fields: Any) -> Idea:
    """It has been tried, has a reading, and the team has said what came of it."""
    idea = in_trying(cast, **fields)
    measure = measures.add(idea, name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara)
    readings.enter(measure, taken_on=clock.today(), value=12, by=cast.amara)
    measures.state_result(idea, "The wait fell from 50 minutes to 12.", by=cast.amara, version=idea.version)
    return idea


@kept
@versions.alone()
def adopted(cast: Cast, **fields: Any) -> Idea:
    """It is the way we work."""
    idea = ready_to_adopt(cast, **fields)
    approve(sign_off.ask(idea, cast.femi, by=cast.amara), cast)
    return idea


@kept
@versions.alone()
def stopped(cast: Cast, **fields: Any) -> Idea:
    """Its team stopped it, and wrote what it learned."""
    idea = in_planning(cast, **fields)
    moves.move(idea, Stage.STOPPED, by=cast.amara, version=idea.version, lesson="Nobody rings after six.")
    return idea
