"""The page of one watch: two questions about what was adopted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import watches
from ideas.models import StillLessBad, StillUsed, Watch
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from .forms import WatchForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("watches", __name__)


@bp.get("/watches/<int:id>")
@on(Watch, Action.ANSWER_WATCH)
def show(watch: Watch) -> str:
    """The two questions, while an answer is taken."""
    watches.refuse_unless_open(watch)
    return render_template("watches/show.html", watch=watch, form=WatchForm(None))


@bp.post("/watches/<int:id>")
@on(Watch, Action.ANSWER_WATCH)
def update(watch: Watch) -> Response | tuple[str, int]:
    """Answer them."""
    watches.refuse_unless_open(watch)
    form = WatchForm()
    if accepted(form, lambda: _answer(watch, form)) is None:
        return refused("watches/show.html", form, watch=watch)
    to = url_for("ideas.show", ref=watch.idea.ref, _anchor="watched")
    return go_on(to, said="Thank you. It stands on the page of the idea")


def _answer(watch: Watch, form: WatchForm) -> Any:
    return watches.answer(
        watch,
        used=StillUsed(form.used.data),
        less_bad=StillLessBad(form.less_bad.data) if form.less_bad.data else None,
        note=form.note.data or "",
        by=me(),
    )
