"""The desk of whoever is signed in; the front page for everybody else."""

from flask import Blueprint, render_template

from ideas.domain import desk, first_words
from ideas.domain.events import sentence
from ideas.domain.governance import governance
from ideas.models import Felt
from ideas.web.guard import anyone, me, visitor

from .forms import ActForm, SeenForm
from .greeting import greeting

bp = Blueprint("desk", __name__)


@bp.get("/")
@anyone
def show():
    """Say what waits first, then what is mine, then what moved."""
    if visitor() is None:
        return render_template("shared/landing.html")
    if not me().active_memberships:
        return render_template("joining/waiting.html", drafts=first_words.of(me()), total=first_words.count(me()))
    mine = desk.of(me())
    if mine.is_bare:
        return render_template("desk/first.html", near=desk.near(me()))
    newest = mine.moved[0].events[0].id if mine.moved else None
    return render_template(
        "desk/show.html",
        desk=mine,
        greeting=greeting(mine, me()),
        guidance=governance(),
        felts=list(Felt),
        sentence=sentence,
        act=ActForm(),
        seen=SeenForm(newest=newest),
    )
