"""The sign-off page, and asking a named leader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import sign_off
from ideas.models import Idea
from ideas.text import dates
from ideas.web.acts import accepted, once
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from . import page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("sign_offs", __name__)


@bp.get("/ideas/<ref:ref>/sign-off")
@on(Idea, Action.READ, *page.LOADED)
def show(idea: Idea) -> str:
    """One page for five minutes: the question, the case, the answer, and all earlier ones."""
    return render_template("sign_off/show.html", **page.of(idea))


@bp.post("/ideas/<ref:ref>/sign-offs")
@on(Idea, Action.ASK_SIGN_OFF, *page.LOADED)
@once
def create(idea: Idea) -> Response | tuple[str, int]:
    """Ask a named leader. Nothing is asked while something is missing, or while nobody may decide it."""
    sign_off.refuse_unless_ready(idea)
    form = page.ask_form(idea)
    able = {leader.id: leader for leader in sign_off.could_decide(idea)}
    request = accepted(form, lambda: sign_off.ask(idea, able[form.leader.data], by=me()))
    if request is None:
        return page.again("ask", idea, 422, form)
    said = f"{request.leader.short_name} is asked, and answers by {dates.weekday(request.due_on)}"
    return go_on(url_for("sign_offs.show", ref=idea.ref), said=said)
