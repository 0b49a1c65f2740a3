"""The weekly minute: what the team says once a week while it tries an idea, and where each answer is kept.

The numbers become readings, the answers about time become weeks of the pledges, what is in the way becomes a barrier,
and what is worse is the minute's own note. Anybody of the team answers for all; nobody logs hours.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload

from ideas import clock
from ideas.access import Action, demand
from ideas.access.scopes import reads, values, visible_to
from ideas.db import db
from ideas.models import (
    Barrier,
    Idea,
    Kept,
    Measure,
    Pledge,
    PledgeKind,
    PledgeWeek,
    Reading,
    Rhythm,
    Stage,
    Week,
    WeeklyMinute,
)
from ideas.text.numbers import plural

from . import events, readings, versions
from .errors import Invalid, Refused, Stale
from .parts import Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ideas.access.scopes import Reads
    from ideas.models import Person

#: How many weeks the idea's page tells.
_TOLD = 3
#: What is pledged so that somebody has time.
_TIME = (PledgeKind.PROTECTED_TIME, PledgeKind.COVER)
_ELSEWHERE = "Somebody entered this number on the evidence page meanwhile. Clear this one, or change theirs there."

#: Every week with all that was said of it, for pages that show several.
PART = Part(
    "weekly_minutes",
    WeeklyMinute,
    (
        joinedload(WeeklyMinute.answered_by),
        joinedload(WeeklyMinute.changed_by),
        joinedload(WeeklyMinute.pledge_weeks).joinedload(PledgeWeek.pledge),
        joinedload(WeeklyMinute.readings).joinedload(Reading.measure),
        joinedload(WeeklyMinute.barrier),
    ),
)


@dataclasses.dataclass(frozen=True)
class Said:
    """What a team says of a week. What it leaves out, it did not answer."""

    #: by measure
    numbers: Mapping[int, float] = dataclasses.field(default_factory=dict)
    #: by pledge
    time: Mapping[int, Kept] = dataclasses.field(default_factory=dict)
    #: where nobody pledged time
    had_time: Kept | None = None
    in_the_way: str = ""
    worse: str = ""

    @classmethod
    def of(cls, minute: WeeklyMinute | None) -> Said:
        """What this minute says now; nothing while there is none."""
        if minute is None:
            return cls()
        return cls(
            numbers={id: reading.value for id, reading in _stand_for_now(minute).items()},
            time={week.pledge_id: week.kept for week in minute.pledge_weeks},
            had_time=minute.had_time,
            in_the_way=minute.in_the_way,
            worse=minute.worse,
        )

    def __bool__(self) -> bool:
        return bool(self.numbers or self.time or self.had_time or self.in_the_way or self.worse)

    @property
    def words(self) -> str:
        """All of it in a few sentences, for the history; each number is told there as the reading that it is."""
        count, kept = len(self.numbers), [*self.time.values(), *([self.had_time] if self.had_time else [])]
        parts = [
            plural(count, "number") if count else "",
            f"Time: {', '.join(each.words.lower() for each in kept)}" if kept else "",
            f"In the way: {self.in_the_way}" if self.in_the_way else "",
            f"Worse: {self.worse}" if self.worse else "",
        ]
        told = [part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part]
        return " ".join(told) or "nothing to report."


@dataclasses.dataclass(frozen=True)
class Turn:
    """An idea of one's team that is being tried, this week of it, and what was said of it so far."""

    idea: Idea
    week: Week
    minute: WeeklyMinute | None


def this_week(idea: Idea) -> Week:
    """The week that is asked about now. Raises Refused when the idea is not being tried."""
    if idea.stage is not Stage.TRYING:
        raise Refused("It is not being tried now, so nobody asks how its week was.")
    return Week.holding(clock.today(), began_on=idea.trial_started_on or clock.day(idea.stage_since))


