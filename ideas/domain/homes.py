"""Homes: where an idea would have to change, and asking that organisation whether it takes it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.access import Action, demand
from ideas.db import db
from ideas.models import HomeAnswer, HomeAsk, Idea, Membership, Role, Stage
from ideas.text import dates

from . import events, moves, people, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    import datetime as dt

    from ideas.models import Organisation, Person


def check(home: Organisation | None) -> None:
    """Go on only with a home that gives care, or none. Raises Invalid."""
    if home is not None and not home.gives_care:
        raise Invalid(
            "home_organisation", f"{home.name} gives no care, so nothing can change there. Choose another, or none."
        )


def ask(idea: Idea, *, by: Person | None) -> HomeAsk | None:
    """Ask its home whether it takes it on, where its author does not work there. A draft asks nobody yet.

    Without an author's name, it is asked where it hurts at another organisation than it would change.
    """
    home = idea.home_organisation
    if home is None or idea.is_draft or idea.open_home_ask or _is_of(idea, home):
        return None
    return pass_on(idea, by=by)


def pass_on(idea: Idea, *, by: Person | None) -> HomeAsk | None:
    """Ask its home, whoever wrote it: another organisation said that it might be theirs. None asks nobody."""
    home = idea.home_organisation
    if home is None:
        return None
    # What is said without a name tells no hour.
    asked_at = clock.now() if by else clock.beginning(clock.today())
    made = HomeAsk(organisation=home, asked_by=by, asked_at=asked_at, due_on=_due_on(home))
    idea.home_asks.append(made)
    due = f". Its answer is due by {dates.full(made.due_on)}" if made.due_on else ""
    kind = events.Kind.HOME_ASKED if by else events.Kind.HOME_ASKED_WITHOUT_NAME
    events.record(kind, idea, by=by, organisation=home.name, due=due)
    idea.due_on = moves.due_on(idea)
    db.session.flush()
    return made


def _is_of(idea: Idea, home: Organisation) -> bool:
    return idea.author.is_member_of(home.id) if idea.author else idea.hurts_organisation is home


def _due_on(home: Organisation) -> dt.date | None:
    """In the organisation's working days from the next one on; None while nobody leads there."""
    if not people.leaders(home.id):
        return None
    return clock.working_days_after(clock.today(), home.sign_off_days, home.nation)


def start_clocks() -> int:
    """Start the clock of every ask that waited for somebody to lead there. Returns how many."""
    leads = sa.exists().where(
        Membership.organisation_id == HomeAsk.organisation_id,
        Membership.role == Role.LEADER,
        Membership.holds(),
    )
    waiting = (
        sa.select(HomeAsk)
        .join(Idea)
        .where(HomeAsk.answered_at.is_(None), HomeAsk.due_on.is_(None), leads)
        .order_by(HomeAsk.id)
    )
    asks = versions.hold_free(waiting)
    for each in asks:
        each.due_on = _due_on(each.organisation)
        each.idea.due_on = moves.due_on(each.idea)
        versions.step_on(each.idea)
    return len(asks)


def settle(idea: Idea, *, by: Person) -> None:
    """Somebody of its home carries it, or was named to: that counts as "we take it"."""
    open_ask = idea.open_home_ask
    if open_ask is None:
        return
    answer(open_ask, HomeAnswer.TAKE, by=by)
    events.record(events.Kind.HOME_TAKEN, idea, by=by, organisation=open_ask.organisation.name)


def answer(
    ask: HomeAsk, outcome: HomeAnswer, *, by: Person, reason: str = "", passed_to: Organisation | None = None
) -> None:
    """Write the answer down. Rights, state and history are the caller's."""
    ask.answer, ask.answered_by, ask.answered_at = outcome, by, clock.now()
    ask.reason, ask.passed_to = reason, passed_to
    ask.idea.due_on = moves.due_on(ask.idea)
    db.session.flush()


def host(idea: Idea, organisation: Organisation, *, by: Person, version: int) -> Idea:
    """Say that it can change here: the organisation becomes its home. Raises Denied, Invalid, Stale or Refused."""
    versions.hold_at(idea, version)
    check_hosting(idea, by=by)
    if not by.leads(organisation.id):
        raise Invalid("organisation", "Choose an organisation that you lead.")
    check(organisation)
    idea.home_organisation = organisation
    events.record(events.Kind.IDEA_HOSTED, idea, by=by, organisation=organisation.name)
    versions.step_on(idea)
    return idea


def check_hosting(idea: Idea, *, by: Person) -> None:
    """Go on only while it looks for a host, and for somebody who may say yes. Raises Refused or Denied."""
    if idea.home_organisation is not None:
        raise Refused(f"It has its home already, at {idea.home_organisation.name}.")
    demand(by, Action.HOST, idea)


def could_host(person: Person) -> list[Organisation]:
    """The organisations for which this person can say that it can change there: those they lead that give care."""
    return [o for o in person.organisations if o.gives_care and person.leads(o.id)]


def owed(idea: Idea) -> HomeAsk | None:
    """What its home was asked and owes an answer to now: nothing once it is stopped."""
    return idea.open_home_ask if idea.stage in (Stage.NEW, Stage.PLANNING) else None
