"""Sending what was said at a poster without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint

from ideas.domain import claims
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.six_words import claim_key, words_page
from ideas.web.traces import without_a_trace

from .forms import WithoutNameForm
from .poster import from_poster
from .sending import read_again, were_read

if TYPE_CHECKING:
    from ideas.models import Workplace

bp = Blueprint("without_name", __name__)


@bp.post("/at/<code:code>/without-name")
@without_a_trace
@from_poster
def create(place: Workplace) -> Any:
    """Send it, and show its six words. Whoever may be signed in here is not asked for."""
    form = WithoutNameForm(ids="without-name")
    if not were_read(place, form):
        return read_again(place)
    sent = accepted(form, lambda: claims.say(**form.said_without_name_at(place), secret=claim_key()))
    return words_page(sent, kept_as=f"at-{place.code}") if sent else refused("workplaces/say.html", form, place=place)
