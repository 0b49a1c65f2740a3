"""Sign-off: a request for one organisation's answer, the case it asks about, and the decision."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas import clock
from ideas.db import Base, closed_set

from .organisation import Sector
from .stage_entry import Stage

if TYPE_CHECKING:
    from .idea import Idea
    from .organisation import Organisation
    from .person import Person


class Gate(enum.StrEnum):
    """What the answer opens."""

    #: may they try it?
    TRY = "try"
    #: shall it be the way we work?
    ADOPT = "adopt"

    @property
    def opens(self) -> Stage:
        """The stage behind the gate."""
        return Stage.TRYING if self is Gate.TRY else Stage.ADOPTED

    @property
    def question(self) -> str:
        """What the leader is asked."""
        return "May they try it?" if self is Gate.TRY else "Make it the way we work?"


class Outcome(enum.StrEnum):
    """What a leader can answer."""

    #: yes, to an end date
    APPROVE = "approve"
    #: this would make it a yes
    NOT_YET = "not_yet"
    #: it ends here, not elsewhere
    NO = "no"
    #: another organisation's to answer: this one is out, the others stand
    NOT_OURS = "not_ours"

    @property
    def words(self) -> str:
        """The outcome on the screen."""
        return {"approve": "Yes", "not_yet": "Not yet", "no": "No", "not_ours": "Not ours"}[self.value]


class Case(Base):
    """Idea, plan, checks and evidence as they were read at one moment. Kept as it was."""

    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"), index=True)
    #: names the words asked about; changes when they do, and only then
    version: Mapped[str] = mapped_column(sa.String(16))
    content: Mapped[dict[str, Any]]
    kept_at: Mapped[dt.datetime]


class SignOff(Base):
    """A request to a named leader, at a gate, with a due date and the case it asks about."""

    __tablename__ = "sign_offs"
    __table_args__ = (
        sa.Index(
            "uq_sign_offs_open",
            "idea_id",
            "asked_organisation_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        sa.CheckConstraint("withdrawal_reason = '' OR closed_at IS NOT NULL", name="withdrawn_is_closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("ideas.id"), index=True)
    #: who answers: the organisation that was asked, or its partner in its place
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisations.id"), index=True)
    #: whose answer it is: the idea's home, or another that has to agree
    asked_organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisations.id"), index=True)
    #: the first of the requests that stand side by side; none: it is the first, or alone
    beside_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sign_offs.id"))
    gate: Mapped[Gate] = mapped_column(closed_set(Gate))
    leader_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    asked_at: Mapped[dt.datetime]
    due_on: Mapped[dt.date]
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    #: when it was decided or taken back
    closed_at: Mapped[dt.datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    withdrawal_reason: Mapped[str] = mapped_column(default="")
    #: when it was handed to the deputy because it was overdue
    handed_over_at: Mapped[dt.datetime | None]

    idea: Mapped[Idea] = relationship(back_populates="sign_offs")
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], lazy="joined")
    asked_organisation: Mapped[Organisation] = relationship(foreign_keys=[asked_organisation_id])
    leader: Mapped[Person] = relationship(foreign_keys=[leader_id], lazy="joined")
    asked_by: Mapped[Person | None] = relationship(foreign_keys=[asked_by_id], lazy="joined")
    withdrawn_by: Mapped[Person | None] = relationship(foreign_keys=[withdrawn_by_id])
    case: Mapped[Case] = relationship()
    decision: Mapped[Decision | None] = relationship(back_populates="sign_off", lazy="selectin")

    @property
    def round_id(self) -> int:
        """Names those that stand side by side: the id of the first of them."""
        return self.beside_id or self.id

    @property
    def is_stood_in_for(self) -> bool:
        """Whether a partner answers in the place of the organisation that was asked."""
        return self.organisation is not self.asked_organisation

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.closed_at is None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back before an answer."""
        return self.closed_at is not None and self.decision is None

    @property
    def is_overdue(self) -> bool:
        """Whether its due day is over and no answer has come."""
        return self.is_open and self.due_on < clock.today()


@dataclasses.dataclass(frozen=True)
class Seat:
    """The seat of whoever would answer about an idea, before anybody is asked."""

    idea: Idea
    #: who would answer
    organisation: Organisation
    #: whose answer it would be: the same, or the one whose partner that is
    asked_organisation: Organisation

    @property
    def organisation_id(self) -> int:
        """As a request has it."""
        return self.organisation.id


class Decision(Base):
    """A named leader's answer. One per request, never edited: the database refuses."""

    __tablename__ = "decisions"
    __table_args__ = (
        # The second net: whoever decides was asked, is not of the idea, and is not of a supplier.
        sa.CheckConstraint("decided_by_id = asked_leader_id", name="the_asked_leader_decides"),
        sa.CheckConstraint("author_id IS NULL OR decided_by_id <> author_id", name="not_by_the_author"),
        sa.CheckConstraint("owner_id IS NULL OR decided_by_id <> owner_id", name="not_by_the_owner"),
        sa.CheckConstraint("sector <> 'supplier'", name="not_by_a_supplier"),
        sa.CheckConstraint("has_no_interest", name="without_an_interest"),
        sa.CheckConstraint("NOT decided_by_sponsor OR sponsor_may_decide", name="sponsor_only_where_allowed"),
        sa.CheckConstraint("outcome <> 'no' OR length(reason) > 0", name="a_no_has_its_reason"),
        sa.CheckConstraint("outcome <> 'not_yet' OR length(would_change) > 0", name="a_not_yet_says_what_would_do"),
        sa.CheckConstraint(
            "(ends_on IS NOT NULL)"
            " = ((gate = 'try' AND outcome = 'approve') OR (gate = 'adopt' AND outcome = 'not_yet'))",
            name="ends_on_a_date",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_off_id: Mapped[int] = mapped_column(sa.ForeignKey("sign_offs.id"), unique=True)
    outcome: Mapped[Outcome] = mapped_column(closed_set(Outcome))
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    decided_at: Mapped[dt.datetime]
    #: the case as it was read at the decision
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    ends_on: Mapped[dt.date | None]
    condition_while: Mapped[str] = mapped_column(default="")
    #: not yet: what would make it a yes; no: what would change the answer
    would_change: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    #: no: the smaller thing that may be tried now
    smaller_yes: Mapped[str] = mapped_column(default="")
    has_no_interest: Mapped[bool]
    # As they were at that moment, for the constraints above.
    gate: Mapped[Gate] = mapped_column(closed_set(Gate))
    author_id: Mapped[int | None]
    owner_id: Mapped[int | None]
    asked_leader_id: Mapped[int]
    sector: Mapped[Sector] = mapped_column(closed_set(Sector))
    #: sponsor and decider are the same
    decided_by_sponsor: Mapped[bool] = mapped_column(default=False)
    #: the organisation allowed that
    sponsor_may_decide: Mapped[bool] = mapped_column(default=False)

    sign_off: Mapped[SignOff] = relationship(back_populates="decision")
    decided_by: Mapped[Person] = relationship(lazy="joined")
    case: Mapped[Case] = relationship()
