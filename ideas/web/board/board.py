"""The board: where everything is."""

from flask import Blueprint, render_template, request

from ideas.domain import board
from ideas.web.guard import me, signed_in

from . import faces
from .filters import BoardForm, chips, query

bp = Blueprint("board", __name__)


@bp.get("/board")
@signed_in
def show():
    """Every idea that one may see, in its stage; `?organisation=` takes a slug or an id."""
    form = BoardForm(request.args)
    wanted = form.wanted()
    columns = board.columns(me(), wanted)
    total = sum(column.total for column in columns)
    return render_template(
        "board/show.html",
        form=form,
        columns=columns,
        faces=faces.of(card for column in columns for card in column.cards),
        chips=chips(form, wanted, columns),
        total=total,
        reach=board.reach(me(), wanted),
        shown=form.stage.data or next((c.stage for c in columns if c.total), columns[0].stage),
        query=query(wanted),
        board=form.address(),
    )
