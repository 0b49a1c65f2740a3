"""Removals: a reading taken out, after a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import readings
from ideas.models import Reading
from ideas.web.forms import Form
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.templating import dom_id

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("reading_removals", __name__)


@bp.get("/readings/<int:id>/removal")
@on(Reading, Action.EDIT)
def new(reading: Reading) -> str:
    """Ask before a reading goes."""
    return render_template("measures/removal.html", form=Form(), reading=reading, idea=reading.measure.idea)


@bp.post("/readings/<int:id>/removal")
@on(Reading, Action.EDIT)
def create(reading: Reading) -> Response:
    """Take a reading out."""
    measure = reading.measure
    to = url_for("evidence.show", ref=measure.idea.ref, _anchor=dom_id(measure))
    readings.take_out(reading, by=me())
    return go_on(to, said="The reading is taken out.")
