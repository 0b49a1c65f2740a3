"""Removals: a reading taken out, after a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import readings
from ideas.domain.errors import Stale
from ideas.models import Reading
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.stale import overtaken
from ideas.web.templating import dom_id

from .forms import RemovalForm
from .taken_out import told_if_taken_out

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("reading_removals", __name__)


@bp.get("/readings/<int:id>/removal")
@told_if_taken_out
@on(Reading, Action.EDIT)
def new(reading: Reading) -> str:
    """Ask before a reading goes."""
    return render_template("measures/removal.html", **_page(reading, RemovalForm(None, version=reading.version)))


@bp.post("/readings/<int:id>/removal")
@told_if_taken_out
@on(Reading, Action.EDIT)
def create(reading: Reading) -> Response | tuple[str, int]:
    """Take a reading out."""
    form = RemovalForm()
    if not form.validate_on_submit():
        return refused("measures/removal.html", form, **_page(reading, form))
    measure = reading.measure
    to = url_for("evidence.show", ref=measure.idea.ref, _anchor=dom_id(measure))
    try:
        readings.take_out(reading, by=me(), version=form.made_on)
    except Stale as error:
        version, page = (lambda: reading.version), (lambda: _page(reading, form))
        return overtaken("measures/removal.html", form, error, version=version, now=dict, page=page)
    return go_on(to, said="The reading is taken out.")


def _page(reading: Reading, form: RemovalForm) -> dict[str, object]:
    return {"reading": reading, "idea": reading.measure.idea, "removal_form": form}
