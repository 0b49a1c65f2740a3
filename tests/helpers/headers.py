"""The headers that every answer has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas.web.security import CONTENT_SECURITY_POLICY, SANDBOX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse


def bad_headers(answer: TestResponse) -> Iterator[str]:
    is_file = "Content-Disposition" in answer.headers
    wanted = {
        "Content-Security-Policy": SANDBOX if is_file else CONTENT_SECURITY_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
    }
    for name, value in wanted.items():
        if answer.headers.getlist(name) != [value]:
            yield f"{name} is {answer.headers.getlist(name)}"
    if not {"Cookie", "HX-Request"} <= set(answer.vary):
        yield f"Vary is {answer.vary}"
