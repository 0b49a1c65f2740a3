"""The way back: the page to go on from after signing in, when nobody was signed in to take what a form sent."""

from __future__ import annotations

import contextlib
import urllib.parse
from typing import TYPE_CHECKING

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError, RequestRedirect

from . import links

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The page on which a form is first shown, by what its sending is called.
_FIRST_SHOWN = {"create": "new", "update": "edit"}


def to_page() -> str:
    """The address of the page that sent this: what its browser says, where that is a page of ours; else the desk."""
    return _first_page(_came_from(), request.path, *_about())


def to_form() -> str:
    """The address of the page where the form that was sent stands.

    A form that was refused stands at the address that it is sent to, where often another page opens: then it is the
    page on which the form is first shown.
    """
    came_from = _came_from()
    if came_from == request.path:
        came_from = ""
    return _first_page(came_from, *_first_shown(), request.path, *_about())


def _came_from() -> str:
    """The path of ours that the browser says it came from, or nothing."""
    try:
        said = urllib.parse.urlsplit(request.referrer or "")
    except ValueError:
        return ""
    if said.netloc != request.host:
        return ""
    return links.safe_next(urllib.parse.urlunsplit(("", "", said.path, said.query, "")))


def _first_shown() -> Iterator[str]:
    noun, _, act = (request.endpoint or "").rpartition(".")
    if act in _FIRST_SHOWN:
        with contextlib.suppress(BuildError):
            yield url_for(f"{noun}.{_FIRST_SHOWN[act]}", **request.view_args or {})


def _about() -> Iterator[str]:
    """The page of the idea that it is about, where the address says so."""
    if request.view_args and "ref" in request.view_args:
        yield url_for("ideas.show", ref=request.view_args["ref"])


def _first_page(*paths: str) -> str:
    """The first of these at which there is a page to look at, or the desk."""
    return next((path for path in paths if path and _is_page(path)), "/")


def _is_page(path: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    try:
        adapter.match(path.partition("?")[0], method="GET")  # type: ignore[union-attr]
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True
