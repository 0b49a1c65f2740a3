"""What a control chart holds, in numbers: its points, its segments, and what they say."""

from __future__ import annotations

import dataclasses
import enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from .spc_rules import SpecialCause

#: Under so many readings limits are trial limits.
ROBUST = 13


class PointType(enum.StrEnum):
    """What a reading says."""

    #: usual ups and downs
    COMMON_CAUSE = "common_cause"
    #: a signal, less bad
    IMPROVEMENT = "special_cause_improvement"
    #: a signal, worse
    CONCERN = "special_cause_concern"
    #: a signal, higher, of a measure that has no less bad way
    NEUTRAL_HIGH = "special_cause_neutral_high"
    #: a signal, lower, of a measure that has no less bad way
    NEUTRAL_LOW = "special_cause_neutral_low"


class Assurance(enum.StrEnum):
    """Whether the target is met, as things are."""

    #: it will always be met
    MET = "consistent_pass"
    #: it will always be missed
    MISSED = "consistent_fail"
    #: it will sometimes be met, by chance
    SOMETIMES = "inconsistent"


@dataclasses.dataclass(frozen=True, slots=True)
class Point:
    """A reading, and what the rules say of it."""

    date: dt.date | None
    value: float
    rebase_group: int
    #: -1 below, 0 on, 1 above
    relative_to_mean: int
    outside_limits: bool
    close_to_limits: bool
    special_cause_type: SpecialCause
    point_type: PointType

    @property
    def special_cause(self) -> bool:
        """Whether it is a signal."""
        return self.point_type is not PointType.COMMON_CAUSE


@dataclasses.dataclass(frozen=True, slots=True)
class Segment:
    """The stretch between two rebases: its sums and its rules begin anew."""

    rebase_group: int
    start: dt.date | None
    n: int
    #: how many readings its limits rest on
    n_base: int
    mean: float
    lower_process_limit: float
    upper_process_limit: float
    mean_moving_range: float
    variation_type: PointType

    @property
    def short_group_warning(self) -> bool:
        """Whether there are so few readings that the limits may move with more."""
        return self.n < ROBUST

    @property
    def has_trial_limits(self) -> bool:
        """Whether its limits rest on so few readings that they may move with more."""
        return self.n_base < ROBUST


@dataclasses.dataclass(frozen=True, slots=True)
class Analysis:
    """A chart, in numbers: its points and segments, earliest first. Its own sums are those of the last segment."""

    points: list[Point]
    segments: list[Segment]
    assurance_type: Assurance | None

    @property
    def mean(self) -> float:
        """The mean of the last segment."""
        return self.segments[-1].mean

    @property
    def lower_process_limit(self) -> float:
        """The lower limit of the last segment; not cut off at 0."""
        return self.segments[-1].lower_process_limit

    @property
    def upper_process_limit(self) -> float:
        """The upper limit of the last segment; not cut off at 100%."""
        return self.segments[-1].upper_process_limit

    @property
    def variation_type(self) -> PointType:
        """What the last reading says."""
        return self.segments[-1].variation_type

    @property
    def variation_side(self) -> int:
        """Whether the last reading is a high signal (1), a low one (-1), or none (0)."""
        return self.points[-1].special_cause_type.side

    @property
    def short_group_warning(self) -> bool:
        """Whether a segment has so few readings that its limits may move with more."""
        return any(segment.short_group_warning for segment in self.segments)
