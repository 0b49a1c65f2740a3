"""Ideas: saying one, changing its words, opening a draft, finding it a home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.access import Action, demand
from ideas.db import db
from ideas.models import Audience, Idea, Organisation, Place, Plan, Stage, StageEntry, TeamMember
from ideas.text import references

from . import events, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from ideas.models import Person

#: What the change says when its author does not know one yet: a valid answer, and an ask.
UNKNOWN_CHANGE = "I do not know yet"


def say(
    *,
    now: str,
    change: str,
    title: str,
    by: Person,
    hurts_organisation: Organisation | None = None,
    home: Organisation | None = None,
    hurts_place: str = "",
    audience: Audience = Audience.OPEN,
    is_illustrative: bool = False,
) -> Idea:
    """Say what is bad now and what would be less bad. It has no owner until somebody takes it on.

    Raises Denied, or Invalid when the home named gives no care.
    """
    demand(by, Action.SAY)
    _check_home(home)
    moment = clock.now()
    idea = Idea(
        number=_free_number(),
        now=now,
        change=change,
        title=title,
        author=by,
        hurts_organisation=hurts_organisation,
        hurts_place=hurts_place,
        home_organisation=home,
        audience=audience,
        said_at=moment,
        stage=Stage.NEW,
        stage_since=moment,
        is_illustrative=is_illustrative,
        plan=Plan(),
    )
    idea.stage_entries.append(StageEntry(stage=Stage.NEW, entered_at=moment, by=by))
    idea.team_members.append(
        TeamMember(person=by, place=Place.AUTHOR, asked_at=moment, answered_at=moment, accepted=True)
    )
    db.session.add(idea)
    place = hurts_place or (hurts_organisation.name if hurts_organisation else "nowhere in particular")
    events.record(events.Kind.IDEA_SAID, idea, by=by, place=place)
    db.session.flush()
    return idea


def _check_home(home: Organisation | None) -> None:
    if home is not None and not home.gives_care:
        raise Invalid(
            "home_organisation", f"{home.name} gives no care, so nothing can change there. Choose another, or none."
        )


def _free_number() -> int:
    taken = db.session.scalar(sa.select(sa.func.count(Idea.id))) or 0
    while True:
        number = references.draw(taken)
        if not db.session.scalar(sa.select(Idea.id).where(Idea.number == number)):
            return number


def edit(idea: Idea, *, now: str, change: str, title: str, by: Person, version: int) -> Idea:
    """Change its words. Raises Denied or Stale."""
    versions.hold_at(idea, version, by=by)
    demand(by, Action.EDIT, idea)
    new = {"now": now, "change": change, "title": title}
    names = {"now": "what happens now", "change": "the change", "title": "the short name"}
    changed = [name for field, name in names.items() if getattr(idea, field) != new[field]]
    if changed:
        idea.now, idea.change, idea.title = now, change, title
        events.record(events.Kind.IDEA_EDITED, idea, by=by, what=", ".join(changed))
        versions.step_on(idea)
    return idea


def open_draft(idea: Idea, *, by: Person) -> Idea:
    """Open a draft to everybody. Opening it twice changes nothing. Raises Denied."""
    versions.hold(idea, by=by)
    demand(by, Action.EDIT, idea)
    if idea.is_draft:
        idea.audience = Audience.OPEN
        events.record(events.Kind.IDEA_OPENED, idea, by=by)
        versions.step_on(idea)
    return idea


def host(idea: Idea, organisation: Organisation, *, by: Person, version: int) -> Idea:
    """Say that it can change here: the organisation becomes its home. Raises Denied, Invalid, Stale or Refused."""
    versions.hold_at(idea, version, by=by)
    if not idea.looks_for_a_host:
        raise Refused("It has a home already.")
    demand(by, Action.HOST, idea)
    if not by.leads(organisation.id):
        raise Invalid("organisation", "Choose an organisation that you lead.")
    _check_home(organisation)
    idea.home_organisation = organisation
    events.record(events.Kind.IDEA_HOSTED, idea, by=by, organisation=organisation.name)
    versions.step_on(idea)
    return idea
