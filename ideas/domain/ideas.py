"""Ideas: saying one, changing its words, opening a draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, lazyload

from ideas import clock
from ideas.access import Action, demand
from ideas.db import db
from ideas.models import (
    Audience,
    Decision,
    FeltRound,
    HomeAsk,
    Idea,
    Lesson,
    Measure,
    Organisation,
    Person,
    Place,
    Plan,
    SignOff,
    Sponsorship,
    Stage,
    StageEntry,
    TeamMember,
    Watch,
)
from ideas.text import references

from . import audiences, events, homes, parts, versions, weekly_minutes
from .parts import Part

if TYPE_CHECKING:
    import datetime as dt

#: What the change says when its author does not know one yet: a valid answer, and an ask.
UNKNOWN_CHANGE = "I do not know yet"
#: How long a short name made of the first words may be, in characters.
_FIRST_WORDS = 60
#: A name is not cut shorter than that.
_AT_LEAST = 20
#: What no name ends with: "so we", "because the". The browser knows the same (static/src/js/title.js).
_DANGLING = re.compile(
    r"(?: (?:a|an|and|are|as|at|because|but|by|for|from|if|in|is|it|of|on|or|so|that|the|they|to|we|when|which|who|"
    r"with))+$",
    re.IGNORECASE,
)


#: What the page of one idea shows. What only some stages ask for is read when they ask.
_OF_PAGE = (
    Part("team_members", TeamMember, (joinedload(TeamMember.asked_by),)),
    Part("stage_entries", StageEntry, (lazyload(StageEntry.by),)),
    Part(
        "sponsorships",
        Sponsorship,
        (
            joinedload(Sponsorship.asked_by),
            joinedload(Sponsorship.pledges),
            joinedload(Sponsorship.person).joinedload(Person.memberships),
        ),
    ),
    Part("home_asks", HomeAsk, (joinedload(HomeAsk.answered_by),)),
    Part("sign_offs", SignOff, (joinedload(SignOff.decision).joinedload(Decision.case),)),
    Part("lessons", Lesson),
    Part("felt_rounds", FeltRound),
    Part("watches", Watch, (joinedload(Watch.answered_by), joinedload(Watch.changed_by))),
    Part("measures", Measure),
    weekly_minutes.PART,
)


def read_page(idea: Idea) -> None:
    """Read what its page shows, in a fixed number of statements."""
    parts.read([idea], *_OF_PAGE)


def change_is_known(idea: Idea) -> bool:
    """Whether somebody has said yet what would be less bad."""
    return not _says_unknown(idea.change)


def _says_unknown(change: str) -> bool:
    return change.strip(" .!?…").casefold() in ("", UNKNOWN_CHANGE.casefold())


def first_words(now: str) -> str:
    """A short name from the first words of what happens now, as the browser suggests one too."""
    sentence = " ".join(re.split(r"[.!?\n]", now.strip(), maxsplit=1)[0].split())
    if len(sentence) <= _FIRST_WORDS:
        return sentence
    cut = sentence[: _FIRST_WORDS + 1]
    pauses = [pause.start() for pause in re.finditer(r"[,;:] ", cut) if pause.start() >= _AT_LEAST]
    if pauses:
        return cut[: pauses[-1]]
    whole = cut[: max(cut.rfind(" "), _AT_LEAST)].rstrip(",;: ")
    return _DANGLING.sub("", whole)


def say(
    *,
    now: str,
    change: str,
    title: str,
    by: Person,
    hurts_organisation: Organisation | None = None,
    home: Organisation | None = None,
    hurts_place: str = "",
    audience: Audience = Audience.OPEN,
    is_illustrative: bool = False,
) -> Idea:
    """Say what is bad now and what would be less bad. It has no owner until somebody takes it on.

    Raises Denied, or Invalid when the home named gives no care, or when nobody could read it here first.
    """
    demand(by, Action.SAY)
    moment = clock.now()
    idea = draw_up(
        now=now,
        change=change,
        title=title,
        hurts_organisation=hurts_organisation,
        home=home,
        hurts_place=hurts_place,
        audience=audience,
        author=by,
        moment=moment,
    )
    idea.is_illustrative = is_illustrative
    idea.team_members.append(
        TeamMember(person=by, place=Place.AUTHOR, asked_at=moment, answered_at=moment, accepted=True)
    )
    events.record(events.Kind.IDEA_SAID, idea, by=by, place=whence(idea))
    homes.ask(idea, by=by)
    db.session.flush()
    return idea


def draw_up(
    *,
    now: str,
    change: str,
    title: str,
    hurts_organisation: Organisation | None,
    home: Organisation | None,
    hurts_place: str,
    audience: Audience,
    author: Person | None,
    moment: dt.datetime,
) -> Idea:
    """A new idea, with its first stage entry. The rights, the team and the event are the caller's.

    Raises Invalid when the home named gives no care, or when nobody could read it here first.
    """
    homes.check(home)
    audiences.check(audience, hurts=hurts_organisation, home=home)
    idea = Idea(
        now=now,
        change=_said_change(change),
        title=title,
        author=author,
        hurts_organisation=hurts_organisation,
        hurts_place=hurts_place,
        home_organisation=home,
        audience=audience,
        opens_on=audiences.opens_on(audience),
        said_at=moment,
        stage=Stage.NEW,
        stage_since=moment,
        plan=Plan(),
        # It has none of these yet. Untold, the database is asked for each when a verb first needs it.
        team_members=[],
        home_asks=[],
        sign_offs=[],
        sponsorships=[],
        steps=[],
        screening=[],
        checks=[],
        all_attachments=[],
        measures=[],
    )
    idea.stage_entries.append(StageEntry(stage=Stage.NEW, entered_at=moment, by=author))
    _add_under_a_free_number(idea)
    return idea


def whence(idea: Idea) -> str:
    """Where it was said from, in words."""
    if idea.hurts_place:
        return idea.hurts_place
    return idea.hurts_organisation.name if idea.hurts_organisation else "nowhere in particular"


def _said_change(change: str) -> str:
    return UNKNOWN_CHANGE if _says_unknown(change) else change


def _add_under_a_free_number(idea: Idea) -> None:
    # Two who draw the same number at the same moment both find it free: the second then draws another.
    while True:
        idea.number = _free_number()
        try:
            with db.session.begin_nested():
                db.session.add(idea)
        except IntegrityError:
            if not _is_taken(idea.number):
                raise
        else:
            return


def _free_number() -> int:
    # The newest id, and not a count, which reads every row: some may be gone, so that it is a little wider.
    taken = db.session.scalar(_NEWEST) or 0
    while _is_taken(number := references.draw(taken)):
        pass
    return number


def _is_taken(number: int) -> bool:
    return db.session.scalar(_OF_NUMBER, {"number": number}) is not None


_NEWEST = sa.select(sa.func.max(Idea.id))
_OF_NUMBER = sa.select(Idea.id).where(Idea.number == sa.bindparam("number"))


def edit(
    idea: Idea, *, now: str, change: str, title: str, by: Person, version: int, audience: Audience | None = None
) -> Idea:
    """Change its words, or let more people read it. Raises Denied, Invalid or Stale."""
    versions.hold_at(idea, version)
    demand(by, Action.EDIT, idea)
    shown = audiences.widen(idea, audience or idea.audience, by=by)
    changed = reword(idea, now=now, change=change, title=title)
    if changed:
        events.record(events.Kind.IDEA_EDITED, idea, by=by, what=changed)
    if shown:
        homes.ask(idea, by=by)
    if changed or shown:
        versions.step_on(idea)
    return idea


def reword(idea: Idea, *, now: str, change: str, title: str) -> str:
    """Put these words in the place of those that it has. Returns what changed, in words; empty when nothing did.

    The rights, the lock, the event and the count of versions are the caller's.
    """
    new = {"now": now, "change": _said_change(change), "title": title}
    names = {"now": "what happens now", "change": "the change", "title": "the short name"}
    changed = [name for field, name in names.items() if getattr(idea, field) != new[field]]
    idea.now, idea.change, idea.title = new["now"], new["change"], new["title"]
    return ", ".join(changed)
