"""Authors: putting one's name to an idea that was said without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, url_for

from ideas.domain import claims
from ideas.web.acts import once
from ideas.web.guard import me
from ideas.web.htmx import go_on
from ideas.web.traces import without_a_trace

from .holder import with_words

if TYPE_CHECKING:
    from ideas.models import Idea

bp = Blueprint("claim_authors", __name__)


@bp.post("/claim/author")
# Where it is refused, nobody is to find out who tried: they hold the six words.
@without_a_trace
@once
@with_words
def create(idea: Idea) -> Any:
    """It is mine, and may say so from now on."""
    claims.put_name(idea, by=me())
    return go_on(url_for("ideas.show", ref=idea.ref), said="Your name stands on it now")
