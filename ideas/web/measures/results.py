"""Results: what the team says came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import measures
from ideas.domain.errors import Stale
from ideas.models import Idea
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.stale import overtaken

from . import page
from .forms import ResultForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("results", __name__)


@bp.post("/ideas/<ref:ref>/result")
@on(Idea, Action.EDIT)
def update(idea: Idea) -> Response | tuple[str, int]:
    """Say what came of it."""
    form = ResultForm()
    made_on = form.made_on
    try:
        done = accepted(form, lambda: measures.state_result(idea, **form.said, by=me(), version=made_on))
    except Stale as error:
        return overtaken(
            "measures/show.html",
            form,
            error,
            version=lambda: idea.version,
            now=lambda: {"stated_result": idea.stated_result, "stated_as": idea.stated_as or ""},
            page=lambda: page.of(idea, result_form=form),
        )
    if done is None:
        return refused("measures/show.html", form, **page.of(idea, result_form=form))
    to = url_for("evidence.show", ref=idea.ref, _anchor="result")
    return go_on(to, said="What came of it is saved.", accepted=f"result-{idea.ref}-{made_on}")
