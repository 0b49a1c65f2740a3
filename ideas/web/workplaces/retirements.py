"""Retirements: taking a place's poster out of use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import workplaces
from ideas.models import Workplace
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("retirements", __name__)


@bp.post("/places/<int:id>/retirement")
@on(Workplace, Action.KEEP_PLACES)
def create(place: Workplace) -> Response:
    """Retire it."""
    workplaces.retire(place, by=me())
    to = url_for("workplaces.index", slug=place.organisation.slug)
    return go_on(to, said=f"{place.name} is retired. Take its poster down")
