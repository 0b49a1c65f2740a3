"""Batches: many readings at once. What was pasted is shown as it is understood, and entered when that is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from flask import Blueprint, current_app, render_template, url_for

from ideas.access import Action
from ideas.domain import batches
from ideas.models import Measure
from ideas.text import typed
from ideas.web import transaction
from ideas.web.acts import accepted, once
from ideas.web.bodies import takes_a_file
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.templating import dom_id

from .batch_forms import BatchForm, PasteForm, TableForm

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage
    from werkzeug.wrappers import Response

bp = Blueprint("batches", __name__)


@bp.get("/measures/<int:id>/batch")
@on(Measure, Action.EDIT)
def new(measure: Measure) -> str:
    """The box for two columns of a spreadsheet."""
    return render_template("measures/batch.html", **page(measure))


@bp.post("/measures/<int:id>/batch/preview")
@on(Measure, Action.EDIT)
def preview(measure: Measure) -> str | tuple[str, int]:
    """What is understood of what was pasted; nothing is entered."""
    form = PasteForm(ids="paste")
    if not form.validate_on_submit():
        return refused("measures/batch.html", form, **page(measure, paste_form=form))
    return render_template("measures/batch_preview.html", **looked_at(measure, form.text.data))


@bp.post("/measures/<int:id>/batch/file")
@takes_a_file
@on(Measure, Action.EDIT)
def preview_file(measure: Measure) -> str | tuple[str, int]:
    """What is understood of a file; nothing is entered, and the file is not kept."""
    form = TableForm(ids="file")
    text = accepted(form, lambda: _columns(form))
    if text is None:
        return refused("measures/batch.html", form, **page(measure, table_form=form))
    return render_template("measures/batch_preview.html", **looked_at(measure, text))


def _columns(form: TableForm) -> str:
    # Nobody waits for the database while a file is read.
    transaction.let_go()
    sent = cast("FileStorage", form.file.data)
    text = batches.columns(sent.filename or "", sent.stream, store=current_app.config["FILES"])
    return typed.lines(text)


@bp.post("/measures/<int:id>/batch")
@on(Measure, Action.EDIT)
@once
def create(measure: Measure) -> Response | tuple[str, int]:
    """Enter all that was looked at, or nothing."""
    form = BatchForm()
    done = accepted(form, lambda: _add(measure, form))
    if done is None:
        return refused("measures/batch_preview.html", form, **looked_at(measure, form.text.data or "", form))
    to = url_for("evidence.show", ref=measure.idea.ref, _anchor=dom_id(measure))
    return go_on(to, said=f"Readings: {done}.")


def _add(measure: Measure, form: BatchForm) -> str:
    return batches.add(measure, form.text.data, seal=form.seal.data, doubles=form.doubles.data, by=me())


def page(measure: Measure, **forms: Any) -> dict[str, Any]:
    """The page with the box. A form in `forms` stands in place of a fresh one."""
    return {
        "measure": measure,
        "idea": measure.idea,
        "paste_form": forms.get("paste_form") or PasteForm(None, ids="paste"),
        "table_form": forms.get("table_form") or TableForm(None, ids="file"),
        "accept": batches.ACCEPT,
    }


def looked_at(measure: Measure, text: str, form: BatchForm | None = None) -> dict[str, Any]:
    """The page with what is understood of a text. `form` is one that was refused, with what was chosen."""
    batch = batches.read(measure, text)
    chosen = form.doubles.data if form else None
    batch_form = BatchForm(None, text=text, seal=batch.seal, doubles=chosen)
    if form:
        for name, field in form._fields.items():
            batch_form[name].errors = field.errors
    return page(measure, paste_form=PasteForm(None, ids="paste", text=text)) | {
        "batch": batch,
        "batch_form": batch_form,
    }
