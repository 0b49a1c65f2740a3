"""Taken out: somebody corrects a reading that somebody else took out meanwhile. What was typed stays in sight."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

from werkzeug.exceptions import NotFound

from ideas.domain import corrections
from ideas.domain.errors import Stale
from ideas.domain.readings import TakenOut
from ideas.web import transaction
from ideas.web.guard import me
from ideas.web.stale import too_late
from ideas.web.templating import moment

from .forms import EventForm, ReadingForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from ideas.models import Correction

    View = TypeVar("View", bound=Callable[..., Any])


def told_if_taken_out(view: View) -> View:
    """Say who took the reading out, and offer to enter what was typed anew; stands above the guard.

    What one may not see stays 404, and what one may not change 403.
    """

    @functools.wraps(view)
    def answered(id: int) -> Any:
        try:
            return view(id=id)
        except (NotFound, TakenOut):
            transaction.undo()
            went = corrections.removal(id, by=me())
            if went is None:
                raise
            return _too_late(went)

    return answered  # type: ignore[return-value]


def _too_late(went: Correction) -> tuple[str, int]:
    measure = went.measure
    form = (EventForm if measure.counts_days_between else ReadingForm)(ids="reading")
    who = "You" if went.by == me() else went.by.name if went.by else "Somebody"
    words = f"{who} took this reading out, {moment(went.corrected_at)}. What you typed is not saved."
    page = {"went": went, "measure": measure, "idea": measure.idea, "reading_form": form}
    return too_late("measures/taken_out.html", form, Stale(words), lambda: page)
