"""Us too: saying that it affects one as well, taking that back, and where it is said from."""

from __future__ import annotations

import collections
import dataclasses
from typing import TYPE_CHECKING, TypeVar

import sqlalchemy as sa

from ideas import clock
from ideas.access import Action, demand, visible
from ideas.db import db, rows
from ideas.models import Audience, FeltAsk, Organisation, UsToo

from . import versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from ideas.models import Idea, Membership, Person, Sector

Key = TypeVar("Key", str, "tuple[str, Sector]")

#: How many jobs are told by name; the others are counted together.
_JOBS = 5


@dataclasses.dataclass(frozen=True)
class There:
    """How many say so in one organisation, and at which places of it."""

    organisation: str
    sector: Sector
    count: int
    #: each place that somebody named, with how many, the most first
    places: list[tuple[str, int]]


@dataclasses.dataclass(frozen=True)
class Reach:
    """Whom it affects too: by place and by job, never by name, and never which job at which place."""

    count: int = 0
    #: the organisations, the most first
    at: tuple[There, ...] = ()
    #: each job with how many, the most first; what is left over is the last, "others"
    jobs: tuple[tuple[str, int], ...] = ()

    @property
    def most(self) -> int:
        """How many have the job that most of them have."""
        return max((count for _, count in self.jobs), default=0)

    @property
    def sectors(self) -> int:
        """From how many sectors they come."""
        return len({there.sector for there in self.at})


def reach(idea: Idea) -> Reach:
    """Whom it affects too. The caller has found the idea among what somebody may read."""
    if not idea.us_too_count:
        return Reach()
    found = rows(_GROUPED, {"idea": idea.id})
    counts: collections.Counter[tuple[str, Sector]] = collections.Counter()
    jobs: list[tuple[str, int]] = []
    places: dict[str, list[tuple[str, int]]] = collections.defaultdict(list)
    for name, sector, place, job, count in found:
        counts[name, sector] += count
        if place:
            places[name].append((place, count))
        jobs.append((job, count))
    at = [There(name, sector, count, _together(places[name])) for (name, sector), count in _most_first(counts)]
    told = _together(jobs)
    others = sum(count for _, count in told[_JOBS:])
    return Reach(counts.total(), tuple(at), (*told[:_JOBS], *([("others", others)] if others else [])))


def _together(found: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """What is the same but for its capitals as one, as it was first written; the most first."""
    counts: collections.Counter[str] = collections.Counter()
    spelled: dict[str, str] = {}
    for words, count in found:
        counts[words.casefold()] += count
        spelled.setdefault(words.casefold(), words)
    return [(spelled[key], count) for key, count in _most_first(counts)]


def _most_first(counts: collections.Counter[Key]) -> list[tuple[Key, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


_GROUPED = (
    sa.select(Organisation.name, Organisation.sector, UsToo.place, UsToo.job, sa.func.count())
    .join(Organisation, Organisation.id == UsToo.organisation_id)
    .where(UsToo.idea_id == sa.bindparam("idea"))
    .group_by(Organisation.name, Organisation.sector, UsToo.place, UsToo.job)
    .order_by(Organisation.name, UsToo.place, UsToo.job)
)


def own(idea: Idea, person: Person) -> UsToo | None:
    """What this person said, if they did."""
    if not idea.us_too_count:
        return None
    return db.session.scalars(visible(UsToo, person).where(UsToo.idea_id == idea.id)).one_or_none()


def obstacle(idea: Idea) -> str:
    """Why nobody can say it now, in a sentence; empty when they can. About its state, not about rights."""
    if idea.audience is Audience.DRAFT:
        return "It is a draft. Others say “us too” once they can read it."
    if idea.audience is Audience.HIDDEN:
        return "It is hidden. When it is shown again, others can say “us too”."
    return ""


def say(idea: Idea, *, by: Person, membership: Membership, place: str = "", job: str = "") -> UsToo:
    """Say that it affects one too, there and in that job; without a job in the one that they have there.

    Whoever says it again says it from elsewhere: it counts once. Raises Denied, Refused or Invalid.
    """
    versions.hold(idea)
    demand(by, Action.US_TOO, idea)
    if reason := obstacle(idea):
        raise Refused(reason)
    if membership not in by.active_memberships:
        raise Invalid("membership", "Choose one of the places where you work.")
    said = own(idea, by)
    if said is None:
        said = UsToo(idea_id=idea.id, person_id=by.id)
        db.session.add(said)
        idea.us_too_count += 1
    said.organisation_id, said.place, said.job = membership.organisation_id, place, job or membership.job
    said.said_on = clock.today()
    idea.draw_stamp()
    db.session.flush()
    return said


def take_back(idea: Idea, *, by: Person) -> None:
    """Take it back, as if it had never been said. Whoever did not say it takes nothing back. Raises Denied."""
    versions.hold(idea)
    demand(by, Action.US_TOO, idea)
    said = own(idea, by)
    if said is None:
        return
    db.session.delete(said)
    # While answers are taken, theirs goes with it; what was told already names nobody.
    db.session.execute(sa.delete(FeltAsk).where(FeltAsk.idea_id == idea.id, FeltAsk.person_id == by.id))
    idea.us_too_count -= 1
    idea.draw_stamp()
    db.session.flush()
