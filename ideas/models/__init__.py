"""The things: rows, their invariants, and the questions one can ask them."""

from .attachment import Attachment
from .audience import Audience
from .audit_entry import AuditEntry
from .barrier import Barrier
from .correction import Correction
from .credential import Credential
from .cycle import Cycle, CycleEnd, CycleStep, Foresight
from .event import Event
from .felt import Felt, FeltAsk, FeltRound, Moment
from .happening import Happening
from .hiding import Hiding
from .home_ask import HomeAnswer, HomeAsk
from .idea import Idea
from .invitation import Invitation
from .lesson import Lesson
from .measure import Direction, Measure, MeasureKind, Reading, Rhythm
from .organisation import GIVE_NO_CARE, Absence, Membership, Nation, Organisation, Role, Sector
from .password_link import PasswordLink
from .person import Person
from .plan import Answer, Check, CheckState, HowSure, Plan, SaidBy, ScreeningAnswer, Step
from .rebase import Rebase
from .receipt import Receipt
from .session import Session
from .sign_off import Case, Decision, Gate, Outcome, Seat, SignOff
from .sponsorship import Pledge, PledgeKind, Sponsorship, Unit
from .stage_entry import Stage, StageEntry
from .team_member import Place, TeamMember
from .throttle import Throttle
from .us_too import UsToo
from .verdict import VerdictKind
from .watch import StillLessBad, StillUsed, Watch
from .weekly_minute import Kept, PledgeWeek, Week, WeeklyMinute
from .workplace import Workplace

__all__ = [
    "GIVE_NO_CARE",
    "Absence",
    "Answer",
    "Attachment",
    "Audience",
    "AuditEntry",
    "Barrier",
    "Case",
    "Check",
    "CheckState",
    "Correction",
    "Credential",
    "Cycle",
    "CycleEnd",
    "CycleStep",
    "Decision",
    "Direction",
    "Event",
    "Felt",
    "FeltAsk",
    "FeltRound",
    "Foresight",
    "Gate",
    "Happening",
    "Hiding",
    "HomeAnswer",
    "HomeAsk",
    "HowSure",
    "Idea",
    "Invitation",
    "Kept",
    "Lesson",
    "Measure",
    "MeasureKind",
    "Membership",
    "Moment",
    "Nation",
    "Organisation",
    "Outcome",
    "PasswordLink",
    "Person",
    "Place",
    "Plan",
    "Pledge",
    "PledgeKind",
    "PledgeWeek",
    "Reading",
    "Rebase",
    "Receipt",
    "Rhythm",
    "Role",
    "SaidBy",
    "ScreeningAnswer",
    "Seat",
    "Sector",
    "Session",
    "SignOff",
    "Sponsorship",
    "Stage",
    "StageEntry",
    "Step",
    "StillLessBad",
    "StillUsed",
    "TeamMember",
    "Throttle",
    "Unit",
    "UsToo",
    "VerdictKind",
    "Watch",
    "Week",
    "WeeklyMinute",
    "Workplace",
]
