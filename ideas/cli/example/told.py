"""What is shared while one story is told: its words, who is who, and the idea once it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import diary

if TYPE_CHECKING:
    import datetime as dt

    from ideas.models import Idea, Measure, Organisation, Person, SignOff

    from .cast import Cast
    from .story import Round, Story


class Told:
    """One idea on its way. `idea`, `requests` and `measures` are there once the diary has come to them."""

    idea: Idea

    def __init__(self, story: Story, cast: Cast, today: dt.date) -> None:
        self.story = story
        self.cast = cast
        self.today = today
        self.measures: dict[str, Measure] = {}
        #: the numbers that are given in a weekly minute, by the day of it and the name of the measure
        self.weekly: dict[tuple[int, str], float] = {}
        #: the newest request to each organisation, by its key; to its home without one
        self.requests: dict[str, SignOff] = {}

    def person(self, key: str) -> Person:
        """Somebody by first name."""
        return self.cast.people[key]

    def organisation(self, key: str) -> Organisation | None:
        """An organisation by key; none for an empty one."""
        return self.cast.organisations[key] if key else None

    @property
    def author(self) -> Person:
        """Who said it."""
        return self.person(self.story.author)

    @property
    def carrier(self) -> Person:
        """Who does what the team does: the owner, and the author while there is none."""
        return self.person(self.story.owner or self.story.author)

    def asked_days_ago(self, round_: Round) -> float:
        """How many days ago the leader of this round was asked."""
        if round_.day is not None:
            return round_.day
        asked = self.cast.organisations[round_.organisation or self.story.home]
        return diary.days_ago_to_be_due_in(round_.due or 0, self.today, within=asked.sign_off_days, nation=asked.nation)

    @property
    def started(self) -> float | None:
        """How many days ago a leader of its home said yes to trying it."""
        for round_ in self.story.rounds:
            if round_.outcome == "approve" and not round_.organisation:
                return round_.answered
        return None

    @property
    def plan_stood(self) -> float:
        """How many days ago its plan stood: when a leader was first asked, or else when they last worked on it."""
        if self.story.rounds:
            return self.asked_days_ago(self.story.rounds[0])
        return self.story.worked or max(1.5, (self.story.planned or self.story.said) / 3)
