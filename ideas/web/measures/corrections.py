"""Corrections: a reading put right, and what the readings of a measure were before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import corrections, readings, slips
from ideas.domain.errors import Stale
from ideas.models import Measure, Reading
from ideas.text import numbers
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.stale import overtaken
from ideas.web.templating import dom_id

from .forms import CorrectedDayForm, CorrectionForm
from .taken_out import told_if_taken_out

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("corrections", __name__)


@bp.get("/measures/<int:id>/corrections")
@on(Measure, Action.READ)
def index(measure: Measure) -> str:
    """What was put right or taken out, the newest first."""
    return render_template(
        "measures/corrections.html",
        measure=measure,
        idea=measure.idea,
        newest=corrections.newest(measure, reader=me()),
        total=corrections.count(measure, reader=me()),
    )


@bp.get("/readings/<int:id>/edit")
@told_if_taken_out
@on(Reading, Action.EDIT)
def edit(reading: Reading) -> str:
    """A reading, to put right or take out."""
    return render_template("measures/correction.html", **_page(reading, _form(reading, None)))


@bp.post("/readings/<int:id>")
@told_if_taken_out
@on(Reading, Action.EDIT)
def update(reading: Reading) -> Response | tuple[str, int]:
    """Put a reading right."""
    form = _form(reading)
    try:
        done = accepted(form, lambda: _correct(reading, form))
    except Stale as error:
        return overtaken(
            "measures/correction.html",
            form,
            error,
            version=lambda: reading.version,
            now=lambda: _now(reading, form),
            page=lambda: _page(reading, form),
        )
    if done is None:
        return refused("measures/correction.html", form, **_page(reading, form))
    measure = reading.measure
    to = url_for("evidence.show", ref=measure.idea.ref, _anchor=dom_id(measure))
    return go_on(to, said=f"The reading is corrected. {slips.question(reading)}".rstrip())


def _form(reading: Reading, *sent: None) -> CorrectionForm | CorrectedDayForm:
    kind = CorrectedDayForm if reading.measure.counts_days_between else CorrectionForm
    now = {"taken_on": reading.taken_on, "value": numbers.plain(reading.value), "version": reading.version}
    return kind(*sent, ids="reading", **now)


def _now(reading: Reading, form: CorrectionForm | CorrectedDayForm) -> dict[str, str]:
    now = {"taken_on": reading.taken_on.isoformat(), "value": numbers.plain(reading.value)}
    return {name: words for name, words in now.items() if name in form}


def _correct(reading: Reading, form: CorrectionForm | CorrectedDayForm) -> Reading:
    # The box shows six places at most: what was left in it as it stood is the whole number still.
    is_typed = isinstance(form, CorrectionForm) and form.value.typed != numbers.plain(reading.value)
    value = float(form.value.data) if is_typed else reading.value  # type: ignore[arg-type]
    said = {"taken_on": form.taken_on.data, "value": value}
    return readings.correct(reading, **said, by=me(), version=form.made_on)  # type: ignore[arg-type]


def _page(reading: Reading, form: CorrectionForm | CorrectedDayForm) -> dict[str, object]:
    measure = reading.measure
    return {"reading": reading, "measure": measure, "idea": measure.idea, "correction_form": form, "theirs": {}}
