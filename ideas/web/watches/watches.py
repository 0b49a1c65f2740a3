"""The page of one watch: two questions about what was adopted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import watches
from ideas.domain.errors import Stale
from ideas.models import StillLessBad, StillUsed, Watch
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.stale import overtaken

from .forms import WatchForm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("watches", __name__)


@bp.get("/watches/<int:id>")
@on(Watch, Action.ANSWER_WATCH)
def show(watch: Watch) -> str:
    """The two questions, while an answer is taken; what was answered, to put right."""
    watches.refuse_unless_it_takes_answers(watch)
    form = WatchForm(None, **_now(watch), version=watch.version)
    return render_template("watches/show.html", watch=watch, form=form, theirs={})


@bp.post("/watches/<int:id>")
@on(Watch, Action.ANSWER_WATCH)
def update(watch: Watch) -> Response | tuple[str, int]:
    """Answer them, or put the answers right."""
    watches.refuse_unless_it_takes_answers(watch)
    form = WatchForm()
    page = {"watch": watch, "theirs": {}}
    try:
        done = accepted(form, lambda: _answer(watch, form))
    except Stale as error:
        version, now = (lambda: watch.version), (lambda: _now(watch))
        return overtaken("watches/show.html", form, error, version=version, now=now, page=lambda: page)
    if done is None:
        return refused("watches/show.html", form, **page)
    to = url_for("ideas.show", ref=watch.idea.ref, _anchor="watched")
    return go_on(to, said="Thank you. It stands on the page of the idea")


def _now(watch: Watch) -> dict[str, str]:
    return {"used": watch.used or "", "less_bad": watch.less_bad or "", "note": watch.note}


def _answer(watch: Watch, form: WatchForm) -> Any:
    return watches.answer(
        watch,
        used=StillUsed(form.used.data),
        less_bad=StillLessBad(form.less_bad.data) if form.less_bad.data else None,
        note=form.note.data or "",
        by=me(),
        version=form.made_on,
    )
