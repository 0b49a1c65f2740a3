"""Attachments: files on a plan, added and taken off; what somebody decided with is kept with the decision."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from typing import IO, TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.access import Action, demand
from ideas.adapters.files import cleaning
from ideas.adapters.files.kinds import WORDS, FileKind
from ideas.adapters.files.store import Busy, Store
from ideas.db import db
from ideas.models import Attachment, Idea, Stage
from ideas.text import file_names

from . import arrivals, cases, events, plans, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from ideas.models import Person

_MB = 1024 * 1024
#: How long a file may lie in the store before a row names it, or after the last one is gone.
GRACE = dt.timedelta(hours=1)
#: The store has this many shelves; each pass of the sweep looks at one.
SHELVES = 256


@dataclasses.dataclass(frozen=True)
class Room:
    """How much room there is, in megabytes."""

    #: for all files together
    all_mb: int
    #: for the files of one idea
    idea_mb: int
    #: for what one person adds in a day
    day_mb: int


@dataclasses.dataclass(frozen=True)
class Clean:
    """A file that was read, found fit and written anew; it is not kept anywhere yet."""

    name: str
    kind: FileKind
    #: gone when it is closed
    stream: IO[bytes]
    #: in bytes
    size: int


def clean(name: str, stream: IO[bytes], *, store: Store) -> Clean:
    """Read a file from outside, and write it anew. Takes up to some seconds, and needs no database.

    Raises Invalid, with what can be done instead.
    """
    kind = FileKind.of(name)
    if kind is None:
        raise Invalid("file", f"Headroom takes no file of this kind. Save it as one of these: {WORDS}.")
    arrivals.refuse_unless_readable(stream, too_large="Make it smaller, or part it in two.")
    with arrivals.told_at_the_field():
        cleaned = cleaning.clean(kind, stream, store.arriving)
    return Clean(file_names.safe(name, kind.value), kind, cleaned, os.fstat(cleaned.fileno()).st_size)


def add(idea: Idea, file: Clean, *, by: Person, store: Store, room: Room) -> Attachment:
    """Add a file to the plan. Raises Denied, or Invalid (no room, or there already).

    The file is whole on the disk before its row is written: a row never names what is not there.
    """
    versions.hold(idea)
    demand(by, Action.EDIT, idea)
    _refuse_without_room(idea, file, by, room)
    if any(each.name.casefold() == file.name.casefold() for each in idea.attachments):
        raise Invalid("file", "There is a file of this name. Take it off first, or give yours another name.")
    sha256, size = store.keep(file.stream)
    if any(each.sha256 == sha256 for each in idea.attachments):
        raise Invalid("file", "This file is on the plan already, under another name.")
    attachment = Attachment(name=file.name, kind=file.kind, sha256=sha256, size=size, added_by=by, added_at=clock.now())
    idea.all_attachments.append(attachment)
    events.record(events.Kind.FILE_ADDED, idea, by=by, name=file.name)
    db.session.flush()
    return attachment


def _refuse_without_room(idea: Idea, file: Clean, by: Person, room: Room) -> None:
    today = dt.datetime.combine(clock.today(), dt.time.min, clock.LONDON)
    of_day = sa.select(_size()).where(Attachment.added_by_id == by.id, Attachment.added_at >= today)
    of_idea = sa.select(_size()).where(Attachment.idea_id == idea.id, Attachment.is_needed())
    # What was taken off today may still lie on the disk.
    of_all = sa.select(_size()).where(sa.or_(Attachment.is_needed(), Attachment.removed_at >= today))
    for most, taken, words in (
        (room.day_mb, of_day, f"You have added {room.day_mb} MB of files today, which is the most. Go on tomorrow."),
        (room.idea_mb, of_idea, f"The files of this idea take {room.idea_mb} MB, the most. Take one off first."),
        (room.all_mb, of_all, "There is no room for more files. Tell whoever runs Headroom where you work."),
    ):
        if (db.session.scalar(taken) or 0) + file.size > most * _MB:
            raise Invalid("file", words)


def _size() -> sa.ColumnElement[int]:
    return sa.func.sum(Attachment.size)


def remove(attachment: Attachment, *, by: Person) -> None:
    """Take a file off the plan. One that a decision was made with stays with the decision.

    Raises Denied, or Refused: it is off already, or it was approved, and is being tried.
    """
    idea, id = attachment.idea, attachment.id
    versions.hold(idea)
    demand(by, Action.EDIT, attachment)
    if db.session.scalar(sa.select(Attachment.removed_at).where(Attachment.id == id)) is not None:
        raise Refused("Somebody took this file off the plan already.")
    if idea.stage is Stage.TRYING and _is_approved(attachment):
        raise Refused(
            "What was approved is what is tried, and this file was part of it. "
            "To take it off, move it back to Planning and ask again."
        )
    attachment.removed_at = clock.now()
    attachment.is_evidence = is_evidence(attachment)
    events.record(events.Kind.FILE_REMOVED, idea, by=by, name=attachment.name)
    db.session.flush()


def is_evidence(attachment: Attachment) -> bool:
    """Whether somebody decided with this file before them."""
    decided = [request.decision.case for request in attachment.idea.sign_offs if request.decision]
    return any(cases.names(case, attachment) for case in decided)


def _is_approved(attachment: Attachment) -> bool:
    approval = plans.approval(attachment.idea)
    return approval is not None and cases.names(approval.case, attachment)


def sweep_unused(store: Store) -> int:
    """Delete what no plan and no decision needs any more, from one shelf at a time; returns how many files."""
    moment = clock.now()
    before = (moment - GRACE).timestamp()
    shelf = f"{int(moment.timestamp()) // 5 % SHELVES:02x}"
    needed = sa.select(Attachment.sha256).where(Attachment.sha256.startswith(shelf), Attachment.is_needed())
    try:
        removed = store.remove_unused(shelf, set(db.session.scalars(needed)), before=before)
    except Busy:
        return 0
    return removed + store.remove_halves(before=before)
