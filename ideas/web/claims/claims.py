"""Claims: typing the six words, and reading what came of the idea."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request

from ideas.domain import claims, plans, withdrawals
from ideas.web.guard import anyone
from ideas.web.traces import without_a_trace

from .forms import HeldForm, RewordForm, WordsForm
from .holder import with_words

if TYPE_CHECKING:
    from ideas.models import Idea

bp = Blueprint("claims", __name__)


@bp.get("/claim")
@without_a_trace
@anyone
def new() -> str:
    """Where the six words are typed."""
    return render_template("claims/new.html", form=WordsForm(formdata=None))


@bp.post("/claim")
@without_a_trace
@with_words
def show(idea: Idea) -> str:
    """The idea as its author reads it."""
    return page(idea)


def page(idea: Idea, **given: Any) -> str:
    """What came of it, and what may be done with the six words; `given` is a form that was refused."""
    return render_template("claims/show.html", **held(idea) | given)


def held(idea: Idea) -> dict[str, Any]:
    """What the page of who holds the six words shows. The words travel in its forms, and are kept nowhere."""
    code = request.form["code"]
    return {
        "idea": idea,
        "reword_form": RewordForm(formdata=None, obj=idea, code=code, ids="reword"),
        "held_form": HeldForm(formdata=None, code=code),
        "obstacle": withdrawals.obstacle(idea),
        "decision": plans.newest_answer(idea),
        "history": claims.history(idea),
    }
