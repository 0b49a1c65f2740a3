"""Traces: what a request leaves behind about who made it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

from flask import g

if TYPE_CHECKING:
    from collections.abc import Callable

    View = TypeVar("View", bound=Callable[..., Any])


def leave_no_trace() -> None:
    """Say that nobody is to know who makes this request: no log line names a person or an address.

    Nor is it noted when the session was used.
    """
    g.without_a_trace = True


def without_a_trace(view: View) -> View:
    """This page leaves no trace of who asked for it. Stands over the guard."""

    @functools.wraps(view)
    def unseen(*args: Any, **kwargs: Any) -> Any:
        leave_no_trace()
        return view(*args, **kwargs)

    # For what refuses a request before it reaches its page: an old form, one that is too large.
    unseen.leaves_no_trace = True  # type: ignore[attr-defined]
    return unseen  # type: ignore[return-value]
