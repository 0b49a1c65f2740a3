"""Backings: pledge and approval in one act, where an organisation lets a sponsor decide."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ideas.access.rules import sponsor_may_decide
from ideas.models import Gate

from . import gates, sponsors
from .errors import Invalid, Refused

if TYPE_CHECKING:
    import decimal

    from ideas.models import Person, PledgeKind, SignOff, Unit


@dataclasses.dataclass(frozen=True)
class Backing:
    """What a leader brings who backs an idea in the same act as they decide it."""

    kind: PledgeKind
    amount: decimal.Decimal | None = None
    unit: Unit | None = None
    note: str = ""


def is_asked(request: SignOff) -> bool:
    """Whether a yes to this needs a pledge with it: nobody else backs the idea, and whoever decides may."""
    return request.gate is Gate.TRY and sponsor_may_decide(request) and not request.idea.accepted_sponsorships


def in_one_act(request: SignOff, backing: Backing | None, *, by: Person) -> None:
    """Back it, as part of saying yes. Nothing is tried that nobody backs, whoever answers.

    Raises Denied or Invalid (not allowed here, or nobody backs it otherwise), or Refused: somebody else has to.
    """
    if backing is None:
        if is_asked(request):
            raise Invalid("pledge_kind", "Nobody backs it yet. Choose what you bring.")
        if request.gate is Gate.TRY and not request.idea.accepted_sponsorships:
            raise Refused(
                "Nobody backs it yet, so it cannot be a yes today. Once a leader backs it, send your answer again.",
                [gates.SPONSOR],
            )
        return
    if not sponsor_may_decide(request):
        raise Invalid("pledge_kind", "Here nobody decides what they back. Leave the pledge out, or send it on.")
    sponsors.back(request.idea, by=by, kind=backing.kind, amount=backing.amount, unit=backing.unit, note=backing.note)
