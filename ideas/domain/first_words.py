"""First words: what somebody says at a poster while they wait for a yes. Theirs alone until then, and never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.models import Audience, Idea, Place, TeamMember

from . import audiences, events, homes, ideas, paging, versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.models import Membership, Organisation, Person

#: How many are shown to whoever waits, as on a desk.
SHOWN = 10


def keep(
    membership: Membership,
    *,
    now: str,
    change: str,
    title: str,
    hurts_organisation: Organisation | None,
    home: Organisation | None,
    hurts_place: str,
    opens: bool,
) -> Idea:
    """Keep them as a draft of whoever waits. With `opens` they are open to everybody once somebody there says yes.

    Who stands before a poster and asked to join may: the caller has seen to both.
    """
    moment, author = clock.now(), membership.person
    idea = ideas.draw_up(
        now=now,
        change=change,
        title=title,
        hurts_organisation=hurts_organisation,
        home=home,
        hurts_place=hurts_place,
        audience=Audience.DRAFT,
        author=author,
        moment=moment,
    )
    idea.waits_for = membership if opens else None
    idea.team_members.append(
        TeamMember(person=author, place=Place.AUTHOR, asked_at=moment, answered_at=moment, accepted=True)
    )
    events.record(events.Kind.IDEA_SAID, idea, by=author, place=ideas.whence(idea))
    db.session.flush()
    return idea


def of(person: Person) -> Sequence[Idea]:
    """The newest drafts of somebody who waits for a yes, the newest first; how many there are is always said."""
    return db.session.scalars(_own(person).order_by(Idea.id.desc()).limit(SHOWN)).unique().all()


def count(person: Person) -> int:
    """How many there are."""
    return paging.count(_own(person))


def _own(person: Person) -> sa.Select[Idea]:
    """Past `visible`, which shows no idea at all to who belongs nowhere: what they wrote themselves, as long as nobody
    but its team reads it, and to nobody else. They read these words on their desk, and do nothing with them yet.
    """
    return sa.select(Idea).where(Idea.author_id == person.id, Idea.audience == Audience.DRAFT)


def open_those_of(membership: Membership) -> None:
    """Somebody said yes: what waited for it is open now."""
    waiting = sa.select(Idea).where(Idea.waits_for_id == membership.id).order_by(Idea.id)
    for idea in db.session.scalars(waiting).unique().all():
        versions.hold(idea)
        idea.waits_for = None
        if idea.is_draft:
            audiences.widen(idea, Audience.OPEN, by=membership.person)
            homes.ask(idea, by=membership.person)
        versions.step_on(idea)
