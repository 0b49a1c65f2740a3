"""Removals: taking an "us too" back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import us_too
from ideas.models import Idea
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("us_too_removals", __name__)


@bp.post("/ideas/<ref:ref>/us-too/removal")
@on(Idea, Action.US_TOO)
def create(idea: Idea) -> Response:
    """Take it back, as if it had never been said."""
    us_too.take_back(idea, by=me())
    return go_on(url_for("ideas.show", ref=idea.ref, _anchor="us-too"), said="You took your “us too” back")
