"""The audit of an organisation: who did what to its people and its details, in one sentence each."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import visible
from ideas.db import db
from ideas.models import AuditEntry

from . import paging
from .sentences import Sentences

if TYPE_CHECKING:
    import datetime as dt

    from ideas.models import Organisation, Person

#: Entries on one page.
SIZE = 50


class Act(Sentences):
    """What can be done to an organisation, with the sentence of each."""

    #: somebody asked to join
    JOINING_ASKED = "joining.asked", "{person} asked to join, as {job}"
    #: somebody who asked to join is in
    JOINING_CONFIRMED = "joining.confirmed", "{by} said yes to {person}, {job}"
    #: somebody who asked to join is not
    JOINING_TURNED_DOWN = "joining.turned_down", "{by} said no to {person}, who asked to join"
    #: somebody asked to lead where nobody does
    LEADING_ASKED = "leading.asked", "{person} asked to lead, as {job}"
    #: a link was made
    INVITATION_MADE = "invitation.made", "{by} made a link that invites somebody as {role}"
    #: a link was used
    INVITATION_ACCEPTED = "invitation.accepted", "{by} joined as {role}, with a link from {inviter}"
    #: a link was taken back
    INVITATION_REVOKED = "invitation.revoked", "{by} took back a link that invited somebody as {role}"
    #: somebody was given a role
    ROLE_GIVEN = "role.given", "{by} made {person} {role}"
    #: somebody's job was put right
    JOB_CHANGED = "job.changed", "{by} changed the job of {person} to {job}"
    #: a membership was ended
    MEMBERSHIP_ENDED = "membership.ended", "{by} ended what {person} was here: {role}"
    #: a link for a new password was made
    PASSWORD_LINK_MADE = "password_link.made", "{by} made a link with which {person} chooses a new password"
    #: the organisation's details changed
    DETAILS_CHANGED = "details.changed", "{by} changed its details: {what}"


@dataclasses.dataclass(frozen=True)
class Told:
    """One thing that was done: when, and the sentence that tells it, who included."""

    when: dt.datetime
    words: str


@dataclasses.dataclass(frozen=True)
class Log:
    """A page of what was done, the newest first."""

    entries: list[Told]
    total: int
    number: int
    last: int


def record(act: Act, organisation: Organisation, *, by: Person | None, **payload: str) -> AuditEntry:
    """Write down what was done to an organisation now; `by` nobody is whoever runs Headroom.

    Raises ValueError when a word is missing or not asked for.
    """
    act.check(payload)
    entry = AuditEntry(
        organisation_id=organisation.id, act=act.value, by=by, happened_at=clock.now(), payload=dict(payload)
    )
    db.session.add(entry)
    return entry


def sentence(entry: AuditEntry) -> str:
    """One plain sentence for an entry."""
    by = entry.by.name if entry.by else "Whoever runs Headroom"
    return Act.of(entry.act).sentence.format(by=by, **entry.payload)


def of(organisation: Organisation, *, reader: Person, page: int = 1) -> Log:
    """What was done there, the newest first, as the reader may see it. A page past the last one is the last one."""
    found = visible(AuditEntry, reader).where(AuditEntry.organisation_id == organisation.id)
    total = paging.count(found)
    number, last = paging.turn_to(page, total=total, size=SIZE)
    rows = db.session.scalars(found.order_by(AuditEntry.id.desc()).offset((number - 1) * SIZE).limit(SIZE))
    return Log([Told(row.happened_at, sentence(row)) for row in rows], total, number, last)
