"""Downloads: a file is sent to be saved, and never runs as a page of ours."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from flask import send_file

from .security import SANDBOX

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Response


def download(file: Path | IO[bytes], *, mimetype: str, name: str) -> Response:
    """Send it under this name."""
    answer = send_file(file, mimetype=mimetype, as_attachment=True, download_name=name, etag=False)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = "no-store"
    return answer
