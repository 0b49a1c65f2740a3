"""Who may see what: the select that every page, count and fragment starts from."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar

import sqlalchemy as sa

from ideas.models import (
    Absence,
    Attachment,
    Audience,
    AuditEntry,
    Check,
    Event,
    Hiding,
    HomeAsk,
    Idea,
    Invitation,
    Lesson,
    Measure,
    Membership,
    Organisation,
    Person,
    Reading,
    Session,
    SignOff,
    Sponsorship,
    Step,
    TeamMember,
    Workplace,
)

from . import here_first
from .actions import Action
from .policy import may

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ColumnElement

Model = TypeVar("Model")

#: What belongs to an idea is seen with it.
_OF_AN_IDEA = (Attachment, Check, Event, Hiding, HomeAsk, Lesson, Measure, SignOff, Sponsorship, Step, TeamMember)
#: Who is who is no secret among those who are signed in.
_OF_EVERYBODY = (Organisation, Person)
#: Who waits to join, and which links are out, is for those who say who joins.
_OF_WHO_RUNS_IT = (Invitation, Membership)
#: Where somebody is signed in and when they are away is their own.
_OF_ONESELF = (Absence, Session)


def idea_is_visible(person: Person) -> ColumnElement[bool]:
    """The condition under which this person may read an idea. What is open, nearly all, is asked for nothing more."""
    if not person.active_memberships:
        return sa.false()
    if person.belongs_to_a_supplier:
        return _readable(person.id, (), ())
    places = sorted(organisation.id for organisation in person.organisations)
    run = [place for place in places if person.leads(place) or person.administers(place)]
    return _readable(person.id, tuple(places), tuple(run))


@functools.lru_cache(maxsize=16)
def _readable(person_id: int, places: tuple[int, ...], run: tuple[int, ...]) -> ColumnElement[bool]:
    """The condition itself, made once for the many selects of a page.

    `places` are the organisations that somebody belongs to, `run` those that they lead or administer; a supplier's
    people have none.
    """
    here = here_first.naming(person_id)
    if places:
        here = sa.or_(here_first.concerning(places), here)
    return sa.or_(
        Idea.audience == Audience.OPEN,
        sa.and_(Idea.audience == Audience.HERE_FIRST, here),
        sa.and_(Idea.audience == Audience.HIDDEN, Idea.home_organisation_id.in_(run)),
        Idea.of_team(person_id),
    )


def visible(model: type[Model], person: Person | None) -> sa.Select[Model]:
    """All things of this kind that this person may see; nothing at all when nobody is signed in.

    What is not in it does not exist for them: a page answers 404, a count does not count it.
    """
    if person is None:
        return sa.select(model).where(sa.false())
    if model in _OF_EVERYBODY:
        # Who belongs nowhere, or waits for a yes, knows of nobody but themselves.
        return sa.select(model) if person.active_memberships else _nobody_else(model, person)
    if model in _OF_WHO_RUNS_IT:
        run = [o.id for o in person.organisations if person.leads(o.id) or person.administers(o.id)]
        return sa.select(model).where(model.organisation_id.in_(run))  # type: ignore[attr-defined]
    if model is AuditEntry:
        looked_after = [o.id for o in person.organisations if may(person, Action.ADMINISTER, o)]
        return sa.select(model).where(AuditEntry.organisation_id.in_(looked_after))
    if model in _OF_ONESELF:
        return sa.select(model).where(model.person_id == person.id)  # type: ignore[attr-defined]
    if model is Workplace:
        # Who works there may print its poster; its code is on the wall for them.
        own = [organisation.id for organisation in person.organisations]
        return sa.select(model).where(Workplace.organisation_id.in_(own))
    if model is Idea:
        return sa.select(model).where(idea_is_visible(person))
    if model is Reading:
        return sa.select(model).join(Reading.measure).join(Measure.idea).where(idea_is_visible(person))
    if model is TeamMember:
        # Who is asked into the team of a draft sees the ask before they may read the draft.
        seen = sa.or_(TeamMember.person_id == person.id, idea_is_visible(person))
        return sa.select(model).join(TeamMember.idea).where(seen)
    if model in _OF_AN_IDEA:
        return sa.select(model).join(Idea).where(idea_is_visible(person))
    raise TypeError(f"nobody has said who may see a {model.__name__}")


def _nobody_else(model: type[Model], person: Person) -> sa.Select[Model]:
    return sa.select(model).where(Person.id == person.id if model is Person else sa.false())
