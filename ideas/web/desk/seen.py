"""Seen: what moved has been looked at."""

from flask import Blueprint, url_for

from ideas.domain import moved
from ideas.web.guard import me, signed_in
from ideas.web.htmx import go_on

from .forms import SeenForm

bp = Blueprint("seen", __name__)


@bp.post("/seen")
@signed_in
def create():
    """Begin "what moved" anew, from the newest event that was shown."""
    moved.say_seen(me(), newest=SeenForm().newest.data)
    return go_on(url_for("desk.show"))
