"""Attachments: a file on a plan, from the team to whoever decides, and gone when nobody needs it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
from typing import Any

import pytest

from ideas import clock
from ideas.access import Denied, visible
from ideas.adapters.files.kinds import FileKind
from ideas.adapters.files.store import Store
from ideas.db import db
from ideas.domain import attachments, cases, events, moves, sign_off
from ideas.domain.attachments import GRACE, SHELVES, Clean, Room
from ideas.domain.errors import Invalid, Refused, Stale
from ideas.models import Attachment, Audience, Gate, Outcome, Stage
from tests import factories

PLENTY = Room(all_mb=100, idea_mb=100, day_mb=100)
MB = 1024 * 1024
WORDS = b"Ring between 2 and 6 pm."


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "files")


def file(name="leaflet.txt", content=WORDS):
    """A file that is clean already."""
    return Clean(name, FileKind.TXT, io.BytesIO(content), len(content))


def add(idea, store, *, by, room=PLENTY, **about):
    return attachments.add(idea, file(**about), by=by, store=store, room=room)


def test_the_team_adds_a_file_and_the_history_says_so(cast, store):
    idea = factories.in_planning(cast)
    added = add(idea, store, by=cast.amara)
    assert (added.name, added.kind, added.size) == ("leaflet.txt", FileKind.TXT, len(WORDS))
    assert added.sha256 == hashlib.sha256(WORDS).hexdigest()
    assert store.path(added.sha256).read_bytes() == WORDS
    assert idea.attachments == [added]
    assert events.sentence(idea.events[-1]) == "Amara O. added a file: leaflet.txt"


def test_somebody_outside_the_team_adds_and_removes_none(cast, store):
    idea = factories.in_planning(cast)
    added = add(idea, store, by=cast.amara)
    for person in (cast.femi, cast.tomas, cast.sol, cast.ada):
        with pytest.raises(Denied):
            add(idea, store, by=person, name="other.txt", content=b"Other")
        with pytest.raises(Denied):
            attachments.remove(added, by=person)
    assert idea.attachments == [added]


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"name": "LEAFLET.txt", "content": b"Other words"}, "a file of this name"),
        ({"name": "again.txt"}, "on the plan already"),
    ],
)
def test_a_file_is_on_a_plan_once_and_no_two_have_one_name(cast, store, about, words):
    idea = factories.in_planning(cast)
    add(idea, store, by=cast.amara)
    with pytest.raises(Invalid, match=words):
        add(idea, store, by=cast.amara, **about)


@pytest.mark.parametrize(
    ("room", "words"),
    [
        (dataclasses.replace(PLENTY, day_mb=1), "today"),
        (dataclasses.replace(PLENTY, idea_mb=1), "files of this idea"),
        (dataclasses.replace(PLENTY, all_mb=1), "no room"),
    ],
)
def test_there_is_so_much_room_and_no_more(cast, store, room, words):
    idea = factories.in_planning(cast)
    with pytest.raises(Invalid, match=words):
        for number in range(3):
            add(idea, store, by=cast.amara, room=room, name=f"{number}.txt", content=bytes([65 + number]) * (MB // 2))
    assert len(idea.attachments) == 2
    assert len(kept(store)) == 2, "what was refused is not kept"


def test_what_was_taken_off_today_still_counts_for_the_day_and_not_for_the_idea(cast, store):
    idea = factories.in_planning(cast)
    room = Room(all_mb=10, idea_mb=1, day_mb=2)
    attachments.remove(add(idea, store, by=cast.amara, room=room, content=b"a" * MB), by=cast.amara)
    attachments.remove(add(idea, store, by=cast.amara, room=room, content=b"b" * MB), by=cast.amara)
    with pytest.raises(Invalid, match="today"):
        add(idea, store, by=cast.amara, room=room)
    with clock.at(clock.now() + dt.timedelta(days=1)):
        add(idea, store, by=cast.amara, room=room)


def test_a_file_is_taken_off_once(cast, store):
    idea = factories.in_planning(cast)
    added = add(idea, store, by=cast.amara)
    attachments.remove(added, by=cast.amara)
    assert idea.attachments == []
    assert events.sentence(idea.events[-1]) == "Amara O. took a file off the plan: leaflet.txt"
    with pytest.raises(Refused, match="already"):
        attachments.remove(added, by=cast.amara)
    add(idea, store, by=cast.amara)
    assert len(idea.attachments) == 1, "and may come back"


def test_a_leader_is_asked_about_the_files_by_name_and_by_what_is_in_them(cast, store):
    idea = factories.ready_to_ask(cast)
    added = add(idea, store, by=cast.amara)
    case = cases.content(idea, Gate.TRY)
    assert case["Files"] == {"leaflet.txt": f"24 bytes, SHA-256 {added.sha256}"}


@pytest.mark.parametrize("act", ["adds", "removes", "replaces"])
def test_a_file_that_changes_is_another_case_and_the_decision_made_before_is_refused(cast, store, act):
    idea = factories.ready_to_ask(cast)
    added = add(idea, store, by=cast.amara)
    request = sign_off.ask(idea, cast.femi, by=cast.amara)
    before = cases.version(idea, Gate.TRY)
    if act != "adds":
        attachments.remove(added, by=cast.amara)
    if act != "removes":
        name = "other.txt" if act == "adds" else "leaflet.txt"
        add(idea, store, by=cast.amara, name=name, content=b"Other words")
    assert cases.version(idea, Gate.TRY) != before
    with pytest.raises(Stale):
        factories.approve(request, cast, version=before)
    changed = cases.differences(request.case.content, cases.content(idea, Gate.TRY))
    assert len(changed) == 1


def test_an_approved_file_stays_while_it_is_tried_and_another_may_come_and_go(cast, store):
    idea = factories.ready_to_ask(cast)
    approved = add(idea, store, by=cast.amara)
    factories.approve(sign_off.ask(idea, cast.femi, by=cast.amara), cast)
    assert idea.stage is Stage.TRYING
    with pytest.raises(Refused, match="What was approved"):
        attachments.remove(approved, by=cast.amara)
    attachments.remove(add(idea, store, by=cast.amara, name="note.txt", content=b"Note"), by=cast.amara)
    assert idea.attachments == [approved]


def test_an_approval_still_holds_with_one_file_more_and_not_with_one_less(cast, store):
    idea = factories.ready_to_ask(cast)
    approved = add(idea, store, by=cast.amara)
    case = factories.approve(sign_off.ask(idea, cast.femi, by=cast.amara), cast).case
    moves.move(idea, Stage.PLANNING, by=cast.amara, version=idea.version)
    add(idea, store, by=cast.amara, name="note.txt", content=b"Note")
    assert cases.is_what_was_approved(idea, case)
    attachments.remove(approved, by=cast.amara)
    assert not cases.is_what_was_approved(idea, case)


def test_what_somebody_decided_with_stays_with_the_decision(cast, store):
    idea = factories.ready_to_ask(cast)
    decided, other = (add(idea, store, by=cast.amara, name=f"{n}.txt", content=n.encode()) for n in ("a", "b"))
    request = sign_off.ask(idea, cast.femi, by=cast.amara)
    attachments.remove(other, by=cast.amara)
    sign_off.decide(
        request, Outcome.NOT_YET, by=cast.femi, version=cases.version(idea, Gate.TRY), would_change="Why?",
        has_no_interest=True,
    )  # fmt: skip
    attachments.remove(decided, by=cast.amara)
    assert (decided.is_evidence, other.is_evidence) == (True, False)
    sweep_all(store)
    assert kept(store) == {decided.sha256}


def test_the_sweep_deletes_what_no_plan_and_no_decision_needs_after_an_hour(cast, store):
    idea = factories.in_planning(cast)
    stays = add(idea, store, by=cast.amara)
    goes = add(idea, store, by=cast.amara, name="note.txt", content=b"Note")
    store.keep(io.BytesIO(b"A file whose row was never written"))
    attachments.remove(goes, by=cast.amara)
    db.session.flush()
    assert sweep_all(store, at=clock.now()) == 0, "it is too early"
    assert sweep_all(store) == 2
    assert kept(store) == {stays.sha256}


def test_the_sweep_waits_for_a_backup(cast, store):
    store.keep(io.BytesIO(WORDS))
    with store.held():
        assert sweep_all(store) == 0
    assert sweep_all(store) == 1


def test_a_file_that_two_ideas_have_stays_until_both_are_without(cast, store):
    first, second = factories.in_planning(cast), factories.in_planning(cast, title="Another")
    one, other = add(first, store, by=cast.amara), add(second, store, by=cast.amara)
    attachments.remove(one, by=cast.amara)
    sweep_all(store)
    assert kept(store) == {other.sha256}


def test_a_draft_keeps_its_files_to_its_team(cast, store):
    draft = factories.new(cast, audience=Audience.DRAFT)
    add(draft, store, by=cast.amara)
    seen = {
        name for name in ("amara", "femi", "dele") if db.session.scalars(visible(Attachment, getattr(cast, name))).all()
    }
    assert seen == {"amara"}


def sweep_all(store, at: Any = None):
    """Every shelf that there is, each in its turn of the worker; long after, unless said otherwise."""
    began = at or clock.now() + GRACE + dt.timedelta(hours=1)
    removed = 0
    for shelf in [folder.name for folder in store.folder.iterdir() if len(folder.name) == 2]:
        turn = (int(shelf, 16) - int(began.timestamp()) // 5) % SHELVES
        with clock.at(began + dt.timedelta(seconds=5 * turn)):
            removed += attachments.sweep_unused(store)
    return removed


def kept(store):
    return {path.name for path in store.folder.rglob("*") if path.is_file() and len(path.name) == 64}