def of_week(idea: Idea, week: Week) -> WeeklyMinute | None:
    """What was said of this week so far."""
    return next((minute for minute in idea.weekly_minutes if minute.week_starts_on == week.starts_on), None)


def told(idea: Idea) -> list[WeeklyMinute]:
    """The last weeks that somebody answered, the newest first."""
    return sorted(idea.weekly_minutes, key=lambda minute: minute.week_starts_on, reverse=True)[:_TOLD]


def counted(idea: Idea, week: Week) -> list[Measure]:
    """The measures whose number is asked for this week: those that are due for one, and those that got it here."""
    minute = of_week(idea, week)
    given = _stand_for_now(minute) if minute else {}
    return [measure for measure in idea.measures if measure.id in given or _is_due(measure, week)]


def _stand_for_now(minute: WeeklyMinute) -> dict[int, Reading]:
    """The readings that its numbers are, by measure: of what is counted every day, today's alone."""
    today = clock.today()
    return {
        reading.measure_id: reading
        for reading in minute.readings
        if reading.taken_on == today or reading.measure.rhythm is not Rhythm.DAY
    }


def _is_due(measure: Measure, week: Week) -> bool:
    """Whether no number stands there yet for what its rhythm asks: today's, this week's, this month's."""
    if measure.rhythm.days is None:
        # What is rare is entered on the day on which it happens.
        return False
    since = clock.today() if measure.rhythm is Rhythm.DAY else week.ends_on - dt.timedelta(measure.rhythm.days - 1)
    return measure.last_taken_on is None or measure.last_taken_on < since


def pledges_of_time(idea: Idea) -> list[Pledge]:
    """What its sponsors pledged so that somebody has time."""
    return [p for sponsorship in idea.accepted_sponsorships for p in sponsorship.pledges if p.kind in _TIME]


def answer(idea: Idea, said: Said, *, week_starts_on: dt.date | None, by: Person, version: int) -> WeeklyMinute:
    """Say for the team how this week was, or put right what was said of it.

    `version` is that of the minute on which the form was made, 0 while there was none. Raises Denied, Refused, Stale
    (somebody else was first, or that week is over) or Invalid.
    """
    minute = _hold(idea, week_starts_on, by=by, version=version)
    if not said:
        raise Invalid("", "Answer one of these, or choose “Nothing to report this week”.")
    return _write(idea, minute, said, by=by)


def skip(idea: Idea, *, week_starts_on: dt.date | None, by: Person, version: int) -> WeeklyMinute:
    """Say for the team that there is nothing to report: nobody asks again this week. Raises as `answer` does."""
    minute = _hold(idea, week_starts_on, by=by, version=version)
    return _write(idea, minute, Said(), by=by)


def _hold(idea: Idea, week_starts_on: dt.date | None, *, by: Person, version: int) -> WeeklyMinute | None:
    versions.hold(idea)
    demand(by, Action.ANSWER_WEEK, idea)
    week = this_week(idea)
    if week_starts_on != week.starts_on:
        raise Stale(
            f"The week that you wrote about is over. Nothing was sent yet. What you typed is below: "
            f"send it for week {week.number}, {week.words}, or take out what is not of this week."
        )
    minute = of_week(idea, week)
    if minute and minute.version != version:
        who = (minute.changed_by or minute.answered_by).short_name
        raise Stale(
            f"{who} answered for week {week.number} while you wrote. Theirs stands, yours was not sent yet. "
            "What you typed is below, with what they said beside it. Send it to put yours in place of theirs."
        )
    return minute


