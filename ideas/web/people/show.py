"""The page of a person: where they work, and the ideas they have to do with."""

from __future__ import annotations

from flask import Blueprint, render_template

from ideas.domain import people
from ideas.models import Person
from ideas.web.guard import me, on

bp = Blueprint("people", __name__)


@bp.get("/people/<int:id>")
@on(Person, None)
def show(person: Person) -> str:
    """Who they are at work, and what they carry, said and sponsor, as far as I may see it."""
    return render_template("people/show.html", person=person, parts=people.parts_in_ideas(person, reader=me()))
