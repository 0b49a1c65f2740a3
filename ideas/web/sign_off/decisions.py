"""Decisions: a named leader's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, g, make_response, url_for

from ideas.access import Action
from ideas.domain import cases, sign_off
from ideas.domain.errors import Refused, Stale
from ideas.models import Outcome, SignOff
from ideas.web import links, transaction
from ideas.web.acts import accepted, once
from ideas.web.guard import me, on
from ideas.web.htmx import go_on, wants_fragment

from . import page

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from ideas.models import Decision

    from .forms import DecisionForm

bp = Blueprint("decisions", __name__)

_DONE = {
    Outcome.APPROVE: "You said yes",
    Outcome.NOT_YET: "You said not yet. The team has your list",
    Outcome.NO: "You said no. The team has your reason",
    Outcome.NOT_OURS: "You said that it is not yours to answer",
}


@bp.post("/sign-offs/<int:id>/decision")
@on(SignOff, Action.DECIDE)
@once
def create(request: SignOff) -> Response | AnyResponse | tuple[str, int]:
    """Answer a request, once. What was typed is kept when the case has changed since it was read."""
    form = page.decision_form(request)
    try:
        decision = accepted(form, lambda: _decide(request, form))
    except Refused as refusal:
        transaction.undo()
        if not request.is_open:
            raise
        return _read_again(request, form, refusal)
    if decision is None:
        return page.again("decision", request.idea, 422, form, request)
    to = url_for("sign_offs.show", ref=request.idea.ref)
    return go_on(to, said=_DONE[decision.outcome], accepted=f"decision-{request.id}")


def _decide(request: SignOff, form: DecisionForm) -> Decision:
    return sign_off.decide(
        request,
        Outcome(form.outcome.data),
        by=me(),
        version=form.version.data or "",
        has_no_interest=form.no_interest.data,
        ends_on=form.ends_on.data,
        condition_while=form.condition_while.data or "",
        checks=form.checks.data or (),
        would_change=form.would_change.data or "",
        reason=form.reason.data or "",
        smaller_yes=form.smaller_yes.data or "",
        backing=form.backing,
    )


def _read_again(request: SignOff, form: DecisionForm, refusal: Refused) -> Response:
    """409, with why, what changed, and the form as it was filled: it can be sent again after reading."""
    idea = g.about = request.idea
    form.version.data = cases.version(idea, request.gate)
    form.checks.choices = page.decision_form(request).checks.choices
    missing = [(each, links.put_right_at(idea, each)) for each in refusal.missing]
    is_stale = isinstance(refusal, Stale)
    answer = make_response(
        page.again("decision", idea, 409, form, request, refusal=refusal, missing=missing, is_stale=is_stale)
    )
    if wants_fragment():
        answer.headers["HX-Retarget"] = "#decision"
        answer.headers["HX-Reswap"] = "outerHTML"
    return answer
