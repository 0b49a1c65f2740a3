"""Bodies of requests: forms are words, and small; a route that takes a file says so."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, Any, TypeVar

from flask import Request, current_app, request, session

from ideas.adapters.files.kinds import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    View = TypeVar("View", bound=Callable[..., Any])

#: A body past this is a mistake or an attack, and is answered with 413.
BODY_BYTES = 1024 * 1024
#: The largest file, with the form around it.
BODY_WITH_FILE_BYTES = LARGEST + BODY_BYTES


class FileRequest(Request):
    """A request whose files go to the disk as they come: the server's memory stays as it is, however large they are.

    They lie there without a name, so that nothing stays behind when a phone gives up half-way, or the server ends.
    """

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return tempfile.TemporaryFile(dir=current_app.config["FILES"].arriving)


def init_app(app: Flask) -> None:
    """Set the sizes, before anybody reads a body."""
    app.request_class = FileRequest
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = BODY_BYTES
    app.config["MAX_FORM_PARTS"] = 200
    app.before_request(_make_room)


def takes_a_file(view: View) -> View:
    """This route takes a file. Stands directly below the route, above the guard."""
    view.takes_a_file = True  # type: ignore[attr-defined]
    return view


def _make_room() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    # Who is not signed in sends no file anywhere; the cookie is signed, and asking it needs no database.
    if getattr(view, "takes_a_file", False) and "_user_id" in session:
        request.max_content_length = BODY_WITH_FILE_BYTES
