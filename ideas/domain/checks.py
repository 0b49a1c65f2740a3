"""Checks: asking an adviser, and recording what came of it. Headroom never passes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand
from ideas.models import CheckState, SaidBy

from . import events, people, versions
from .errors import Invalid, Refused
from .governance import governance

if TYPE_CHECKING:
    import datetime as dt

    from ideas.models import Check, Idea, Organisation, Person


def resting(idea: Idea) -> list[Check]:
    """Checks that the answers no longer call for, and about which somebody was asked or said something."""
    return [check for check in idea.checks if not check.is_called_for and (check.whom or check.said_by or check.answer)]


def could_be_asked(idea: Idea) -> list[Person]:
    """Who is offered to be asked by name: members of its home who are not in its team, of no supplier.

    Somebody of the team speaks as the team, so that "the adviser says" never means the team itself.
    """
    home = idea.home_organisation
    members = people.of(home) if home and not idea.is_draft else ()
    return [person for person in members if not _bar(idea, person)]


def _bar(idea: Idea, person: Person) -> str:
    """Why somebody cannot answer a check of this idea, as words after their name; empty where they can."""
    if idea.has_in_team(person):
        return "is in the team"
    return "belongs to a supplier" if person.belongs_to_a_supplier else ""


def seal(check: Check) -> str:
    """What stands for a check as it is now: once somebody recorded something else, it has another."""
    return versions.seal(*_recorded(check))


def _recorded(check: Check) -> tuple[object, ...]:
    return check.whom, check.asked_whom, check.due_on, check.state, check.answer


def record(
    check: Check,
    state: CheckState,
    *,
    by: Person,
    answer: str = "",
    asked_whom: str = "",
    asked_person: Person | None = None,
    due_on: dt.date | None = None,
    said_by: SaidBy | None = None,
    seen: str | None = None,
) -> Check:
    """Record how far a check has come, and whose word that is.

    Whoever was asked records their own words; somebody of the team speaks as the team, asked or not. Only the
    team says who is asked, and by when, and it never writes over what the adviser said. `seen` is the seal of what
    somebody read before they wrote. Raises Denied, Invalid, Refused (it rests, or the adviser's own word stands), or
    Stale when it is not so now.
    """
    idea = check.idea
    versions.hold(idea)
    demand(by, Action.RECORD_CHECK, check)
    if not check.is_called_for:
        raise Refused("The answers do not call for this check now, so it rests.")
    voice = SaidBy.TEAM if idea.has_in_team(by) else SaidBy.ADVISER
    if said_by is SaidBy.ADVISER and voice is SaidBy.TEAM:
        raise Invalid("said_by", "Only whoever was asked speaks as the adviser. Record it as what the team says.")
    name = governance().checks[check.kind].name
    before = _recorded(check)
    if voice is SaidBy.TEAM:
        asks_anew = (asked_person or asked_whom) not in (check.asked_person, check.asked_whom)
        if (state, answer) != (check.state, check.answer) and check.said_by is SaidBy.ADVISER and not asks_anew:
            who = check.said_by_person.name if check.said_by_person else check.whom
            raise Refused(f"{who} answered this in their own words. That stands. Talk with them, or ask again.")
        _ask(check, asked_whom, asked_person, due_on, by=by, name=name)
    if (state, answer) != (check.state, check.answer):
        check.state, check.answer = state, answer
        check.said_by, check.said_by_person_id, check.said_at = voice, by.id, clock.now()
        who = "the team" if voice is SaidBy.TEAM else by.short_name
        events.record(events.Kind.CHECK_RECORDED, idea, by=by, check=name, who_says=who, state=state.words.lower())
    if before != _recorded(check):
        versions.refuse_unless_seen(seen, versions.seal(*before))
        versions.step_on(idea)
    return check


def _ask(check: Check, whom: str, person: Person | None, due_on: dt.date | None, *, by: Person, name: str) -> None:
    is_new = person is not None and person != check.asked_person
    if person and is_new and (bar := _bar(check.idea, person)):
        raise Invalid("asked_person", f"{person.short_name} {bar}, and so cannot answer a check. Choose somebody else.")
    asked = person.name if person else whom
    if asked and asked != check.whom:
        check.asked_on = clock.today()
        events.record(events.Kind.CHECK_ASKED, check.idea, by=by, whom=asked, check=name.lower())
    check.asked_whom, check.asked_person, check.due_on = whom, person, due_on


def leave(check: Check, organisation: Organisation) -> Check:
    """Whoever was asked left, and belongs nowhere: nobody is asked, so that the team asks somebody else.

    What they said meanwhile stays.
    """
    if check.asked_person:
        words = {"person": check.asked_person.short_name, "organisation": organisation.name}
        name = governance().checks[check.kind].name
        events.record(events.Kind.CHECK_LEFT, check.idea, by=None, check=name.lower(), **words)
    check.asked_person, check.asked_whom, check.asked_on, check.due_on = None, "", None, None
    versions.step_on(check.idea)
    return check
