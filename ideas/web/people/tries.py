"""Tries at a password: counted before it is looked at, so that no refusal takes the count back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import make_response

from ideas.domain import throttles
from ideas.web import security, transaction

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response

    from ideas.domain.throttles import TooOften
    from ideas.web.forms import Form


def count(*keys: str) -> None:
    """Count a try at each key, and from this address, whatever comes of it. Raises TooOften."""
    try:
        throttles.count(*keys, address=security.address())
    finally:
        transaction.keep_now()


def count_joining() -> None:
    """Count a try at making an account: else somebody could try which names are taken. Raises TooOften."""
    try:
        throttles.count_joining(address=security.address())
    finally:
        transaction.keep_now()


def count_nameless() -> None:
    """Count a time that somebody says something without their name. Raises TooOften."""
    try:
        throttles.count_nameless(address=security.address())
    finally:
        transaction.keep_now()


def forget(key: str) -> None:
    """The password was right."""
    throttles.forget(key, address=security.address())


def wait(form: Form, refusal: TooOften, page: Callable[[], str]) -> Response:
    """The answer to one try too many: the page as it was sent, which says why, and how long to wait."""
    form.refuse(None, refusal.words)
    answer = make_response(page(), 429)
    answer.headers["Retry-After"] = str(refusal.seconds)
    return answer
