"""Ideas: what happens now, and the change that would be less bad."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideas import clock
from ideas.db import Base, closed_set
from ideas.text import references

from .audience import Audience
from .stage_entry import Stage
from .team_member import Place, TeamMember
from .verdict import RULES, VerdictKind

if TYPE_CHECKING:
    from .attachment import Attachment
    from .cycle import Cycle
    from .event import Event
    from .felt import FeltRound
    from .happening import Happening
    from .hiding import Hiding
    from .home_ask import HomeAsk
    from .lesson import Lesson
    from .measure import Measure
    from .organisation import Membership, Organisation
    from .person import Person
    from .plan import Check, Plan, ScreeningAnswer, Step
    from .sign_off import SignOff
    from .sponsorship import Sponsorship
    from .stage_entry import StageEntry
    from .watch import Watch
    from .weekly_minute import WeeklyMinute


#: So many that none is ever drawn twice for an idea.
_STAMP_BITS = 62


class Idea(Base):
    """What happens now, the change that would be less bad, and a short name."""

    __tablename__ = "ideas"
    __table_args__ = (
        # The board's order within a stage, and behind it what its counts ask: they read the index and nothing else.
        sa.Index("ix_ideas_board", "stage", "due_on", "stage_since", "id", "audience", "sponsor_count"),
        # What the counts of everything ask, in as little as it takes.
        sa.Index("ix_ideas_counts", "audience", "stage", "sponsor_count"),
        # The list's order: what moved last comes first.
        sa.Index("ix_ideas_newest", "stage_since", "id", "audience", "stage"),
        sa.Index(
            "ix_ideas_due_on",
            "due_on",
            sqlite_where=sa.text("due_on IS NOT NULL"),
            postgresql_where=sa.text("due_on IS NOT NULL"),
        ),
        sa.CheckConstraint("sponsor_count >= 0", name="sponsor_count"),
        sa.CheckConstraint("number > 0", name="number"),
        sa.CheckConstraint("length(title) > 0 AND length(now) > 0", name="said"),
        sa.CheckConstraint(
            "audience <> 'withdrawn' OR (author_id IS NULL AND owner_id IS NULL)", name="withdrawn_is_nobodys"
        ),
        sa.CheckConstraint("claim_hash IS NULL OR author_id IS NULL", name="without_name_has_no_author"),
        sa.CheckConstraint("claim_hash IS NULL OR audience <> 'draft'", name="without_name_is_no_draft"),
        sa.CheckConstraint("audience <> 'here_first' OR opens_on IS NOT NULL", name="here_first_until_a_day"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    #: drawn at random, so that it tells no order
    number: Mapped[int] = mapped_column(unique=True)
    #: counts moves and edits of idea, plan and screening; who acts on an older one is told
    version: Mapped[int] = mapped_column(default=1)
    #: drawn anew at every event: what was kept under it is never old, not even after a transaction was undone
    stamp: Mapped[int] = mapped_column(sa.BigInteger, default=lambda: secrets.randbits(_STAMP_BITS))
    title: Mapped[str] = mapped_column(sa.String(120))
    now: Mapped[str]
    #: empty: "I do not know yet", which is a valid answer and an ask
    change: Mapped[str] = mapped_column(default="")
    audience: Mapped[Audience] = mapped_column(closed_set(Audience))
    #: the day on which what is here first opens to everybody
    opens_on: Mapped[dt.date | None] = mapped_column(index=True)
    said_at: Mapped[dt.datetime]
    #: its numbers and outcome are made up, to show how Headroom works
    is_illustrative: Mapped[bool] = mapped_column(default=False)

    #: a draft that opens when this membership is confirmed: its author joins
    waits_for_id: Mapped[int | None] = mapped_column(sa.ForeignKey("memberships.id"), index=True)
    #: said without a name: the hash, keyed with the server's key, of the six words that its author has
    claim_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"), index=True)
    #: the ward, home, round or desk where it hurts
    hurts_place: Mapped[str] = mapped_column(sa.String(120), default="")
    hurts_organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisations.id"), index=True)
    #: where it would have to change; none: it looks for a host
    home_organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisations.id"), index=True)

    # The newest stage entry, kept here too so that a board of thousands is read from one index.
    stage: Mapped[Stage] = mapped_column(closed_set(Stage), default=Stage.NEW)
    stage_since: Mapped[dt.datetime]
    #: the day by which something is owed: an open request's or its home's answer, else the end of the trial
    due_on: Mapped[dt.date | None]
    trial_started_on: Mapped[dt.date | None]
    trial_ends_on: Mapped[dt.date | None]
    #: the sponsors who said yes, counted here so that the board can tell which ideas lack one
    sponsor_count: Mapped[int] = mapped_column(default=0)
    #: those who said "us too", counted here for cards
    us_too_count: Mapped[int] = mapped_column(default=0, server_default="0")
    #: what its readings say of what matters most, kept here for cards and lists; none while nothing is judged
    verdict: Mapped[VerdictKind | None] = mapped_column(closed_set(VerdictKind), index=True)
    #: the sentence of that verdict
    verdict_words: Mapped[str] = mapped_column(default="")
    #: whether something else that is counted is worse
    has_worse: Mapped[bool] = mapped_column(default=False)
    #: the newest readings as heights from 0 to 20, oldest first, with a bar where the change starts: "9 10|4 3"
    spark: Mapped[str] = mapped_column(sa.String(120), default="")
    #: by which rules it was judged: with older ones it is judged anew
    judged_by: Mapped[int] = mapped_column(default=RULES, index=True)
    #: what the team says came of it, in its own words
    stated_result: Mapped[str] = mapped_column(default="")
    #: the same in the words of a verdict, so that it can be set beside what the readings say; none: not in one word
    stated_as: Mapped[VerdictKind | None] = mapped_column(closed_set(VerdictKind))

    waits_for: Mapped[Membership | None] = relationship()
    author: Mapped[Person | None] = relationship(foreign_keys=[author_id], lazy="joined")
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id], lazy="joined")
    hurts_organisation: Mapped[Organisation | None] = relationship(foreign_keys=[hurts_organisation_id], lazy="joined")
    home_organisation: Mapped[Organisation | None] = relationship(foreign_keys=[home_organisation_id], lazy="joined")
    team_members: Mapped[list[TeamMember]] = relationship(back_populates="idea", order_by="TeamMember.id")
    stage_entries: Mapped[list[StageEntry]] = relationship(back_populates="idea", order_by="StageEntry.id")
    plan: Mapped[Plan] = relationship(back_populates="idea")
    steps: Mapped[list[Step]] = relationship(back_populates="idea", order_by="Step.id")
    screening: Mapped[list[ScreeningAnswer]] = relationship(back_populates="idea", order_by="ScreeningAnswer.id")
    checks: Mapped[list[Check]] = relationship(back_populates="idea", order_by="Check.id")
    #: those that were taken off again among them
    all_attachments: Mapped[list[Attachment]] = relationship(back_populates="idea", order_by="Attachment.id")
    sponsorships: Mapped[list[Sponsorship]] = relationship(back_populates="idea", order_by="Sponsorship.id")
    home_asks: Mapped[list[HomeAsk]] = relationship(back_populates="idea", order_by="HomeAsk.id")
    sign_offs: Mapped[list[SignOff]] = relationship(back_populates="idea", order_by="SignOff.id")
    measures: Mapped[list[Measure]] = relationship(back_populates="idea", order_by="Measure.id")
    #: one for each week that somebody answered, oldest first
    weekly_minutes: Mapped[list[WeeklyMinute]] = relationship(back_populates="idea", order_by="WeeklyMinute.id")
    happenings: Mapped[list[Happening]] = relationship(
        back_populates="idea", order_by="(Happening.happened_on, Happening.id)", cascade="all, delete-orphan"
    )
    cycles: Mapped[list[Cycle]] = relationship(
        back_populates="idea", order_by="Cycle.number", cascade="all, delete-orphan"
    )
    felt_rounds: Mapped[list[FeltRound]] = relationship(back_populates="idea", order_by="FeltRound.id")
    watches: Mapped[list[Watch]] = relationship(back_populates="idea", order_by="Watch.id")
    lessons: Mapped[list[Lesson]] = relationship(back_populates="idea", order_by="Lesson.id")
    hidings: Mapped[list[Hiding]] = relationship(back_populates="idea", order_by="Hiding.id")
    events: Mapped[list[Event]] = relationship(back_populates="idea", order_by="Event.id")

    @property
    def ref(self) -> str:
        """How it is known: I-4821."""
        return references.written(self.number)

    @property
    def is_said_otherwise(self) -> bool:
        """Whether its team says one thing and its readings, where they say anything, another."""
        silent = (None, VerdictKind.TOO_FEW)
        return self.stated_as not in silent and self.verdict not in silent and self.stated_as is not self.verdict

    @property
    def is_draft(self) -> bool:
        """Whether only its team may read it."""
        return self.audience is Audience.DRAFT

    @property
    def is_here_first(self) -> bool:
        """Whether only those whom it concerns may read it, until its day."""
        return self.audience is Audience.HERE_FIRST

    @property
    def is_open(self) -> bool:
        """Whether everybody who is signed in may read it."""
        return self.audience is Audience.OPEN

    @property
    def keeper(self) -> Organisation | None:
        """Whose leaders and administrators may hide it: its home; where it hurts, while it has none."""
        return self.home_organisation or self.hurts_organisation

    @property
    def is_hidden(self) -> bool:
        """Whether somebody hid it, with a reason, from all but its team."""
        return self.audience is Audience.HIDDEN

    @property
    def hiding(self) -> Hiding | None:
        """The hiding that keeps it from others now."""
        return next((hiding for hiding in self.hidings if hiding.is_in_force), None) if self.is_hidden else None

    @property
    def is_without_name(self) -> bool:
        """Whether nobody's name stands on it."""
        return self.claim_hash is not None

    @property
    def said_on(self) -> dt.date:
        """The day on which it was said, which is all that is shown; for one without a name, all that is kept."""
        return clock.day(self.said_at)

    @property
    def looks_for_a_host(self) -> bool:
        """Whether no organisation has said yet that it would change there."""
        return self.home_organisation_id is None

    @property
    def is_overdue(self) -> bool:
        """Whether an answer or the end of its trial is past due."""
        return self.due_on is not None and self.due_on < clock.today()

    @property
    def days_in_stage(self) -> int:
        """Whole days since it entered the stage it is in."""
        return (clock.today() - clock.day(self.stage_since)).days

    @property
    def team(self) -> list[Person]:
        """Author, owner and those who said yes, each once, in the order they came."""
        return list({m.person_id: m.person for m in self.team_members if m.is_active}.values())

    def draw_stamp(self) -> None:
        """Tell whoever kept something of it that it is not as it was."""
        self.stamp = secrets.randbits(_STAMP_BITS)

    def has_in_team(self, person: Person) -> bool:
        """Whether this person is its author, its owner or in its team now."""
        return person.id in (self.author_id, self.owner_id) or any(
            m.person_id == person.id and m.is_active for m in self.team_members
        )

    @classmethod
    def of_team(cls, person_id: Any) -> sa.ColumnElement[bool]:
        """What `has_in_team` says, as a condition of a select on a person's id, or on what stands for it."""
        teams = sa.select(TeamMember.idea_id).where(
            TeamMember.person_id == person_id, TeamMember.accepted.is_(True), TeamMember.ended_at.is_(None)
        )
        # Not correlated: the select around it may be about team members itself.
        return sa.or_(cls.author_id == person_id, cls.owner_id == person_id, cls.id.in_(teams.correlate(None)))

    def ever_had_in_team(self, person: Person) -> bool:
        """Whether this person ever was one of them: it bars from sponsoring and deciding for good.

        So does being asked whether it is one's own, until one has said that it is not.
        """
        return person.id in (self.author_id, self.owner_id) or any(
            m.person_id == person.id and (m.accepted or m.is_asked_whether_theirs) for m in self.team_members
        )

    @property
    def asked_author(self) -> TeamMember | None:
        """The colleague for whom it was entered, while nobody knows whether they say that it is theirs."""
        return next((m for m in self.team_members if m.is_asked_whether_theirs), None)

    @property
    def entered_by(self) -> Person | None:
        """Who entered it for its author."""
        said = (m for m in self.team_members if m.place is Place.AUTHOR and m.person_id == self.author_id)
        return next((m.asked_by for m in said if m.accepted), None)

    def asks_of_team(self, person: Person) -> list[TeamMember]:
        """The places in its team that this person was asked to take and has not answered."""
        return [m for m in self.team_members if m.person_id == person.id and m.is_asked]

    @property
    def owner_was_named_by_a_leader(self) -> bool:
        """Whether a leader of the home named the owner, who then need not be a member of it."""
        return any(
            m.person_id == self.owner_id and m.place is Place.OWNER and m.is_active and m.named_by_leader
            for m in self.team_members
        )

    @property
    def accepted_sponsorships(self) -> list[Sponsorship]:
        """The sponsors who said yes."""
        return [s for s in self.sponsorships if s.is_accepted]

    @property
    def open_home_ask(self) -> HomeAsk | None:
        """What its home was asked and has not answered: whether it takes it on."""
        return next((ask for ask in reversed(self.home_asks) if ask.is_open), None)

    @property
    def open_sign_off(self) -> SignOff | None:
        """The request that waits for an answer now; of several side by side, the first of those that are due first."""
        return min(self.open_sign_offs, key=lambda request: request.due_on, default=None)

    @property
    def open_sign_offs(self) -> list[SignOff]:
        """All requests that wait for an answer now: one for each organisation that has to agree."""
        return [request for request in self.sign_offs if request.is_open]

    @property
    def checks_called_for(self) -> list[Check]:
        """The checks that its answers call for, oldest first."""
        return [check for check in self.checks if check.is_called_for]

    @property
    def attachments(self) -> list[Attachment]:
        """The files that are on its plan now, oldest first."""
        return [attachment for attachment in self.all_attachments if attachment.is_on_the_plan]

    @property
    def late_steps(self) -> list[Step]:
        """Steps that are not done and whose day has passed."""
        return [step for step in self.steps if step.is_late]
