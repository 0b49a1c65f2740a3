"""Plans: one smallest test, and how it is kept safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ideas.access import Action, demand
from ideas.db import db
from ideas.models import Stage

from . import events, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from ideas.models import Idea, Person, Plan

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

#: What was approved is what is tried: these stay as they are while it is tried.
APPROVED = ("smallest_test", "place", "people_touched", "undoing", "stop_rule")


def revise(idea: Idea, fields: dict[str, Any], *, by: Person, version: int) -> Plan:
    """Change the plan: only the fields given, each a name of `FIELDS`.

    Raises Denied, Stale, Invalid (it would end before it starts), or Refused when it is being tried and
    the change touches what was approved.
    """
    versions.hold_at(idea, version, by=by)
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
