"""The guard of what a poster opens: nobody signs in, but the code must be that of a place."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

from flask import render_template

from ideas.domain import workplaces

if TYPE_CHECKING:
    from collections.abc import Callable

    View = TypeVar("View", bound=Callable[..., Any])


def from_poster(view: View) -> View:
    """This page is for whoever has the code of a poster: its place is the view's first argument."""

    @functools.wraps(view)
    def guarded(code: str) -> Any:
        place = workplaces.at(code)
        if place is None:
            return render_template("workplaces/gone.html"), 404
        return view(place)

    guarded.guard = "poster"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]
