"""Rounds: the requests about one idea that stand side by side, one for each organisation that has to agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas.models import Outcome

if TYPE_CHECKING:
    from ideas.models import Decision, Gate, Idea, SignOff

#: What ends a round at once, whatever the others say.
ENDS_IT = (Outcome.NOT_YET, Outcome.NO)


def of(request: SignOff) -> list[SignOff]:
    """This request and those beside it, in the order in which they were asked."""
    return [each for each in request.idea.sign_offs if each.round_id == request.round_id]


def beside(request: SignOff) -> list[SignOff]:
    """Those beside it."""
    return [each for each in of(request) if each is not request]


def yeses(round_: list[SignOff]) -> list[Decision]:
    """The yeses of a round, oldest first."""
    return [each.decision for each in round_ if each.decision and each.decision.outcome is Outcome.APPROVE]


def is_agreed(round_: list[SignOff]) -> bool:
    """Whether everybody who was asked has said yes, but for those whose it was not, and somebody has."""
    answers = [each.decision for each in round_]
    agreed = (Outcome.APPROVE, Outcome.NOT_OURS)
    return bool(yeses(round_)) and all(answer and answer.outcome in agreed for answer in answers)


def agreement(idea: Idea, gate: Gate) -> list[Decision]:
    """The yeses of the newest round that came to an answer at this gate; none when that answer was no yes.

    A round that waits, was taken back, or was nobody's, changes nothing about the one before it.
    """
    for round_ in reversed(_rounds(idea, gate)):
        if any(each.decision and each.decision.outcome in ENDS_IT for each in round_):
            return []
        if is_agreed(round_):
            return yeses(round_)
    return []


def _rounds(idea: Idea, gate: Gate) -> list[list[SignOff]]:
    """All rounds at this gate, oldest first."""
    found: dict[int, list[SignOff]] = {}
    for request in idea.sign_offs:
        if request.gate is gate:
            found.setdefault(request.round_id, []).append(request)
    return list(found.values())
