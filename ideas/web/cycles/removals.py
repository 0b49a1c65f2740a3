"""Removals: a cycle that never began is taken out, after a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from ideas.access import Action
from ideas.domain import cycles
from ideas.models import Cycle
from ideas.web.forms import Form
from ideas.web.guard import me, on

from . import page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("cycle_removals", __name__)


@bp.get("/cycles/<int:id>/removal")
@on(Cycle, Action.EDIT)
def new(cycle: Cycle) -> str:
    """Ask before it goes."""
    cycles.refuse_unless_open_to_change(cycle)
    return render_template("cycles/removal.html", **page.of(cycle, Form()))


@bp.post("/cycles/<int:id>/removal")
@on(Cycle, Action.EDIT)
def create(cycle: Cycle) -> Response:
    """Take it out."""
    return page.back(cycles.take_out(cycle, by=me()), "The cycle is taken out.")
