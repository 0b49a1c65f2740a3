"""Cards: what the board shows of an idea, in few words."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sqlalchemy.orm import joinedload, lazyload, selectinload

from ideas import clock
from ideas.models import Decision, Idea, Lesson, Person, SignOff, Sponsorship, Stage, Step, TeamMember

from . import gates, ideas, plans

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm.interfaces import ORMOption

    from .gates import Requirement

#: Where an idea goes on: what is late there is late, and what is missing there is missing.
GOES_ON = (Stage.NEW, Stage.PLANNING, Stage.SIGN_OFF, Stage.TRYING)


@dataclasses.dataclass(frozen=True)
class Card:
    """What the board shows of an idea to one person."""

    idea: Idea
    #: the stages that this person may ask to move it to; none: it is not theirs to move
    moves: Sequence[Stage] = ()
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
        yes = plans.approval(self.idea)
        return yes.condition_while if yes else ""

    @property
    def lesson(self) -> str:
        """What was learned, when it is stopped."""
        return self.idea.lessons[-1].text if self.idea.stage is Stage.STOPPED and self.idea.lessons else ""

    @property
    def trial_days(self) -> tuple[int, int] | None:
        """Which day of its trial this is, and how many there are; None when it is not being tried."""
        start, end = self.idea.trial_started_on, self.idea.trial_ends_on
        if self.idea.stage is not Stage.TRYING or start is None or end is None:
            return None
        return min(max(_days(start, clock.today()), 1), _days(start, end)), _days(start, end)

    @property
    def time_is_up(self) -> bool:
        """Whether its trial's end date has passed and nobody has said what comes now."""
        end = self.idea.trial_ends_on
        return self.idea.stage is Stage.TRYING and end is not None and end < clock.today()


def _days(start: dt.date, end: dt.date) -> int:
    return (end - start).days


def shown() -> tuple[ORMOption, ...]:
    """What a card shows and nothing more, so that a board loads it in a fixed number of statements."""
    return (
        lazyload(Idea.author),
        selectinload(Idea.team_members).options(lazyload(TeamMember.person)),
        selectinload(Idea.steps).options(lazyload(Step.owner)),
        selectinload(Idea.screening),
        selectinload(Idea.lessons).options(lazyload(Lesson.by)),
        selectinload(Idea.plan),
        selectinload(Idea.sponsorships).options(
            joinedload(Sponsorship.person).lazyload(Person.memberships), lazyload(Sponsorship.pledges)
        ),
        selectinload(Idea.sign_offs).options(
            lazyload(SignOff.organisation),
            joinedload(SignOff.leader).lazyload(Person.memberships),
            lazyload(SignOff.asked_by),
            selectinload(SignOff.decision).lazyload(Decision.decided_by),
        ),
    )
