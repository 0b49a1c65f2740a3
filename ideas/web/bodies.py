"""Bodies of requests: forms are words, and small; a route that takes a file says so."""

from __future__ import annotations

import io
import tempfile
from typing import IO, TYPE_CHECKING, Any, TypeVar

from flask import Request, current_app, request, session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.utils import cached_property

from ideas.adapters.files.kinds import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    View = TypeVar("View", bound=Callable[..., Any])

#: A body past this is a mistake or an attack, and is answered with 413.
BODY_BYTES = 1024 * 1024
#: The largest file, with the form around it.
BODY_WITH_FILE_BYTES = LARGEST + BODY_BYTES
#: The most fields of a form; the longest of ours has fifty.
MOST_FIELDS = 200
#: Its parts: one file, and what belongs to every form. Each may be a file, and then is an open one.
PARTS_WITH_FILE = 10


class FileRequest(Request):
    """A request whose files go to the disk as they come: the server's memory stays as it is, however large they are.

    They lie there without a name, so that nothing stays behind when a phone gives up half-way, or the server ends.
    What is sent to a route that takes no file is small, and lies in memory: two hundred of them would be two hundred
    open files, and a server has a thousand.
    """

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if not _takes_one():
            return io.BytesIO()
        stream = tempfile.TemporaryFile(dir=current_app.config["FILES"].arriving)  # noqa: SIM115 (see close)
        self._arrived.append(stream)
        return stream

    @cached_property
    def _arrived(self) -> list[IO[bytes]]:
        return []

    def close(self) -> None:
        """Let go of every file, also where the form that they came with was refused half-way."""
        super().close()
        for stream in self._arrived:
            stream.close()


def init_app(app: Flask) -> None:
    """Set the sizes, before anybody reads a body."""
    app.request_class = FileRequest
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = BODY_BYTES
    app.config["MAX_FORM_PARTS"] = MOST_FIELDS
    app.before_request(_make_room)


def takes_a_file(view: View) -> View:
    """This route takes a file. Stands directly below the route, above the guard."""
    view.takes_a_file = True  # type: ignore[attr-defined]
    return view


def _make_room() -> None:
    if _takes_one():
        request.max_content_length = BODY_WITH_FILE_BYTES
        request.max_form_parts = PARTS_WITH_FILE
    # Of what is not in parts nobody counts the fields, and a megabyte has room for a quarter of a million.
    if request.mimetype == "application/x-www-form-urlencoded" and request.get_data().count(b"&") >= MOST_FIELDS:
        raise RequestEntityTooLarge


def _takes_one() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    # Who is not signed in sends no file anywhere; the cookie is signed, and asking it needs no database.
    return getattr(view, "takes_a_file", False) and "_user_id" in session
