"""Gates: what an idea must have before it may enter a stage. They read the idea, and change nothing."""

from __future__ import annotations

import dataclasses
import enum
from typing import TYPE_CHECKING

from ideas import clock
from ideas.models import Gate, Stage

from . import cases, plans, rounds
from .governance import governance

if TYPE_CHECKING:
    from collections.abc import Callable

    from ideas.models import Check, Decision, Idea


class Room(enum.StrEnum):
    """Where something that is missing is put right."""

    #: the idea's own words
    WORDS = "words"
    #: which organisation it would change at
    HOME = "home"
    #: who carries it
    OWNER = "owner"
    #: the plan
    PLAN = "plan"
    #: the five questions
    SCREENING = "screening"
    #: the steps
    STEPS = "steps"
    #: the checks
    CHECKS = "checks"
    #: the sponsors
    SPONSORS = "sponsors"
    #: the leader's answer
    SIGN_OFF = "sign_off"
    #: the measures and readings
    EVIDENCE = "evidence"
    #: what came of it
    RESULT = "result"


@dataclasses.dataclass(frozen=True)
class Requirement:
    """One thing that a gate asks for, in words that say what to do, and whether it is there."""

    words: str
    room: Room
    is_met: bool
    #: a word more: who was asked, by when
    hint: str = ""
    #: which check, where the room holds several
    anchor: str = ""


#: The one way into sign-off, when all that its gate asks for is there.
ASK = Requirement("Ask a named leader", Room.SIGN_OFF, is_met=False)

#: What is missing where nobody backs it, and whoever decides may not.
SPONSOR = Requirement("Find a sponsor", Room.SPONSORS, is_met=False, hint="A leader who backs it")

#: The gate that comes next for an idea in each stage.
NEXT: dict[Stage, Stage | None] = {
    Stage.NEW: Stage.PLANNING,
    Stage.PLANNING: Stage.SIGN_OFF,
    Stage.SIGN_OFF: Stage.TRYING,
    Stage.TRYING: Stage.ADOPTED,
    Stage.ADOPTED: None,
    Stage.STOPPED: Stage.PLANNING,
}


def requirements(idea: Idea, stage: Stage) -> list[Requirement]:
    """All that this idea needs before it may enter the stage, met or not, in the order to do it."""
    return _GATES[stage](idea)


def missing(idea: Idea, stage: Stage) -> list[Requirement]:
    """What it still needs before it may enter the stage."""
    return [requirement for requirement in requirements(idea, stage) if not requirement.is_met]


def next_requirements(idea: Idea) -> list[Requirement]:
    """What the next gate asks for; empty where there is none."""
    stage = NEXT[idea.stage]
    return requirements(idea, stage) if stage else []


def first_missing(idea: Idea) -> Requirement | None:
    """What it needs first on its way to the next stage; None where there is nothing to do, or nothing next."""
    missing = [requirement for requirement in next_requirements(idea) if not requirement.is_met]
    if missing:
        return missing[0]
    return ASK if idea.stage is Stage.PLANNING else None


def standing_approval(idea: Idea) -> Decision | None:
    """The yes under which it may be tried today: the newest answer at that gate, its time not over, and no "no" since.

    What was approved is what is tried: it no longer stands when the plan is another one now.
    """
    yes, ends_on = plans.approval(idea), plans.approved_until(idea)
    agreed = rounds.agreement(idea, Gate.TRY)
    if ends_on and ends_on >= clock.today():
        return yes if all(cases.is_what_was_approved(idea, each.case) for each in agreed) else None
    return None


def _new(idea: Idea) -> list[Requirement]:
    return [Requirement("Say what happens now, the change and a short name", Room.WORDS, bool(idea.now and idea.title))]


def _planning(idea: Idea) -> list[Requirement]:
    home = idea.home_organisation
    owner = idea.owner
    at_home = bool(owner and (owner.is_member_of(idea.home_organisation_id) or idea.owner_was_named_by_a_leader))
    where = f"Somebody of {home.name}, or whom a leader there names" if home else "Somebody of the place that hosts it"
    return [
        Requirement(
            "Find a host: the organisation where it would change",
            Room.HOME,
            home is not None,
            hint=home.name if home else "A leader of a place that gives care can say yes",
        ),
        Requirement(
            "Find somebody to carry it", Room.OWNER, at_home, hint=owner.short_name if owner and at_home else where
        ),
    ]


