"""Downloads: a measure's chart as a picture that stands alone, and its readings as a table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from flask import Blueprint, abort
from sqlalchemy.orm import selectinload

from ideas.access import Action
from ideas.domain import findings
from ideas.models import Measure
from ideas.text import cells, file_names
from ideas.web.downloads import download
from ideas.web.guard import on

from . import chart, chart_file, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response

bp = Blueprint("downloads", __name__)
_LOADED = (selectinload(Measure.readings), selectinload(Measure.rebases))


@bp.get("/measures/<int:id>/chart")
@on(Measure, Action.READ, *_LOADED)
def picture(measure: Measure) -> Response:
    """The chart, with its finding and its styles inside."""
    drawn = page.drawn(findings.of(measure))
    if drawn is None:
        abort(404)
    return _file(measure, chart_file.svg(drawn).encode(), "svg", "image/svg+xml")


@bp.get("/measures/<int:id>/table")
@on(Measure, Action.READ, *_LOADED)
def table(measure: Measure) -> Response:
    """All readings, with what the chart says of each."""
    written = io.StringIO()
    csv.writer(written).writerows(_rows(measure))
    # With a mark of its encoding: spreadsheets guess it wrong without one.
    return _file(measure, written.getvalue().encode("utf-8-sig"), "csv", "text/csv")


def _rows(measure: Measure) -> Iterator[list[str]]:
    drawn, changed_on = findings.of(measure).analysis, measure.changed_on
    said = {point.date: chart.says(point) for point in drawn.points} if drawn else {}
    happened = {each.happened_on: each.words for each in measure.idea.happenings}
    unit = f"{measure.name}, in {measure.unit}"
    yield ["Day", cells.defused(unit), "Before the change or since", "What the chart says", "What happened"]
    for day, value in measure.series:
        side = "" if changed_on is None else "before" if day < changed_on else "since"
        yield [day.isoformat(), f"{value:.12g}", side, said.get(day, ""), cells.defused(happened.get(day, ""))]


def _file(measure: Measure, content: bytes, ending: str, mimetype: str) -> Response:
    name = file_names.safe(f"{measure.idea.ref} {measure.name}.{ending}", ending)
    return download(io.BytesIO(content), mimetype=mimetype, name=name)
