"""Corrections: what readings were before they were put right or taken out, counted, and read a few at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas.access import Action, demand, visible
from ideas.db import db, rows
from ideas.models import Correction, Measure

from . import paging

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ideas.models import Idea, Person

#: More of them do not come by batches: ten thousand readings could be sent again and again, always with other numbers.
MOST = 50_000
#: How many are shown; how many there are is always said.
SHOWN = 200


def newest(measure: Measure, *, reader: Person) -> Sequence[Correction]:
    """The newest of a measure, the newest first."""
    return db.session.scalars(_of(measure, reader).order_by(Correction.id.desc()).limit(SHOWN)).all()


def count(measure: Measure, *, reader: Person) -> int:
    """How many there are of a measure."""
    return paging.count(_of(measure, reader))


def removal(reading_id: int, *, by: Person) -> Correction | None:
    """How a reading went, for somebody who wants to change it; none for who may not read the idea. Raises Denied."""
    went = visible(Correction, by).where(Correction.reading_id == reading_id, Correction.became_on.is_(None))
    found = db.session.scalars(went).one_or_none()
    if found is not None:
        demand(by, Action.EDIT, found.measure)
    return found


def _of(measure: Measure, reader: Person) -> sa.Select[Correction]:
    return visible(Correction, reader).where(Correction.measure_id == measure.id)


def counts(idea: Idea, *, reader: Person) -> Mapping[int, int]:
    """By measure, how many there are; a measure without any is left out."""
    found = visible(Correction, reader).where(Measure.idea_id == idea.id)
    counted = found.with_only_columns(Correction.measure_id, sa.func.count(), maintain_column_froms=True)
    return dict(rows(counted.group_by(Correction.measure_id)))
