"""Acts behind forms: what the domain refuses is said at the field, and a form sent twice makes one thing."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, TypeVar

from flask import g, make_response, request
from sqlalchemy.exc import IntegrityError

from ideas.domain import receipts
from ideas.domain.errors import Invalid, Refused

from . import transaction
from .guard import me
from .htmx import go_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from .forms import Form

    Made = TypeVar("Made")
    View = TypeVar("View", bound=Callable[..., Any])

_KEY = re.compile(r"[\w-]{8,64}", re.ASCII)


def accepted(form: Form, act: Callable[[], Made]) -> Made | None:
    """Do the act if the form is complete, and return what it made; None when the form or the domain refused.

    Then nothing was done, and the form carries what to put right.
    """
    if not form.validate_on_submit():
        return None
    try:
        return act()
    except Invalid as refusal:
        transaction.undo()
        form.refuse(refusal.field if refusal.field in form else None, refusal.words)
        return None


def once(view: View) -> View:
    """Make one thing of a form that is sent twice: the second time leads where the first one led.

    Stands under the guard. The form's `key` says which sending it is.
    """

    @functools.wraps(view)
    def sent(*args: Any, **kwargs: Any) -> Any:
        key = request.form.get("key", "")
        if not _KEY.fullmatch(key):
            return view(*args, **kwargs)
        if receipt := receipts.find(key, me()):
            return go_on(receipt.location)
        try:
            response = make_response(view(*args, **kwargs))
        except (Refused, IntegrityError):
            if first := _where_the_first_led(key):
                return first
            raise
        if response.status_code >= 400:
            return _where_the_first_led(key) or response
        if "led_to" not in g:
            return response
        try:
            receipts.keep(key, me(), location=g.led_to)
        except IntegrityError:
            if first := _where_the_first_led(key):
                return first
            raise
        return response

    return sent  # type: ignore[return-value]


def _where_the_first_led(key: str) -> Any:
    """The answer to the same form when it arrived at the same moment and was first; None when there is none.

    The second may have waited for it, and then finds done what it came to do.
    """
    transaction.undo()
    receipt = receipts.find(key, me())
    return receipt and go_on(receipt.location)
