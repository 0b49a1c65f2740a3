"""Moves: one request behind the mouse, the keyboard, a finger and a browser without script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, g, redirect, render_template, request, url_for

from ideas.access import Action
from ideas.domain import board, moves
from ideas.domain.errors import Refused
from ideas.models import Idea, Stage
from ideas.web import transaction
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import fragment_or_redirect, go_on, wants_fragment

from . import faces
from .filters import BoardForm, query, recounted
from .forms import MoveForm
from .refusals import Refusal

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("moves", __name__)


@bp.get("/ideas/<ref:ref>/moves")
@on(Idea, Action.MOVE)
def new(idea: Idea) -> str | Response:
    """Ask where to, or for the words that a move needs: a lesson to stop, a leader for sign-off."""
    asked = request.args.get("stage", "")
    if asked == Stage.SIGN_OFF:
        return redirect(url_for("sign_offs.show", ref=idea.ref), 303)
    stage = asked if asked in tuple(Stage) else None
    form = MoveForm(stage=stage, version=idea.version, board=request.args.get("board"))
    return render_template("board/move.html", **_page(form, idea))


@bp.post("/ideas/<ref:ref>/moves")
@on(Idea, Action.MOVE)
def create(idea: Idea) -> Any:
    """Move the card, if its gate opens."""
    form, came_from = MoveForm(), idea.stage
    if form.lacks_its_lesson and wants_fragment():
        return go_on(url_for(".new", ref=idea.ref, stage=Stage.STOPPED.value, board=form.board.data))
    lesson = form.lesson.data or ""
    moved = accepted(
        form, lambda: moves.move(idea, form.stage.data, by=me(), version=form.version.data or 0, lesson=lesson)
    )
    if moved is None:
        return refused("board/move.html", **_page(form, idea))
    said = f"Moved from {came_from.words} to {moved.stage.words}: {moved.title}"
    if form.board.data is None:
        return go_on(url_for("ideas.show", ref=idea.ref), said=said, accepted=form.kept_as(idea))
    filters = BoardForm.at(form.board.data)
    to = filters.href(stage=moved.stage.value)
    if wants_fragment():
        return fragment_or_redirect("board/moved.swaps.html", to=to, said=said, **_parts(idea, filters), arrived=True)
    return go_on(to, said=said, accepted=form.kept_as(idea))


@bp.errorhandler(Refused)
def not_moved(error: Refused) -> tuple[str, int]:
    """Say why the card stays, list what is missing and what is there, and show where the card is now."""
    transaction.undo()
    idea, form = g.about, MoveForm()
    refusal = Refusal.of(error, idea, form.stage.data)
    if not wants_fragment():
        return render_template("board/refused.html", refusal=refusal, **_page(form, idea)), 409
    if form.board.data is None:
        return render_template("errors/_notice.html", **refusal.notice), 409
    parts = _parts(idea, BoardForm.at(form.board.data))
    return render_template("board/refused.swaps.html", **parts, **refusal.notice, said="Not moved", arrived=False), 409


def _page(form: MoveForm, idea: Idea) -> dict[str, Any]:
    stages = moves.offered(idea, by=me())
    form.stage.choices = [("", "Choose a stage"), *((stage.value, stage.words) for stage in stages)]
    page: dict[str, Any] = {"form": form, "idea": idea, "stages": stages}
    if form.board.data is None:
        return page | {"back": url_for("ideas.show", ref=idea.ref), "back_to": "idea"}
    filters = BoardForm.at(form.board.data)
    form.board.data = filters.address()
    return page | {"back": filters.href(), "back_to": "board"}


def _parts(idea: Idea, filters: BoardForm) -> dict[str, Any]:
    """What a move changes on the board that it was made on: the card, and the counts that it may change."""
    wanted = filters.wanted()
    columns = board.heads(me(), wanted)
    card = board.card(me(), wanted, idea, columns)
    return {
        "idea": idea,
        "card": card,
        "faces": faces.of([card] if card else [], idea),
        "columns": columns,
        "recounted": recounted(wanted, columns),
        "total": sum(column.total for column in columns),
        "reach": board.reach(me(), wanted) if wanted.may_lose_what_moves else None,
        "query": query(wanted),
        "board": filters.address(),
    }
