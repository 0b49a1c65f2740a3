"""Team answers: saying yes or no to a place in a team."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import teams
from ideas.domain.errors import Invalid
from ideas.models import Place, TeamMember
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from .team_forms import TeamAnswerForm

bp = Blueprint("team_answers", __name__)


@bp.post("/team/<int:id>/answer")
@on(TeamMember, Action.ANSWER_TEAM)
def create(member: TeamMember) -> Any:
    """Answer. Whoever says no to a draft cannot read it, so they go on from their desk."""
    form = TeamAnswerForm()
    if not form.validate():
        raise Invalid("answer", "Say yes or no.")
    if form.answer.data == "decline":
        teams.decline(member, by=me())
        to = url_for("desk.show") if member.idea.is_draft else url_for("ideas.show", ref=member.idea.ref)
        return go_on(to, said="You said no. Thank you for saying so")
    teams.accept(member, by=me())
    said = {Place.AUTHOR: "It is yours now", Place.OWNER: "You carry it now"}.get(
        member.place, "You are in the team now"
    )
    return go_on(url_for("ideas.show", ref=member.idea.ref), said=said)
