"""Evidence: what was counted before and since, and what the team says came of it."""

from __future__ import annotations

from flask import Blueprint, render_template

from ideas.access import Action
from ideas.domain import measures
from ideas.models import Idea
from ideas.text import numbers
from ideas.web.guard import on

from . import page, sparks

bp = Blueprint("evidence", __name__)
bp.add_app_template_filter(numbers.plain, "figure")
bp.add_app_template_filter(numbers.with_unit)
bp.add_app_template_filter(sparks.spark, "spark")


@bp.get("/ideas/<ref:ref>/evidence")
@on(Idea, Action.READ, *measures.for_page())
def show(idea: Idea) -> str:
    """The measures with their readings, in a table."""
    return render_template("measures/show.html", **page.of(idea))
