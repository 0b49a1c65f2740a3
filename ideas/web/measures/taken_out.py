"""Taken out: somebody turns to a reading that somebody else took out meanwhile. What was typed stays in sight."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

from flask import request, url_for
from werkzeug.exceptions import NotFound

from ideas.domain import corrections
from ideas.domain.errors import Stale
from ideas.domain.readings import TakenOut
from ideas.web import transaction
from ideas.web.guard import me
from ideas.web.htmx import go_on
from ideas.web.stale import too_late
from ideas.web.templating import dom_id, moment

from .forms import to_enter

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    from ideas.models import Correction

    View = TypeVar("View", bound=Callable[..., Any])


def told_if_taken_out(view: View) -> View:
    """Say who took the reading out, and offer to enter anew what was typed, if anything was; stands above the guard.

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
            return _offer_anew(went) if "taken_on" in request.form else _lead_back(went)

    return answered  # type: ignore[return-value]


def _offer_anew(went: Correction) -> tuple[str, int]:
    measure = went.measure
    form = to_enter(measure)(ids="reading")
    page = {"went": went, "measure": measure, "idea": measure.idea, "reading_form": form}
    return too_late("measures/taken_out.html", form, Stale(_words(went)), lambda: page)


def _lead_back(went: Correction) -> Response:
    measure = went.measure
    return go_on(url_for("evidence.show", ref=measure.idea.ref, _anchor=dom_id(measure)), said=_words(went))


def _words(went: Correction) -> str:
    who = "You" if went.by == me() else went.by.short_name if went.by else "Somebody"
    return f"{who} took this reading out, {moment(went.corrected_at)}."
