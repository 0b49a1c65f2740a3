"""Audiences: letting more people read an idea, and opening by itself what was here first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.models import Audience, Idea
from ideas.text import dates

from . import events, versions
from .errors import Invalid

if TYPE_CHECKING:
    from ideas.models import Organisation, Person

#: How long an idea is here first before it opens to everybody.
HERE_FIRST = dt.timedelta(days=28)
#: What each may become: more people read it, never fewer.
WIDER = {
    Audience.DRAFT: (Audience.HERE_FIRST, Audience.OPEN),
    Audience.HERE_FIRST: (Audience.OPEN,),
    Audience.OPEN: (),
    Audience.HIDDEN: (),
}


def opens_on(audience: Audience) -> dt.date | None:
    """The day on which an idea said today opens by itself; None when it does not."""
    return clock.today() + HERE_FIRST if audience is Audience.HERE_FIRST else None


def check(audience: Audience, *, hurts: Organisation | None, home: Organisation | None) -> None:
    """Go on only when being here first leaves somebody to read it. Raises Invalid."""
    concerned = [place for place in (hurts, home) if place is not None and not place.is_supplier]
    if audience is Audience.HERE_FIRST and not concerned:
        raise Invalid(
            "audience",
            "Nobody would read it: it names no place that gives care. Say where it hurts, or open it to everybody.",
        )


def widen(idea: Idea, audience: Audience, *, by: Person) -> bool:
    """Let more people read it. Returns whether that changed anything. Raises Invalid.

    The rights, the lock and the count of versions are the caller's.
    """
    if audience is idea.audience:
        return False
    if audience not in WIDER[idea.audience]:
        raise Invalid("audience", "Others can read it already. What they have read cannot be kept from them again.")
    check(audience, hurts=idea.hurts_organisation, home=idea.home_organisation)
    idea.audience, idea.opens_on = audience, opens_on(audience)
    if idea.opens_on:
        events.record(events.Kind.IDEA_SHOWN_HERE_FIRST, idea, by=by, day=dates.full(idea.opens_on))
    else:
        events.record(events.Kind.IDEA_OPENED, idea, by=by)
    return True


def open_due() -> int:
    """Open everything that was here first until today; what somebody changes now waits for the next pass.

    Returns how many.
    """
    due = sa.select(Idea).where(Idea.audience == Audience.HERE_FIRST, Idea.opens_on <= clock.today()).order_by(Idea.id)
    ideas = versions.hold_free(due)
    for idea in ideas:
        idea.audience, idea.opens_on = Audience.OPEN, None
        events.record(events.Kind.IDEA_OPENED_ITSELF, idea, by=None)
        versions.step_on(idea)
    return len(ideas)
