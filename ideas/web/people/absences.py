"""Being away: who answers for a leader then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, url_for

from ideas.domain import people
from ideas.models import Absence
from ideas.web.acts import accepted, once
from ideas.web.guard import me, on, signed_in
from ideas.web.htmx import go_on

from . import account
from .forms import AbsenceForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("absences", __name__)


@bp.post("/absences")
@signed_in
@once
def create() -> Any:
    """Say when I am away, and who answers then."""
    people.demand_to_lead(me())
    leaders = people.could_be_deputy(me())
    form = AbsenceForm().offer(leaders)
    named = {leader.id: leader for leader in leaders}
    absence = accepted(form, lambda: people.say_away(me(), deputy=named.get(form.deputy.data), **form.days()))
    if absence is None:
        return account.page(refused=form, absence_form=form), 422
    said = f"{absence.deputy.short_name} answers while you are away"
    return go_on(url_for("account.show", _anchor="away"), said=said)


@bp.post("/absences/<int:id>/ending")
@on(Absence, None)
def end(absence: Absence) -> Response:
    """I am back, or am not going away after all."""
    people.come_back(absence)
    return go_on(url_for("account.show", _anchor="away"), said="Requests stay with you")
