"""Watches: asking, 3, 6 and 12 months after an idea was adopted, whether it is still used and still less bad.

Its owner is asked; without one who is still there its team; without that the leaders of its home.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload, selectinload

from ideas import clock
from ideas.access import Action, demand, may
from ideas.db import db
from ideas.models import Idea, Person, Stage, StillLessBad, StillUsed, TeamMember, Watch
from ideas.models.watch import MONTHS

from . import events, moves, versions
from .errors import Invalid, Refused, Stale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.sql.base import ExecutableOption

#: For how long an answer can be put right.
PUT_RIGHT = dt.timedelta(days=28)


def ask_due() -> int:
    """Ask about everything whose 3, 6 or 12 months are over. Returns how many times it asked."""
    return sum(_ask(idea) for idea in _due())


def _due() -> Sequence[Idea]:
    """Adopted ideas that lack a row whose months are over; a few that are nearly there among them."""
    adoptions = moves.times_of_each(Stage.ADOPTED)
    lack = []
    for months in MONTHS:
        there = sa.select(Watch.id).where(Watch.idea_id == Idea.id, Watch.months == months, Watch.adoption == adoptions)
        lack.append(sa.and_(Idea.stage_since < _latest(months), ~there.correlate(Idea).exists()))
    found = sa.select(Idea).where(Idea.stage == Stage.ADOPTED, sa.or_(*lack)).order_by(Idea.id)
    return versions.hold_free(found)


def _latest(months: int) -> dt.datetime:
    """Before this it was adopted, if so many months are over; up to three days wide of it, as months differ."""
    return clock.beginning(clock.months_after(clock.today(), -months) + dt.timedelta(days=4))


def due_on(idea: Idea) -> dict[int, dt.date]:
    """By months, the days on which an adopted idea is asked about."""
    adopted_on = clock.day(idea.stage_since)
    return {months: clock.months_after(adopted_on, months) for months in MONTHS}


def _ask(idea: Idea) -> int:
    adoption = moves.times(idea, Stage.ADOPTED)
    there = {watch.months for watch in idea.watches if watch.adoption == adoption}
    made = [
        Watch(adoption=adoption, months=months, due_on=day)
        for months, day in due_on(idea).items()
        if months not in there and day <= clock.today()
    ]
    idea.watches.extend(made)
    if made:
        idea.draw_stamp()
        db.session.flush()
    return len(made)


def current(idea: Idea) -> list[Watch]:
    """Those since it was adopted last, the first months first; none while it is not adopted."""
    if idea.stage is not Stage.ADOPTED or not idea.watches:
        return []
    newest = max(watch.adoption for watch in idea.watches)
    since = clock.day(idea.stage_since)
    return sorted(
        (watch for watch in idea.watches if watch.adoption == newest and watch.due_on > since),
        key=lambda watch: watch.months,
    )


def is_open(watch: Watch) -> bool:
    """Whether an answer is taken: nobody gave one, and no later months have come since."""
    return not watch.is_answered and watch in current(watch.idea)[-1:]


def takes_answers(watch: Watch) -> bool:
    """Whether an answer is taken, or can be put right: for four weeks, while no later months have come."""
    if watch.answered_at is None:
        return is_open(watch)
    return watch in current(watch.idea)[-1:] and clock.today() <= clock.day(watch.answered_at) + PUT_RIGHT


def refuse_unless_it_takes_answers(watch: Watch) -> None:
    """Go on only while an answer is taken, or can be put right. Raises Refused."""
    if not takes_answers(watch):
        raise Refused("This was answered more than four weeks ago, or later months have been asked about since.")


def is_for(watch: Watch, person: Person) -> bool:
    """Whether it is this person who is asked, before the others who may answer."""
    if not (is_open(watch) and may(person, Action.ANSWER_WATCH, watch)):
        return False
    owner = watch.idea.owner
    return owner is None or not owner.active_memberships or owner is person


def answer(
    watch: Watch, *, used: StillUsed, less_bad: StillLessBad | None, note: str = "", by: Person, version: int
) -> Watch:
    """Say whether it is still used, and still less bad, or put right what was said.

    `version` is that of the watch on which the form was made. Raises Denied, Invalid, Refused when it is too late, or
    Stale when somebody else was first.
    """
    versions.hold(watch.idea)
    demand(by, Action.ANSWER_WATCH, watch)
    refuse_unless_it_takes_answers(watch)
    if less_bad is None and used is not StillUsed.NO:
        raise Invalid("less_bad", "Say whether it is still less bad, or that you do not know")
    said = used, less_bad or StillLessBad.NOT_KNOWN, note
    before, is_first = _told(watch), watch.answered_at is None
    if said == (watch.used, watch.less_bad, watch.note):
        return watch
    if watch.version != version:
        raise Stale(
            "Somebody else answered while you wrote. Theirs stands, yours was not sent yet. "
            "Look at what they said, then send yours if it is right."
        )
    watch.used, watch.less_bad, watch.note = said
    watch.version += 1
    if is_first:
        watch.answered_by, watch.answered_at = by, clock.now()
        _record(events.Kind.WATCH_ANSWERED, watch, by=by, what=watch.words, note=f". {note}" if note else "")
    else:
        watch.changed_by, watch.changed_at = by, clock.now()
        _record(events.Kind.WATCH_CHANGED, watch, by=by, now=_told(watch), before=before)
    db.session.flush()
    return watch


def _told(watch: Watch) -> str:
    return f"{watch.words}. {watch.note}" if watch.note else watch.words


def _record(kind: events.Kind, watch: Watch, *, by: Person, **words: str) -> None:
    events.record(kind, watch.idea, by=by, months=str(watch.months), **words)


#: What it takes to tell who is asked.
WITH_TEAM: tuple[ExecutableOption, ...] = (
    joinedload(Watch.idea).options(
        lazyload(Idea.author),
        joinedload(Idea.owner).selectinload(Person.memberships),
        selectinload(Idea.watches),
        selectinload(Idea.team_members).joinedload(TeamMember.person).selectinload(Person.memberships),
    ),
)
