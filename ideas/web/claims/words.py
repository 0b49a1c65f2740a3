"""Words: changing what an idea without a name says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash

from ideas.domain import claims
from ideas.domain.errors import Stale
from ideas.web.acts import accepted
from ideas.web.stale import overtaken
from ideas.web.traces import without_a_trace

from . import claims as pages
from .forms import RewordForm
from .holder import with_words

if TYPE_CHECKING:
    from ideas.models import Idea

bp = Blueprint("claim_words", __name__)


@bp.post("/claim/words")
@without_a_trace
@with_words
def update(idea: Idea) -> Any:
    """Change them."""
    form = RewordForm(ids="reword")
    try:
        changed = accepted(form, lambda: _edit(idea, form))
    except Stale as error:
        return overtaken(
            "claims/show.html",
            form,
            error,
            version=lambda: idea.version,
            now=lambda: {"now": idea.now, "change": idea.change, "title": idea.title},
            page=lambda: pages.held(idea) | {"reword_form": form},
        )
    if changed is None:
        return pages.page(idea, reword_form=form, form=form, refused=True), 422
    flash("Saved", "done")
    return pages.page(idea)


def _edit(idea: Idea, form: RewordForm) -> Idea:
    return claims.edit(
        idea,
        now=form.now.data or "",
        change=form.change.data or "",
        title=form.title.data or "",
        version=form.made_on,
    )
