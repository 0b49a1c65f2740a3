"""Walking through the whole product: every page that links lead to, every address that takes a form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import NotFound

from ideas.db import db
from tests.helpers.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.routing import Rule
    from werkzeug.test import TestResponse

    from tests.helpers.client import Client

#: Pages that no link leads to.
UNLINKED = (
    "/healthz",
    "/readyz",
    "/metrics",
    "/at",
    "/claim",
    "/ideas/new",
    "/sign-in?next=/board",
    "/board?mine=1",
    "/nothing-here",
)


def walk(reader: Client, *also: str) -> Iterator[tuple[str, TestResponse, Page]]:
    """Every page that links lead to from the front page, each once, and without its query."""
    to_do, seen = ["/", *UNLINKED, *also], set()
    while to_do:
        path = to_do.pop()
        if path in seen:
            continue
        seen.add(path)
        with reader.get(path) as answer:
            page = Page.of(answer)
        yield path, answer, page
        targets = [link.attrs["href"] for link in page.all("a[href]")]
        # Where to move it is asked by script, and after a stop without its lesson.
        targets += [f"{path}/moves"] if re.fullmatch(r"/ideas/I-\d+", path) else []
        to_do += [re.split("[?#]", to)[0] for to in targets if to.startswith("/")]


def endpoint(app: Flask, path: str) -> str:
    try:
        return app.url_map.bind("localhost").match(path.partition("?")[0])[0]
    except NotFound:
        return ""


def posts(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]


def done(answer: TestResponse) -> None:
    assert answer.status_code == 303, answer.get_data(as_text=True)[:3000]


def fresh(thing: Any) -> Any:
    db.session.rollback()
    db.session.refresh(thing)
    return thing
