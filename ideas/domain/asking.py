"""Asking: what must be there before a leader is asked, and by when the answer would come."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ideas import clock
from ideas.models import Gate, Organisation, Stage

from . import answers, deciders, gates, rounds
from .errors import Refused

if TYPE_CHECKING:
    from ideas.models import Idea

#: A trial runs eight weeks unless somebody says otherwise.
USUAL_TRIAL = dt.timedelta(weeks=8)
_LOOKS_FOR_A_HOST = "It looks for a host, so nobody can be asked yet."


def gate_of(idea: Idea) -> Gate:
    """The gate that an ask made now would be about."""
    return Gate.ADOPT if idea.stage is Stage.TRYING else Gate.TRY


def can_be_asked_about(idea: Idea) -> bool:
    """Whether a leader is asked about it in its stage: from planning, beside a request, or when it has been tried."""
    waits = idea.stage is Stage.SIGN_OFF and idea.open_sign_off is not None
    return (waits or idea.stage in (Stage.PLANNING, Stage.TRYING)) and not idea.is_draft


def needs_before_asking(idea: Idea) -> list[gates.Requirement]:
    """What must be there before a leader is asked, met or not."""
    return gates.evidence(idea) if gate_of(idea) is Gate.ADOPT else gates.requirements(idea, Stage.SIGN_OFF)


def due_if_asked_now(idea: Idea, organisation: Organisation | None = None) -> dt.date:
    """The day by which an organisation (its home, when none is given) would answer: in its own working days."""
    asked = organisation or idea.home_organisation
    if asked is None:
        raise Refused(_LOOKS_FOR_A_HOST)
    return clock.working_days_after(clock.today(), asked.sign_off_days, asked.nation)


def usual_end(idea: Idea) -> dt.date:
    """The day on which a trial asked for now would end: as the plan says, or eight weeks after it starts."""
    today = clock.today()
    if idea.plan.ends_on and idea.stage is not Stage.TRYING and answers.can_end_on(idea.plan.ends_on):
        return idea.plan.ends_on
    starts_on = idea.plan.starts_on if idea.stage is not Stage.TRYING else None
    return max(today, starts_on or today) + USUAL_TRIAL


def refuse_unless_ready(idea: Idea, organisation: Organisation | None = None) -> None:
    """Go on only when a leader of this organisation (its home, when none is given) can be asked.

    Raises Refused: asked already, not in this stage, something is missing, or nobody there may decide it.
    """
    asked = organisation or idea.home_organisation
    _refuse_twice(idea, asked)
    if not can_be_asked_about(idea):
        raise Refused(f"It is in {idea.stage.words}. A leader is asked from Planning, or when it has been tried.")
    missing = [requirement for requirement in needs_before_asking(idea) if not requirement.is_met]
    if missing:
        raise Refused("Not asked yet. This is missing:", missing)
    if asked is None:
        raise Refused(_LOOKS_FOR_A_HOST)
    if not deciders.could_decide(idea, asked):
        raise Refused(f"No leader of {asked.name} may decide this idea, so nobody there can be asked yet.")
    _refuse_without_sponsor(idea, asked)


def _refuse_twice(idea: Idea, asked: Organisation | None) -> None:
    request = idea.open_sign_off
    if request is None:
        if asked is not None and asked.id != idea.home_organisation_id:
            raise Refused("Ask its home first. Others are asked beside it.")
        return
    for each in rounds.of(request):
        if asked is None or each.asked_organisation_id == asked.id:
            raise Refused(f"{each.leader.short_name} has been asked already. One answer at a time.")


def _refuse_without_sponsor(idea: Idea, asked: Organisation) -> None:
    """A partner's leader decides for its home and does not back it: somebody else has to."""
    if idea.accepted_sponsorships or gate_of(idea) is not Gate.TRY or asked.id != idea.home_organisation_id:
        return
    if deciders.answering(idea, asked) is not asked:
        raise Refused("Not asked yet. This is missing:", [gates.SPONSOR])
