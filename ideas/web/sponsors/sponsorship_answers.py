"""Sponsorship answers: a leader backs an idea with a pledge, or declines with a reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import sponsors
from ideas.models import PledgeKind, Sponsorship, Unit
from ideas.web.acts import accepted
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.ideas import page
from ideas.web.ideas.sponsor_form import SponsorAnswerForm

bp = Blueprint("sponsorship_answers", __name__)


@bp.post("/sponsorships/<int:id>/answer")
@on(Sponsorship, Action.ANSWER_SPONSORSHIP)
def create(sponsorship: Sponsorship) -> Any:
    """Answer, once."""
    sponsors.check_unanswered(sponsorship)
    idea = sponsorship.idea
    form = SponsorAnswerForm()
    if accepted(form, lambda: _answer(sponsorship, form)) is None:
        return page.show(idea, backing_form=form), 422
    said = "You sponsor it. Thank you" if sponsorship.is_accepted else "You said no, and why. Thank you"
    return go_on(url_for("ideas.show", ref=idea.ref, _anchor="sponsors"), said=said)


def _answer(sponsorship: Sponsorship, form: SponsorAnswerForm) -> Any:
    if form.answer.data == "decline":
        return sponsors.decline(sponsorship, by=me(), reason=form.note.data)
    return sponsors.accept(
        sponsorship,
        by=me(),
        kind=PledgeKind(form.pledge_kind.data),
        amount=None if form.amount.data is None else Decimal(form.amount.data),
        unit=Unit(form.unit.data) if form.unit.data else None,
        note=form.note.data,
    )