def _write(idea: Idea, minute: WeeklyMinute | None, said: Said, *, by: Person) -> WeeklyMinute:
    before = Said.of(minute)
    if minute is None:
        week = this_week(idea)
        minute = WeeklyMinute(
            week_starts_on=week.starts_on, number=week.number, answered_by_id=by.id, answered_at=clock.now()
        )
        idea.weekly_minutes.append(minute)
        kind, tells = events.Kind.WEEK_ANSWERED, {"what": said.words}
        if not said:
            kind, tells = events.Kind.WEEK_SKIPPED, {}
    elif before == said:
        return minute
    else:
        minute.version += 1
        minute.changed_by_id, minute.changed_at = by.id, clock.now()
        kind, tells = events.Kind.WEEK_CHANGED, {"now": said.words, "before": before.words}
    minute.is_skipped, minute.had_time, minute.worse = not said, said.had_time, said.worse
    db.session.flush()
    _keep_time(minute, said.time)
    _keep_barrier(minute, said.in_the_way, by=by)
    _keep_numbers(minute, said.numbers, by=by)
    events.record(kind, idea, by=by, number=str(minute.number), **tells)
    db.session.flush()
    return minute


def _keep_time(minute: WeeklyMinute, time: Mapping[int, Kept]) -> None:
    kept = {week.pledge_id: week for week in minute.pledge_weeks}
    for pledge_id, answered in time.items():
        if pledge_id in kept:
            kept[pledge_id].kept = answered
        else:
            minute.pledge_weeks.append(PledgeWeek(pledge_id=pledge_id, kept=answered))
    for pledge_id in kept.keys() - time.keys():
        minute.pledge_weeks.remove(kept[pledge_id])


def _keep_barrier(minute: WeeklyMinute, text: str, *, by: Person) -> None:
    if not text:
        minute.barrier = None
    elif minute.barrier is None:
        minute.barrier = Barrier(idea_id=minute.idea_id, text=text, raised_by_id=by.id, raised_at=clock.now())
    else:
        minute.barrier.text = text


def _keep_numbers(minute: WeeklyMinute, numbers: Mapping[int, float], *, by: Person) -> None:
    there = _stand_for_now(minute)
    for measure in minute.idea.measures:
        try:
            _keep_number(minute, measure, there.get(measure.id), numbers.get(measure.id), by=by)
        except Invalid as refusal:
            raise Invalid(f"number_{measure.id}", refusal.words) from None
    if there or numbers:
        readings.settle(minute.idea)


def _keep_number(
    minute: WeeklyMinute, measure: Measure, reading: Reading | None, value: float | None, *, by: Person
) -> None:
    if reading and value is not None:
        readings.put_right(reading, taken_on=reading.taken_on, value=value, by=by)
    elif reading:
        readings.drop(reading, by=by)
    elif value is not None:
        if not _is_due(measure, minute.week):
            raise Invalid("value", _ELSEWHERE)
        minute.readings.append(readings.add(measure, taken_on=clock.today(), value=value, by=by))


def turns(person: Person) -> Sequence[Turn]:
    """This week of every idea that a team of this person's is trying, those that nobody answered yet first."""
    monday = clock.monday(clock.today())
    found = db.session.execute(_turns(reads(person)), values(person) | {"monday": monday}).all()
    return [Turn(idea, this_week(idea), minute) for idea, minute in found]


@functools.cache
def _turns(kind: Reads) -> sa.Select[Idea, WeeklyMinute]:
    answered = sa.and_(
        WeeklyMinute.idea_id == Idea.id, WeeklyMinute.week_starts_on == sa.bindparam("monday", type_=sa.Date)
    )
    return (
        visible_to(Idea, kind)
        .add_columns(WeeklyMinute)
        .outerjoin(WeeklyMinute, answered)
        .where(*are_tried_by(sa.bindparam("reader", type_=sa.Integer)))
        .options(
            lazyload(Idea.author),
            lazyload(Idea.owner),
            joinedload(WeeklyMinute.answered_by),
            joinedload(WeeklyMinute.changed_by),
        )
        .order_by(WeeklyMinute.id.is_not(None), Idea.trial_ends_on, Idea.id)
    )


def are_tried_by(person_id: sa.BindParameter[int]) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions under which an idea is being tried by a team of this person's."""
    return Idea.stage == Stage.TRYING, Idea.of_team(person_id)
