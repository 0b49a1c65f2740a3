"""Events: what can happen, the sentence that tells it, and the words that sentence needs."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.access import visible
from ideas.access.scopes import reads, values, visible_to
from ideas.db import db
from ideas.models import Event

from . import paging
from .sentences import Sentences

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ideas.access.scopes import Reads
    from ideas.models import Idea, Person

#: Entries on one page of the history.
SIZE = 50
#: The most that a sentence quotes of what somebody wrote, in characters; the whole stands on its own page.
_QUOTED = 240


class Kind(Sentences):
    """What can happen to an idea, with the sentence of each."""

    #: the idea was written
    IDEA_SAID = "idea.said", "{by} said it, from {place}"
    #: the idea was written, and nobody's name with it
    IDEA_SAID_WITHOUT_NAME = "idea.said_without_name", "Somebody, without a name, said it, from {place}"
    #: whoever has its claim code changed its words
    IDEA_EDITED_WITHOUT_NAME = "idea.edited_without_name", "Its author, without a name, changed its words: {what}"
    #: whoever has its claim code put their name to it
    IDEA_CLAIMED = "idea.claimed", "{by} put their name to it"
    #: somebody entered it for a colleague
    IDEA_ENTERED = "idea.entered", "{by} entered it for a colleague, who is asked whether it is theirs"
    #: the colleague said that it is theirs
    AUTHOR_ACCEPTED = "author.accepted", "{by} said that it is theirs, and is its author"
    #: the colleague said that it is not theirs
    AUTHOR_DECLINED = "author.declined", "The colleague said that it is not theirs. {person} is its author"
    #: a draft was shown to those whom it concerns, before everybody
    IDEA_SHOWN_HERE_FIRST = "idea.shown_here_first", "{by} showed it here first. It opens to everybody on {day}"
    #: its team opened it to everybody
    IDEA_OPENED = "idea.opened", "{by} opened it to everybody"
    #: its days here first were over
    IDEA_OPENED_ITSELF = "idea.opened_itself", "It opened to everybody: its 28 days here first are over"
    #: somebody hid it
    IDEA_HIDDEN = "idea.hidden", "{by} hid it from all but its team: {reason}"
    #: it was shown again
    IDEA_SHOWN_AGAIN = "idea.shown_again", "{by} showed it again"
    #: its words changed
    IDEA_EDITED = "idea.edited", "{by} changed its words: {what}"
    #: an organisation became its home
    IDEA_HOSTED = "idea.hosted", "{by} said that it can change at {organisation}"
    #: an organisation was asked whether it takes it on
    HOME_ASKED = "home.asked", "{organisation} was asked whether it takes it on{due}"
    #: the same, for an author without a name: it tells no hour
    HOME_ASKED_WITHOUT_NAME = "home.asked_without_name", "{organisation} was asked whether it takes it on{due}"
    #: an organisation takes it on
    HOME_TAKEN = "home.taken", "{by} said that {organisation} takes it on"
    #: an organisation said that it is not theirs
    HOME_NOT_OURS = "home.not_ours", "{by} said that it is not for {organisation}{instead}"
    #: somebody took it on
    OWNER_TOOK_ON = "owner.took_on", "{by} took it on"
    #: somebody was asked to own it
    OWNER_ASKED = "owner.asked", "{by} asked {person} to carry it"
    #: the ownership went to somebody
    OWNER_ACCEPTED = "owner.accepted", "{by} carries it now"
    #: its owner's membership of its home ended, or their last
    OWNER_LEFT = "owner.left", "{person} left {organisation}. Nobody carries it now"
    #: somebody was asked into the team
    TEAM_ASKED = "team.asked", "{by} asked {person} into the team"
    #: somebody joined the team
    TEAM_JOINED = "team.joined", "{by} joined the team"
    #: somebody said no to a place in the team
    TEAM_DECLINED = "team.declined", "{by} said no to a place in the team"
    #: the card moved
    STAGE_ENTERED = "stage.entered", "{by} moved it from {came_from} to {stage}"
    #: the team wrote what it learned
    LESSON_WRITTEN = "lesson.written", "{by} wrote what was learned: {text}"
    #: the plan changed
    PLAN_REVISED = "plan.revised", "{by} changed the plan: {what}"
    #: the screening questions were answered
    SCREENING_ANSWERED = "screening.answered", "{by} answered the five questions: {summary}"
    #: somebody was asked about a check
    CHECK_ASKED = "check.asked", "{by} asked {whom} about {check}"
    #: the last membership of whoever was asked about a check ended
    CHECK_LEFT = "check.left", "{person} left {organisation}. Nobody is asked about {check} now"
    #: the state of a check was recorded
    CHECK_RECORDED = "check.recorded", "{check}: {who_says} says {state}"
    #: a step was added
    STEP_ADDED = "step.added", "{by} added a step: {title}"
    #: a step changed
    STEP_CHANGED = "step.changed", "{by} changed a step: {title}"
    #: a step was taken out
    STEP_REMOVED = "step.removed", "{by} took out a step: {title}"
    #: a step was ticked off
    STEP_DONE = "step.done", "{by} ticked off: {title}"
    #: a tick was taken away
    STEP_REOPENED = "step.reopened", "{by} opened a step again: {title}"
    #: the membership of whoever has a step ended
    STEP_LEFT = "step.left", "{person} left {organisation}. {now}: {title}"
    #: a file was added to the plan
    FILE_ADDED = "file.added", "{by} added a file: {name}"
    #: a file was taken off the plan
    FILE_REMOVED = "file.removed", "{by} took a file off the plan: {name}"
    #: a leader was asked to sponsor
    SPONSOR_ASKED = "sponsor.asked", "{by} asked {person} to sponsor it"
    #: a leader agreed to sponsor
    SPONSOR_ACCEPTED = "sponsor.accepted", "{by} agreed to sponsor it, and pledged {pledge}"
    #: a leader declined
    SPONSOR_DECLINED = "sponsor.declined", "{by} declined to sponsor it: {reason}"
    #: the last membership of whoever backs it ended
    SPONSOR_LEFT = "sponsor.left", "{person} left {organisation}, and backs it no more"
    #: the last membership of whoever was asked to back it, or into its team, ended
    ASK_LEFT = "ask.left", "{person} left {organisation}, and can no longer answer. Ask somebody else {what}"
    #: a leader was asked for an answer
    SIGN_OFF_ASKED = "sign_off.asked", "{by} asked {leader} of {organisation}: {question} Due {due}"
    #: another leader took the request over
    SIGN_OFF_TAKEN_OVER = "sign_off.taken_over", "{by} took over the answer from {leader}"
    #: the request went to another leader
    SIGN_OFF_SENT_ON = "sign_off.sent_on", "{by} sent the request on to {leader}: {reason}"
    #: the request was taken back
    SIGN_OFF_TAKEN_BACK = "sign_off.taken_back", "{by} took the request back: {reason}"
    #: the due day passed and a deputy was asked
    SIGN_OFF_HANDED_OVER = "sign_off.handed_over", "No answer by {due}. {leader} is asked now, as deputy"
    #: the due day passed, and there is no deputy
    SIGN_OFF_OVERDUE = "sign_off.overdue", "No answer by {due}. Every leader of {organisation} can take it over"
    #: the leader's membership ended
    SIGN_OFF_LEFT = "sign_off.left", "{leader} leads {organisation} no more. {now}"
    #: the leader said yes
    SIGN_OFF_APPROVED = "sign_off.approved", "{by} said yes{until}"
    #: the leader said not yet
    SIGN_OFF_NOT_YET = "sign_off.not_yet", "{by} said not yet. It would be a yes if: {would_change}"
    #: the leader said no
    SIGN_OFF_REFUSED = "sign_off.refused", "{by} said no: {reason}"
    #: the organisation says that the answer is not theirs to give
    SIGN_OFF_NOT_OURS = "sign_off.not_ours", "{by} said that this is not for {organisation} to answer{reason}"
    #: another organisation answered first, so this one need not
    SIGN_OFF_CLOSED = "sign_off.closed", "{organisation} need not answer any more: {reason}"
    #: nobody there can answer, so its partner is asked
    SIGN_OFF_STOOD_IN = "sign_off.stood_in", "{leader} of {partner} is asked now, in the place of {organisation}"
    #: a measure was added
    MEASURE_ADDED = "measure.added", "{by} added a measure: {name}"
    #: a measure changed
    MEASURE_CHANGED = "measure.changed", "{by} changed a measure: {name}"
    #: the day from which the change counts was set by hand
    CHANGE_DAY_SET = "measure.change_day_set", "{by} said that for {name} the change counts from {day}: {reason}"
    #: what happened on a day was noted
    HAPPENING_NOTED = "happening.noted", "{by} noted what happened on {day}: {words}"
    #: a note of what happened was taken out
    HAPPENING_REMOVED = "happening.removed", "{by} took out a note of what happened on {day}: {words}"
    #: new limits began
    LIMITS_BEGUN = "limits.begun", "{by} began new limits for {name} on {day}: {reason}"
    #: new limits were taken back
    LIMITS_TAKEN_BACK = "limits.taken_back", "{by} took back the new limits for {name} on {day}"
    #: a reading was entered
    READING_ENTERED = "reading.entered", "{by} entered a reading of {name}: {value} on {date}"
    #: many readings were looked at, and entered at once
    BATCH_ENTERED = "batch.entered", "{by} entered many readings of {name} at once: {what}"
    #: a reading was put right
    READING_CORRECTED = "reading.corrected", "{by} corrected a reading of {name}: {before} became {after}"
    #: a reading was taken out
    READING_REMOVED = "reading.removed", "{by} took out a reading of {name}: {value} on {date}"
    #: somebody answered the weekly minute for the team
    WEEK_ANSWERED = "week.answered", "{by} said for the team how week {number} was. {what}"
    #: somebody said for the team that there is nothing to report
    WEEK_SKIPPED = "week.skipped", "{by} said for the team that there is nothing to report of week {number}"
    #: somebody of the team put right what was said of the week
    WEEK_CHANGED = "week.changed", "{by} put right what was said of week {number}. Now: {now} Before: {before}"
    #: a cycle was planned
    CYCLE_PLANNED = "cycle.planned", "{by} planned cycle {number}: {attempt} They think: {prediction}"
    #: a cycle was planned otherwise, before it began
    CYCLE_REVISED = "cycle.revised", "{by} planned cycle {number} otherwise: {attempt} They think: {prediction}"
    #: a cycle that never began was taken out
    CYCLE_REMOVED = "cycle.removed", "{by} took out cycle {number}, which had not begun: {attempt}"
    #: a cycle began, and its prediction stays as it was
    CYCLE_STARTED = "cycle.started", "{by} started cycle {number} on {day}. They had thought: {prediction}"
    #: the team said what happened in a cycle
    CYCLE_REPORTED = "cycle.reported", "{by} said what happened in cycle {number}: {happened}"
    #: the team said what a cycle taught
    CYCLE_STUDIED = "cycle.studied", "{by} said that cycle {number} went {went}, and what they learned: {learned}"
    #: the team said what comes of a cycle
    CYCLE_ENDED = "cycle.ended", "{by} ended cycle {number}, {came}"
    #: those who said us too were asked about themselves
    FELT_ASKED = "felt.asked", "{by} asked {count} who said “us too” where it was tried: is it less bad for you now?"
    #: enough of them answered
    FELT_TOLD = "felt.told", "{count} who were asked whether it is less bad for them answered: {said}"
    #: somebody said whether what was adopted is still used
    WATCH_ANSWERED = "watch.answered", "{by} said how it is {months} months on: {what}{note}"
    #: somebody put right what was said of it
    WATCH_CHANGED = "watch.changed", "{by} put right how it is {months} months on. Now: {now} Before: {before}"
    #: the team said what came of it
    RESULT_STATED = "result.stated", "{by} said what came of it: {text}"


#: What somebody did whom nobody is to know: an hour and a minute could tell, so only the day is kept.
TO_THE_DAY = frozenset({Kind.IDEA_SAID_WITHOUT_NAME, Kind.IDEA_EDITED_WITHOUT_NAME, Kind.HOME_ASKED_WITHOUT_NAME})


def record(kind: Kind, idea: Idea, *, by: Person | None, **payload: str) -> Event:
    """Write down that this happened to the idea now. Raises ValueError when a word is missing or not asked for."""
    kind.check(payload)
    idea.draw_stamp()
    moment = clock.beginning(clock.today()) if kind in TO_THE_DAY else clock.now()
    event = Event(kind=kind.value, idea=idea, by=by, happened_at=moment, payload=payload)
    db.session.add(event)
    return event


def when(event: Event) -> dt.datetime | dt.date:
    """When it happened: the moment, or the day alone where no more is kept."""
    return clock.day(event.happened_at) if event.kind in TO_THE_DAY else event.happened_at


def sentence(event: Event) -> str:
    """One plain sentence for an event. What is long is cut short."""
    by = event.by.short_name if event.by else "Headroom"
    return Kind.of(event.kind).sentence.format(by=by, **{key: _quoted(words) for key, words in event.payload.items()})


def _quoted(words: str) -> str:
    lines = [" ".join(line.split()) for line in words.splitlines() if line.strip()]
    ended = [line if line.endswith((".", "!", "?", ":", ";")) else f"{line};" for line in lines[:-1]]
    one_line = " ".join([*ended, *lines[-1:]])
    if len(one_line) <= _QUOTED:
        return one_line
    return one_line[:_QUOTED].rsplit(" ", 1)[0].rstrip(",;:. ") + " …"


@dataclasses.dataclass(frozen=True)
class Told:
    """One thing that happened: when, and the sentence that tells it, who included."""

    when: dt.datetime | dt.date
    words: str


@dataclasses.dataclass(frozen=True)
class Chapter:
    """Some of what happened to an idea, oldest first, and where one is in it."""

    entries: list[Told]
    total: int
    number: int
    last: int


def history(idea: Idea, *, reader: Person, page: int = 1) -> Chapter:
    """One page of everything that happened to an idea, oldest first. A page past the last one is the last one."""
    total = paging.count(_of(idea, reader))
    number, last = paging.turn_to(page, total=total, size=SIZE)
    found = _of(idea, reader).order_by(Event.id).offset((number - 1) * SIZE).limit(SIZE)
    return Chapter(entries=_told(db.session.scalars(found).all()), total=total, number=number, last=last)


def latest(idea: Idea, *, reader: Person, most: int = 5) -> Chapter:
    """The last things that happened to an idea, oldest first, and how many there are in all."""
    found = db.session.execute(_newest(reads(reader)), values(reader) | {"idea": idea.id, "most": most}).all()
    entries = _told([event for event, _ in reversed(found)])
    return Chapter(entries=entries, total=found[0][1] if found else 0, number=1, last=1)


@functools.cache
def _newest(kind: Reads) -> sa.Select[Event, int]:
    """The newest first, each with how many there are in all."""
    return (
        visible_to(Event, kind)
        .add_columns(sa.func.count().over())
        .where(Event.idea_id == sa.bindparam("idea"))
        .order_by(Event.id.desc())
        .limit(sa.bindparam("most"))
    )


def _told(events: Sequence[Event]) -> list[Told]:
    return [Told(when(event), sentence(event)) for event in events]


def _of(idea: Idea, reader: Person) -> sa.Select[Event]:
    return visible(Event, reader).where(Event.idea_id == idea.id)
