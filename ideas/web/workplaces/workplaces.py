"""Places: those of an organisation, and the poster of each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import workplaces
from ideas.models import Organisation, Workplace
from ideas.text import qr
from ideas.web.acts import accepted, once
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.links import outside

from .forms import PlaceForm, RetirementForm

bp = Blueprint("workplaces", __name__)


@bp.get("/organisations/<slug:slug>/places")
@on(Organisation, None)
def index(organisation: Organisation) -> str:
    """Its places, for those who work there."""
    return render_template("workplaces/index.html", **_listed(organisation, PlaceForm()))


@bp.post("/organisations/<slug:slug>/places")
@on(Organisation, Action.KEEP_PLACES)
@once
def create(organisation: Organisation) -> Any:
    """Add one, and go on to its poster."""
    form = PlaceForm()
    place = accepted(form, lambda: workplaces.add(organisation, form.name.data, by=me()))
    if place is None:
        return refused("workplaces/index.html", **_listed(organisation, form))
    return go_on(url_for("workplaces.show", id=place.id), said=f"{place.name} is there. Now print its poster")


def _listed(organisation: Organisation, form: PlaceForm) -> dict[str, Any]:
    return {"organisation": organisation, "places": workplaces.of(organisation, reader=me()), "form": form}


@bp.get("/places/<int:id>")
@on(Workplace, None)
def show(place: Workplace) -> str:
    """Its poster: one page of paper."""
    address = outside(url_for("at.show", code=place.code))
    return render_template("workplaces/show.html", place=place, drawing=qr.drawn(address), at=outside("/at"))


@bp.get("/places/<int:id>/edit")
@on(Workplace, Action.KEEP_PLACES)
def edit(place: Workplace) -> str:
    """Its name, and the button that retires it."""
    return render_template("workplaces/edit.html", place=place, form=PlaceForm(obj=place), retirement=RetirementForm())


@bp.post("/places/<int:id>")
@on(Workplace, Action.KEEP_PLACES)
def update(place: Workplace) -> Any:
    """Give it another name."""
    form = PlaceForm()
    if accepted(form, lambda: workplaces.rename(place, form.name.data, by=me())) is None:
        return refused("workplaces/edit.html", form, place=place, retirement=RetirementForm(formdata=None))
    to = url_for("workplaces.index", slug=place.organisation.slug)
    return go_on(to, said=f"It is called {place.name} now. Print its poster anew")