def _sign_off(idea: Idea) -> list[Requirement]:
    answered = {answer.question for answer in idea.screening}
    is_screened = all(question.key in answered for question in governance().main)
    sponsors = idea.accepted_sponsorships
    return [
        *_planning(idea),
        *(
            Requirement(words, Room.PLAN, bool(getattr(idea.plan, field)), anchor=field)
            for field, words in plans.NEEDED.items()
        ),
        Requirement("Add a first step", Room.STEPS, bool(idea.steps)),
        Requirement(
            "Answer the five questions",
            Room.SCREENING,
            is_screened,
            hint="" if is_screened else "None of these? Then one tap is all",
        ),
        Requirement(
            "Find a sponsor",
            Room.SPONSORS,
            bool(sponsors) or _may_be_the_same(idea),
            hint=", ".join(s.person.short_name for s in sponsors) or _who_backs(idea),
        ),
    ]


def _may_be_the_same(idea: Idea) -> bool:
    """Whether whoever decides it at its home may back it in the same act."""
    return idea.home_organisation is not None and idea.home_organisation.sponsor_may_decide


def _who_backs(idea: Idea) -> str:
    return "Whoever decides it may back it in one act" if _may_be_the_same(idea) else "A leader who backs it"


def checks(idea: Idea) -> list[Requirement]:
    """The checks that its answers call for, met when they are in nobody's way."""
    named, waits = governance().checks, unsettled(idea, _yeses_that_hold(idea))
    return [
        Requirement(
            named[check.kind].name,
            Room.CHECKS,
            check not in waits,
            hint=_check_hint(check.whom, check.answer),
            anchor=f"check-{check.id}",
        )
        for check in idea.checks_called_for
    ]


def unsettled(idea: Idea, yeses: list[Decision]) -> list[Check]:
    """The checks called for that nobody settled, and none of these yeses made a condition."""
    made = {yes.id for yes in yeses}
    return [check for check in idea.checks_called_for if not check.is_settled and check.condition_of_id not in made]


def _yeses_that_hold(idea: Idea) -> list[Decision]:
    """Those whose conditions count: of the round that waits, else of the one that stands, and no earlier one."""
    request = idea.open_sign_off
    if request and request.gate is Gate.TRY:
        return rounds.yeses(rounds.of(request))
    return rounds.agreement(idea, Gate.TRY) if standing_approval(idea) else []


def _check_hint(whom: str, answer: str) -> str:
    if answer:
        return f"{whom}: {answer}" if whom else answer
    return f"{whom} was asked" if whom else "Nobody has been asked yet"


def _trying(idea: Idea) -> list[Requirement]:
    request = idea.open_sign_off
    hint = "Ask a named leader"
    if request:
        hint = f"{request.leader.short_name} of {request.organisation.name} was asked"
    return [
        Requirement("Get a leader's yes", Room.SIGN_OFF, standing_approval(idea) is not None, hint=hint),
        *checks(idea),
    ]


#: What stands in the place of readings.
_PEOPLE = "The people it touched said how it is for them"


def evidence(idea: Idea) -> list[Requirement]:
    """What must be there before a leader is asked to make it the way we work."""
    counted = any(m.reading_count for m in idea.measures)
    told = any(round_.is_shown for round_ in idea.felt_rounds)
    return [
        Requirement("Add a measure with a reading", Room.EVIDENCE, counted or told, hint=_PEOPLE if told else ""),
        Requirement("Say what came of it", Room.RESULT, bool(idea.stated_result)),
    ]


def _adopted(idea: Idea) -> list[Requirement]:
    approved = _is_adoption_approved(idea)
    request = idea.open_sign_off
    asked = bool(request and request.gate is Gate.ADOPT)
    hint = f"{request.leader.short_name} was asked" if request and asked else "Ask a named leader"
    return [
        *evidence(idea),
        Requirement("Get a leader's yes to make it the way we work", Room.SIGN_OFF, approved, hint=hint),
    ]


def _is_adoption_approved(idea: Idea) -> bool:
    """Whether a yes to adopt holds: it was asked for in this trial, and was said to what there is now."""
    agreed = rounds.agreement(idea, Gate.ADOPT)
    if not agreed:
        return False
    if idea.stage is not Stage.TRYING:
        return idea.stage is Stage.ADOPTED
    if any(yes.sign_off.asked_at < idea.stage_since for yes in agreed):
        return False
    now = cases.version(idea, Gate.ADOPT)
    return all(yes.case.version == now for yes in agreed)


def _stopped(idea: Idea) -> list[Requirement]:
    return []


_GATES: dict[Stage, Callable[[Idea], list[Requirement]]] = {
    Stage.NEW: _new,
    Stage.PLANNING: _planning,
    Stage.SIGN_OFF: _sign_off,
    Stage.TRYING: _trying,
    Stage.ADOPTED: _adopted,
    Stage.STOPPED: _stopped,
}
