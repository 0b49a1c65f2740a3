"""Home answers: what an organisation says when an idea is asked of it. We take it, or it is not ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ideas.access import Action, demand, visible
from ideas.db import db
from ideas.models import HomeAnswer, HomeAsk, Idea, Organisation, Place, Stage

from . import events, homes, people, teams, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.models import Person


def owed_by(*organisations: Organisation, reader: Person) -> Sequence[HomeAsk]:
    """What these organisations were asked and have not answered, as the reader may see it; the first due first."""
    return db.session.scalars(
        visible(HomeAsk, reader)
        .where(
            HomeAsk.organisation_id.in_([organisation.id for organisation in organisations]),
            HomeAsk.answered_at.is_(None),
            Idea.stage.in_((Stage.NEW, Stage.PLANNING)),
        )
        .options(joinedload(HomeAsk.idea))
        .order_by(HomeAsk.due_on.is_(None), HomeAsk.due_on, HomeAsk.id)
    ).all()


def could_carry(idea: Idea, *, by: Person) -> list[Person]:
    """Whom its home may name to carry it: its own people, by name. Nobody, where somebody carries it already."""
    if idea.owner or idea.home_organisation is None:
        return []
    members = people.of(idea.home_organisation)
    return [person for person in members if person.id != by.id and not person.belongs_to_a_supplier]


def could_be_asked(idea: Idea) -> list[Organisation]:
    """Whose it might be instead, by name: those that give care and have not said that it is not theirs."""
    said_no = {ask.organisation_id for ask in idea.home_asks if ask.answer is HomeAnswer.NOT_OURS}
    here = {idea.home_organisation_id, *said_no}
    found = db.session.scalars(sa.select(Organisation).where(Organisation.gives_care).order_by(Organisation.name))
    return [organisation for organisation in found if organisation.id not in here]


def organisation_asked(idea: Idea, organisation_id: int) -> Organisation:
    """The one of these organisations that has this id. Raises Invalid when there is none."""
    found = next((each for each in could_be_asked(idea) if each.id == organisation_id), None)
    if found is None:
        raise Invalid("organisation", "Choose an organisation from the list, or none.")
    return found


def check_answering(idea: Idea, *, by: Person) -> HomeAsk:
    """Go on only for a leader of its home, while the answer is owed. Raises Denied or Refused (who answered what)."""
    demand(by, Action.ANSWER_HOME, idea)
    ask = homes.owed(idea)
    if ask is None:
        raise Refused(_what_stands(idea))
    return ask


def _what_stands(idea: Idea) -> str:
    last = idea.home_asks[-1] if idea.home_asks else None
    if last and last.answered_by:
        return f"{last.answered_by.short_name} answered this for {last.organisation.name}. That stands."
    return "Nobody asks your organisation about this idea now, so there is nothing to answer."


def take(idea: Idea, *, by: Person, version: int, person: Person | None = None) -> Idea:
    """We take it. Whoever is named is asked to carry it; with nobody named, who answers carries it themselves.

    Where somebody carries it already, they do so for the organisation from now on. Raises Denied, Stale, Invalid
    or Refused.
    """
    versions.hold_at(idea, version)
    check_answering(idea, by=by)
    if idea.owner:
        _keep_owner(idea, person)
        homes.settle(idea, by=by)
    elif person is None or person.id == by.id:
        teams.take_on(idea, by=by)
    else:
        teams.ask_to_own(idea, person, by=by)
        homes.settle(idea, by=by)
    versions.step_on(idea)
    return idea


def _keep_owner(idea: Idea, person: Person | None) -> None:
    """Whom a leader of the home names need not be a member of it: here that is who carries it already."""
    if person is not None and person.id != idea.owner_id:
        raise Invalid("person", "Somebody carries it already. Take it as it is, and ask them to hand it on.")
    for member in idea.team_members:
        if member.person_id == idea.owner_id and member.place is Place.OWNER and member.is_active:
            member.named_by_leader = True


def not_ours(
    idea: Idea, *, by: Person, version: int, organisation: Organisation | None = None, reason: str = ""
) -> Idea:
    """It is not ours: whose it might be is asked in turn; with nobody named, it looks for a host.

    Raises Denied, Stale, Invalid or Refused.
    """
    versions.hold_at(idea, version)
    ask = check_answering(idea, by=by)
    if organisation is None and not reason:
        raise Invalid("reason", "Say why it is not yours, or whose it might be.")
    if organisation is not None:
        organisation = organisation_asked(idea, organisation.id)
    homes.answer(ask, HomeAnswer.NOT_OURS, by=by, reason=reason, passed_to=organisation)
    instead = f", and perhaps for {organisation.name}" if organisation else ", so it looks for a host"
    events.record(
        events.Kind.HOME_NOT_OURS,
        idea,
        by=by,
        organisation=ask.organisation.name,
        instead=f"{instead}: {reason}" if reason else instead,
    )
    idea.home_organisation = organisation
    homes.pass_on(idea, by=by)
    versions.step_on(idea)
    return idea
