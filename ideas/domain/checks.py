"""Checks: asking an adviser, and recording what came of it. Headroom never passes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand
from ideas.db import db
from ideas.models import CheckState, SaidBy

from . import events, versions
from .errors import Invalid
from .governance import governance

if TYPE_CHECKING:
    import datetime as dt

    from ideas.models import Check, Person


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
) -> Check:
    """Record how far a check has come, and whose word that is.

    Whoever was asked records their own words; the team's word stands as "the team says". Only the team
    says who is asked, and by when. Raises Denied or Invalid.
    """
    idea = check.idea
    versions.hold(idea, by=by)
    db.session.refresh(check)
    demand(by, Action.RECORD_CHECK, check)
    voice = SaidBy.ADVISER if check.asked_person_id == by.id else SaidBy.TEAM
    if said_by is SaidBy.ADVISER and voice is SaidBy.TEAM:
        raise Invalid("said_by", "Only whoever was asked speaks as the adviser. Record it as what the team says.")
    name = governance().checks[check.kind].name
    if idea.has_in_team(by):
        _ask(check, asked_whom, asked_person, due_on, by=by, name=name)
        if said_by is SaidBy.TEAM:
            voice = SaidBy.TEAM
    if (state, answer) != (check.state, check.answer):
        check.state, check.answer = state, answer
        check.said_by, check.said_by_person_id, check.said_at = voice, by.id, clock.now()
        who = "the team" if voice is SaidBy.TEAM else by.short_name
        events.record(
            events.Kind.CHECK_RECORDED, idea, by=by, check=name, who_says=who, state=state.words.lower()
        )
    versions.step_on(idea)
    return check


def _ask(
    check: Check, whom: str, person: Person | None, due_on: dt.date | None, *, by: Person, name: str
) -> None:
    asked = person.name if person else whom
    if asked and asked != check.whom:
        check.asked_on = clock.today()
        events.record(events.Kind.CHECK_ASKED, check.idea, by=by, whom=asked, check=name.lower())
    check.asked_whom, check.asked_person, check.due_on = whom, person, due_on
