"""Plans: the smallest test and how it is kept safe, its steps, the screening and the checks."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas import clock
from ideas.db import Base, closed_set

if TYPE_CHECKING:
    from .idea import Idea
    from .person import Person
    from .sign_off import Decision


class HowSure(enum.StrEnum):
    """Where a number comes from."""

    #: somebody counted it
    COUNTED = "counted"
    #: worked out from something that was counted
    ESTIMATED = "estimated"
    #: a guess, and said to be one
    GUESSED = "guessed"


class Plan(Base):
    """One smallest test: who, where, how long, how we will know, how we undo it."""

    __tablename__ = "plans"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="ends_after_it_starts"),
    )

    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"), primary_key=True)
    smallest_test: Mapped[str] = mapped_column(default="")
    how_we_know: Mapped[str] = mapped_column(default="")
    undoing: Mapped[str] = mapped_column(default="")
    #: what would stop it at once
    stop_rule: Mapped[str] = mapped_column(default="")
    #: who watches for that
    watcher: Mapped[str] = mapped_column(sa.String(120), default="")
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    #: its size, in words: "about 24 patients at a time"
    people_touched: Mapped[str] = mapped_column(sa.String(120), default="")
    # Harm and risk in the same four terms: who, how badly, how many, how sure.
    harm_who: Mapped[str] = mapped_column(sa.String(300), default="")
    harm_of_staying: Mapped[str] = mapped_column(default="")
    harm_how_many: Mapped[str] = mapped_column(sa.String(300), default="")
    harm_how_sure: Mapped[HowSure | None] = mapped_column(closed_set(HowSure))
    risk_who: Mapped[str] = mapped_column(sa.String(300), default="")
    risk_of_trying: Mapped[str] = mapped_column(default="")
    risk_how_many: Mapped[str] = mapped_column(sa.String(300), default="")
    risk_how_sure: Mapped[HowSure | None] = mapped_column(closed_set(HowSure))
    cost: Mapped[str] = mapped_column(default="")
    still_wrong: Mapped[str] = mapped_column(default="")
    #: residents, patients, families, staff, who were asked, and what they said
    asked_whom: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]

    idea: Mapped[Idea] = relationship(back_populates="plan")


class Step(Base):
    """One thing to do: who, by when, done or not."""

    __tablename__ = "steps"
    __table_args__ = (sa.CheckConstraint("(done_at IS NULL) = (done_by_id IS NULL)", name="done_by_somebody"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"), index=True)
    due_on: Mapped[dt.date | None]
    done_at: Mapped[dt.datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))

    idea: Mapped[Idea] = relationship(back_populates="steps")
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id], lazy="joined")

    @property
    def is_done(self) -> bool:
        """Whether somebody ticked it off."""
        return self.done_at is not None

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not done."""
        return not self.is_done and self.due_on is not None and self.due_on < clock.today()

    @property
    def is_this_week(self) -> bool:
        """Whether it is due within the next seven days."""
        today = clock.today()
        return not self.is_done and self.due_on is not None and today <= self.due_on <= today + dt.timedelta(days=7)


class Answer(enum.StrEnum):
    """An answer to a screening question."""

    #: it is so
    YES = "yes"
    #: it is not
    NO = "no"
    #: a fair answer: it asks somebody for a word, not for a form
    NOT_SURE = "not_sure"


class ScreeningAnswer(Base):
    """What the team answered to one screening question."""

    __tablename__ = "screening_answers"
    __table_args__ = (sa.UniqueConstraint("idea_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"))
    #: the key of the question in the governance data
    question: Mapped[str] = mapped_column(sa.String(40))
    answer: Mapped[Answer] = mapped_column(closed_set(Answer))
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    answered_at: Mapped[dt.datetime]

    idea: Mapped[Idea] = relationship(back_populates="screening")


class CheckState(enum.StrEnum):
    """How far a check has come. Headroom points to a check; it never passes one."""

    #: nobody has been asked, or no answer has come
    OPEN = "open"
    #: being talked over; "not sure" starts here
    TALKING = "talking"
    #: somebody says it is done
    DONE = "done"
    #: somebody says it is not needed
    NOT_NEEDED = "not_needed"

    @property
    def words(self) -> str:
        """The state on the screen."""
        return self.value.replace("_", " ").capitalize()


class SaidBy(enum.StrEnum):
    """Whose word a check's state is: two different things, never mixed up."""

    #: the team says so
    TEAM = "team"
    #: the person who was asked says so
    ADVISER = "adviser"


class Check(Base):
    """Governance that an answer calls for: who was asked, by when, and what they said."""

    __tablename__ = "checks"
    __table_args__ = (
        sa.UniqueConstraint("idea_id", "kind"),
        sa.CheckConstraint("state = 'open' OR state = 'talking' OR said_by IS NOT NULL", name="somebody_says_so"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"))
    #: the key of the check in the governance data
    kind: Mapped[str] = mapped_column(sa.String(40))
    #: whether the answers call for it now; a check whose answer became "no" stays, and asks nothing
    is_called_for: Mapped[bool] = mapped_column(default=True)
    state: Mapped[CheckState] = mapped_column(closed_set(CheckState), default=CheckState.OPEN)
    #: a role or a name, when the person has no account
    asked_whom: Mapped[str] = mapped_column(sa.String(120), default="")
    asked_person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"), index=True)
    asked_on: Mapped[dt.date | None]
    due_on: Mapped[dt.date | None]
    answer: Mapped[str] = mapped_column(default="")
    said_by: Mapped[SaidBy | None] = mapped_column(closed_set(SaidBy))
    said_by_person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    said_at: Mapped[dt.datetime | None]
    #: the approval that made it a condition while the trial runs
    condition_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("decisions.id"))

    idea: Mapped[Idea] = relationship(back_populates="checks")
    asked_person: Mapped[Person | None] = relationship(foreign_keys=[asked_person_id], lazy="joined")
    said_by_person: Mapped[Person | None] = relationship(foreign_keys=[said_by_person_id])
    condition_of: Mapped[Decision | None] = relationship()

    @property
    def is_settled(self) -> bool:
        """Whether somebody says that it is done or not needed."""
        return self.state in (CheckState.DONE, CheckState.NOT_NEEDED)

    @property
    def is_in_the_way(self) -> bool:
        """Whether trying waits for it: called for, not settled, not made a condition."""
        return self.is_called_for and not self.is_settled and self.condition_of_id is None

    @property
    def whom(self) -> str:
        """Who was asked, in words; empty when nobody was."""
        return self.asked_person.name if self.asked_person else self.asked_whom
