"""Cards: what the board shows of an idea, in few words.

An `Entry` is what the board reads of every idea in columns; a `Card` is all that its face says, which takes far more
reading, and is the same for everybody. What was made of a card may be kept for as long as its entry's key is the same.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, lazyload

from ideas import clock
from ideas.db import db, rows
from ideas.models import (
    Decision,
    Gate,
    Idea,
    Lesson,
    Membership,
    Organisation,
    Person,
    ScreeningAnswer,
    SignOff,
    Sponsorship,
    Stage,
    Step,
    TeamMember,
)
from ideas.text import references

from . import gates, ideas, moves, parts, plans, rounds
from .parts import Part

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from .gates import Requirement

#: Where an idea goes on: what is late there is late, and what is missing there is missing.
GOES_ON = (Stage.NEW, Stage.PLANNING, Stage.SIGN_OFF, Stage.TRYING)


@dataclasses.dataclass(frozen=True)
class Entry:
    """An idea on the board of one person: which one it is, where they may move it, and what its face hangs on."""

    #: its parts on a page are an idea's
    dom_name: ClassVar[str] = "Idea"

    id: int
    ref: str
    version: int
    title: str
    stage: Stage
    usual_days: int | None
    #: the same key, the same face: whatever is written or done on the idea changes its stamp
    key: Hashable
    #: the stages that this person may ask to move it to; none: it is not theirs to move
    moves: Sequence[Stage] = ()


@dataclasses.dataclass(frozen=True)
class Card:
    """What the face of a card says: to everybody who may see it the same."""

    idea: Idea
    #: how long a stay in its stage usually is, in whole days; None while nobody can tell
    usual_days: int | None = None

    @property
    def change(self) -> str:
        """What would be less bad; empty while nobody knows."""
        return self.idea.change if ideas.change_is_known(self.idea) else ""

    @property
    def next(self) -> Requirement | None:
        """What it needs first, before it can go on to planning or sign-off."""
        return gates.first_missing(self.idea) if self.idea.stage in (Stage.NEW, Stage.PLANNING) else None

    @property
    def late_steps(self) -> list[Step]:
        """Steps whose day has passed, while the idea goes on."""
        return self.idea.late_steps if self.idea.stage in GOES_ON else []

    @property
    def stays_long(self) -> bool:
        """Whether it has been in its stage for longer than is usual."""
        return self.usual_days is not None and self.idea.days_in_stage > self.usual_days

    @property
    def condition(self) -> str:
        """What holds while it is tried, in the words of the leader who said yes."""
        if self.idea.stage is not Stage.TRYING:
            return ""
        return "\n".join(plans.conditions(self.idea))

    @property
    def is_backed_by_its_decider(self) -> bool:
        """Whether the yes under which it is tried came from somebody who sponsors it."""
        tried = self.idea.stage is Stage.TRYING
        return tried and any(yes.decided_by_sponsor for yes in rounds.agreement(self.idea, Gate.TRY))

    @property
    def lesson(self) -> str:
        """What was learned, when it is stopped."""
        return self.idea.lessons[-1].text if self.idea.stage is Stage.STOPPED and self.idea.lessons else ""

    @property
    def trial_days(self) -> tuple[int, int] | None:
        """Which day of its trial this is, and how many there are; None when it is not being tried."""
        return plans.trial_days(self.idea)

    @property
    def time_is_up(self) -> bool:
        """Whether its trial's end date has passed and nobody has said what comes now."""
        return plans.time_is_up(self.idea)


def entries(
    person: Person,
    usual: Mapping[Stage, int],
    asked: Iterable[tuple[sa.Select[*tuple[Any, ...]], Mapping[str, Any]]],
) -> list[Entry]:
    """The entries that selects of `columns` find, each filled in with its values, one after the other.

    Whether one of them is theirs to move is asked of the right itself.
    """
    found = [row for select, values in asked for row in rows(select, values)]
    own = _movable(person, [row.id for row in found if row.is_own])
    today = clock.today()
    return [_entry(row, usual, today, own.get(row.id, ())) for row in found]


