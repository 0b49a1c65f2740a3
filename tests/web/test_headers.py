"""Headers: every answer has them, errors and fragments too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import factories
from tests.helpers.headers import bad_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.cast import Cast
    from tests.helpers.client import Client


def test_every_answer_has_the_headers_errors_and_fragments_too(
    app: Flask, cast: Cast, signed_in: Callable[..., Client], client: Client
) -> None:
    idea = factories.in_planning(cast)
    femis = signed_in(cast.femi)
    asks = {
        "page": lambda: client.get("/"),
        "to sign in": lambda: client.get("/board"),
        "405": lambda: client.get("/seen"),
        "403": lambda: femis.get(f"/ideas/{idea.ref}/edit"),
        "404": lambda: femis.get("/ideas/I-999999999"),
        "409": lambda: signed_in(cast.amara).post(f"/ideas/{idea.ref}/moves", data={"stage": "trying", "version": 1}),
        "413": lambda: femis.post("/ideas", data={"now": "a" * 2_000_000}),
        "419": lambda: femis.post("/ideas", csrf=False),
        "422": lambda: femis.post("/ideas"),
        "from elsewhere": lambda: femis.post("/ideas", headers={"Origin": "https://elsewhere.example"}),
        "fragment": lambda: femis.get("/ideas", headers={"HX-Request": "true"}),
        "options": lambda: femis.options("/ideas"),
        "slash": lambda: femis.get("//board"),
    }

    assert {name: wrong for name, ask in asks.items() if (wrong := list(bad_headers(ask())))} == {}
