"""The sign-off page, and asking a named leader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for
from flask import request as sent

from ideas.access import Action
from ideas.domain import asking, deciders, sign_off
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
    wanted = {name: sent.args.get(name, "") for name in ("request", "organisation")}
    return render_template("sign_off/show.html", **page.of(idea, **page.chosen(idea, **wanted)))


@bp.post("/ideas/<ref:ref>/sign-offs")
@on(Idea, Action.ASK_SIGN_OFF, *page.LOADED)
@once
def create(idea: Idea) -> Response | tuple[str, int]:
    """Ask a named leader. Nothing is asked while something is missing, or while nobody may decide it."""
    organisation = deciders.asked_by_id(idea, sent.form.get("organisation", ""))
    asking.refuse_unless_ready(idea, organisation)
    form = page.ask_form(idea, organisation)
    able = {leader.id: leader for leader in deciders.could_decide(idea, organisation)}
    request = accepted(form, lambda: sign_off.ask(idea, able[form.leader.data], by=me(), organisation=organisation))
    if request is None:
        return page.again("ask", idea, 422, form, organisation=organisation)
    said = f"{request.leader.short_name} is asked, and answers by {dates.weekday(request.due_on)}"
    return go_on(url_for("sign_offs.show", ref=idea.ref), said=said)
