"""At a poster: the three fields, and only when the words are there, who says them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, render_template, request, url_for

from ideas.domain import throttles, workplaces
from ideas.web import security, transaction
from ideas.web.forms import refused
from ideas.web.guard import anyone
from ideas.web.people import tries
from ideas.web.six_words import are_few_at
from ideas.web.traces import without_a_trace

from . import tickets
from .forms import AccountForm, CodeForm, JoinForm, PassedForm, WithoutNameForm, WordsForm
from .poster import from_poster

if TYPE_CHECKING:
    from ideas.models import Workplace

bp = Blueprint("at", __name__)


@bp.get("/at")
@anyone
def index() -> Any:
    """Where a poster's code is typed."""
    if "code" not in request.args:
        return render_template("workplaces/at.html", form=CodeForm(formdata=None))
    form = CodeForm(request.args)
    if form.validate() and form.read and workplaces.at(form.read):
        return redirect(url_for("at.show", code=form.read), 303)
    if form.code.data:
        form.refuse("code", "No poster has this code. Look at it again, and type all eight letters and figures")
    return refused("workplaces/at.html", form)


@bp.get("/at/<code:code>")
@without_a_trace
@from_poster
def show(place: Workplace) -> str:
    """The three fields."""
    return render_template("workplaces/say.html", place=place, form=WordsForm(formdata=None))


@bp.post("/at/<code:code>")
@without_a_trace
@from_poster
def update(place: Workplace) -> Any:
    """Read the words, and ask how they are to be sent. Nothing is kept yet."""
    form = WordsForm()
    if "again" in request.form:
        return render_template("workplaces/say.html", place=place, form=form)
    if not form.validate_on_submit():
        return refused("workplaces/say.html", form, place=place)
    try:
        throttles.count_words(place.code, address=security.address())
    except throttles.TooOften as refusal:
        return tries.wait(
            form, refusal, lambda: render_template("workplaces/say.html", place=place, form=form, refused=True)
        )
    finally:
        transaction.keep_now()
    return ways(place, PassedForm.carrying(form))


def ways(place: Workplace, words: PassedForm, **given: Any) -> str:
    """The page with the ways to send them: words were read, and are carried in each way's form."""
    words.ticket.data = tickets.issue(place.code, words)
    few_people = are_few_at(place.organisation)
    forms = {
        "account_form": AccountForm(formdata=None, ids="account"),
        "join_form": JoinForm(formdata=None, ids="join", opens=True),
        "without_name_form": WithoutNameForm(formdata=None, ids="without-name", leave_place_out=bool(few_people)),
    }
    return render_template("workplaces/ways.html", place=place, words=words, few_people=few_people, **forms | given)