def entry(
    person: Person,
    usual: Mapping[Stage, int],
    select: sa.Select[*tuple[Any, ...]],
    values: Mapping[str, Any],
    idea: Idea,
) -> Entry | None:
    """The entry of an idea that is at hand, if the select finds it."""
    row = next(iter(rows(select, values)), None)
    if row is None:
        return None
    return _entry(row, usual, clock.today(), moves.offered(idea, by=person) if row.is_own else ())


def _entry(row: sa.Row[Any], usual: Mapping[Stage, int], today: dt.date, may_move_to: Sequence[Stage]) -> Entry:
    return Entry(
        id=row.id,
        ref=references.written(row.number),
        version=row.version,
        title=row.title,
        stage=row.stage,
        usual_days=usual.get(row.stage),
        key=(row.id, row.stamp, today, usual.get(row.stage), *row[_BESIDE:]),
        moves=may_move_to,
    )


_OWNER, _HOME, _HURTS = aliased(Person), aliased(Organisation), aliased(Organisation)
#: How many columns come before those that a face hangs on beside the stamp: they may change without it.
_BESIDE = 7


def columns(found: sa.Select[Idea]) -> sa.Select[*tuple[Any, ...]]:
    """What an entry is made of, of the ideas that a select finds: `search.select`, filled in with its `values`."""
    belongs_there = sa.select(Membership.id).where(
        Membership.person_id == Idea.owner_id,
        Membership.organisation_id == Idea.home_organisation_id,
        Membership.holds(),
    )
    read = (
        *(Idea.id, Idea.number, Idea.version, Idea.title, Idea.stage, Idea.stamp),
        Idea.of_team(sa.bindparam("reader")).label("is_own"),
        *(Idea.due_on, _OWNER.name, _HOME.name, _HOME.sector, _HOME.sponsor_may_decide),
        *(_HURTS.name, _HURTS.sector),
        belongs_there.correlate(Idea).exists().label("owner_belongs_there"),
    )
    return (
        found.with_only_columns(*read, maintain_column_froms=True)
        .outerjoin(_OWNER, _OWNER.id == Idea.owner_id)
        .outerjoin(_HOME, _HOME.id == Idea.home_organisation_id)
        .outerjoin(_HURTS, _HURTS.id == Idea.hurts_organisation_id)
    )


def _movable(person: Person, ids: Sequence[int]) -> dict[int, list[Stage]]:
    """Where this person may move those of these ideas that are theirs."""
    if not ids:
        return {}
    own = db.session.scalars(_BARE, {"ids": ids}).all()
    parts.read(own, TEAM)
    return {idea.id: moves.offered(idea, by=person) for idea in own}


def read(ids: Sequence[int], *at_hand: Idea) -> list[Idea]:
    """These ideas with all that a card says of them. They were found among what somebody may see.

    Of what is at hand already, only what belongs to it is read.
    """
    found = [idea for idea in at_hand if idea.id in ids]
    held = {idea.id for idea in found}
    if others := [each for each in ids if each not in held]:
        found += db.session.scalars(_SOME, {"ids": others})
    parts.read(found, *PARTS)
    return found


#: Who is or was in its team, without their names: what the rights ask.
TEAM = Part("team_members", TeamMember, (lazyload(TeamMember.person),))
#: What a card shows of the idea itself, and the parts of it that it shows, and nothing more.
WITH_EACH = (
    lazyload(Idea.author),
    joinedload(Idea.plan),
    joinedload(Idea.owner).selectinload(Person.memberships),
)
PARTS = (
    TEAM,
    Part("steps", Step, (lazyload(Step.owner),)),
    Part("screening", ScreeningAnswer),
    Part("lessons", Lesson, (lazyload(Lesson.by),)),
    Part("sponsorships", Sponsorship, (joinedload(Sponsorship.person), lazyload(Sponsorship.pledges))),
    Part(
        "sign_offs",
        SignOff,
        (
            lazyload(SignOff.organisation),
            joinedload(SignOff.leader),
            lazyload(SignOff.asked_by),
            joinedload(SignOff.decision).lazyload(Decision.decided_by),
        ),
    ),
)
_OF_IDS = sa.select(Idea).where(Idea.id.in_(sa.bindparam("ids", expanding=True)))
_SOME, _BARE = _OF_IDS.options(*WITH_EACH), _OF_IDS.options(lazyload("*"))
