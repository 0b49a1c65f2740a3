"""Plans: one smallest test, and how it is kept safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import joinedload, selectinload

from ideas import clock
from ideas.access import Action, demand
from ideas.db import db
from ideas.models import Check, Gate, Idea, Outcome, Person, Sponsorship, Stage

from . import events, rounds, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.sql.base import ExecutableOption

    from ideas.models import Decision, Plan

#: Every field of a plan, with the words for it.
FIELDS = {
    "smallest_test": "smallest test",
    "how_we_know": "how we will know",
    "undoing": "undoing",
    "stop_rule": "what would stop it",
    "watcher": "who watches",
    "place": "place",
    "people_touched": "how many people it touches",
    "harm_who": "who is hurt as we are",
    "harm_of_staying": "harm of staying",
    "harm_how_many": "how many are hurt as we are",
    "harm_how_sure": "how sure that is",
    "risk_who": "who could be hurt by trying",
    "risk_of_trying": "risk of trying",
    "risk_how_many": "how many could be hurt by trying",
    "risk_how_sure": "how sure that risk is",
    "cost": "cost",
    "still_wrong": "what would still be wrong",
    "asked_whom": "whom we asked",
    "starts_on": "start",
    "ends_on": "end",
}

#: What a plan must say before a leader is asked, and how the team is told so.
NEEDED = {
    "smallest_test": "Say the smallest test",
    "how_we_know": "Say how you will know",
    "undoing": "Say how you would undo it",
    "stop_rule": "Say what would stop it at once",
    "harm_of_staying": "Say the harm of staying as we are",
    "risk_of_trying": "Say the risk of trying",
}

#: What was approved is what is tried: these stay as they are while it is tried.
APPROVED = ("smallest_test", "place", "people_touched", "undoing", "stop_rule")


def revise(idea: Idea, fields: dict[str, Any], *, by: Person, version: int) -> Plan:
    """Change the plan: only the fields given, each a name of `FIELDS`.

    Raises Denied, Stale, Invalid (it would end before it starts), or Refused when it is being tried and
    the change touches what was approved.
    """
    versions.hold_at(idea, version)
    demand(by, Action.EDIT, idea)
    plan = idea.plan
    changed = [field for field in FIELDS if field in fields and getattr(plan, field) != fields[field]]
    if idea.stage is Stage.TRYING and (locked := [FIELDS[field] for field in changed if field in APPROVED]):
        raise Refused(
            f"What was approved is what is tried. To change the {', '.join(locked)}, "
            "move it back to Planning and ask again."
        )
    for field in changed:
        setattr(plan, field, fields[field])
    if plan.starts_on and plan.ends_on and plan.ends_on < plan.starts_on:
        raise Invalid("ends_on", "The end is before the start. Choose a later day.")
    if changed:
        events.record(events.Kind.PLAN_REVISED, idea, by=by, what=", ".join(FIELDS[field] for field in changed))
        versions.step_on(idea)
    db.session.flush()
    return plan


def for_page() -> tuple[ExecutableOption, ...]:
    """What the plan's page shows of an idea, so that it is read in a fixed number of statements."""
    return (
        selectinload(Idea.plan),
        selectinload(Idea.steps),
        selectinload(Idea.all_attachments),
        selectinload(Idea.screening),
        selectinload(Idea.checks).options(joinedload(Check.said_by_person), joinedload(Check.condition_of)),
        selectinload(Idea.team_members),
        selectinload(Idea.sponsorships).options(
            joinedload(Sponsorship.person).selectinload(Person.memberships), selectinload(Sponsorship.pledges)
        ),
        selectinload(Idea.sign_offs),
        selectinload(Idea.measures),
    )


def says_what_is_needed(plan: Plan) -> bool:
    """Whether it says all that must be there before a leader is asked."""
    return all(getattr(plan, field) for field in NEEDED)


def newest_answer(idea: Idea) -> Decision | None:
    """The newest decision about it, at either gate."""
    answers = [request.decision for request in idea.sign_offs if request.decision]
    return max(answers, key=lambda decision: decision.id, default=None)


def approval(idea: Idea) -> Decision | None:
    """The yes under which it is tried, or was: of several the one that ends first; none when the answer was no yes."""
    yeses = [yes for yes in rounds.agreement(idea, Gate.TRY) if yes.ends_on]
    return min(yeses, key=lambda yes: (yes.ends_on, yes.id), default=None)


def approved_until(idea: Idea) -> dt.date | None:
    """Until when it may be tried: the yes says so, or the newest "not yet" to adopt since. None after a no."""
    yes = approval(idea)
    if yes is None:
        return None
    found = [request.decision for request in idea.sign_offs if request.gate is Gate.ADOPT and request.decision]
    since = sorted((answer for answer in found if answer.id > yes.id), key=lambda answer: answer.id)
    if any(answer.outcome is Outcome.NO for answer in since):
        return None
    return next((answer.ends_on for answer in reversed(since) if answer.ends_on), yes.ends_on)


def conditions(idea: Idea) -> list[str]:
    """What every yes under which it is tried asks for while it runs."""
    return [yes.condition_while for yes in rounds.agreement(idea, Gate.TRY) if yes.condition_while]


def trial_days(idea: Idea) -> tuple[int, int] | None:
    """Which day of its trial this is, and how many there are; None when it is not being tried.

    Once its time is up, the last day stays.
    """
    start, end = idea.trial_started_on, idea.trial_ends_on
    if idea.stage is not Stage.TRYING or start is None or end is None:
        return None
    all_days = (end - start).days
    return min(max((clock.today() - start).days, 1), all_days), all_days


def time_is_up(idea: Idea) -> bool:
    """Whether its trial's end date has passed and nobody has said what comes now."""
    end = idea.trial_ends_on
    return idea.stage is Stage.TRYING and end is not None and end < clock.today()
