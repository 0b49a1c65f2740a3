"""Tickets: that words were read and counted once, so that they can be sent without being counted again.

Between the two steps nothing is kept on the server: the words travel in the form, and the ticket with them.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from ideas.domain import sessions

if TYPE_CHECKING:
    from .forms import PassedForm


def issue(code: str, form: PassedForm) -> str:
    """A ticket for the words in this form, said at the poster with this code."""
    return str(_signer().dumps(_about(code, form)))


def holds(code: str, form: PassedForm) -> bool:
    """Whether this form brings the ticket of its words."""
    age = int(sessions.IN_ALL.total_seconds())
    try:
        return bool(_signer().loads(form.ticket.data or "", max_age=age) == _about(code, form))
    except BadData:
        return False


def _about(code: str, form: PassedForm) -> str:
    told = "\0".join((code, form.key.data or "", form.now.data or "", form.change.data or "", form.title.data or ""))
    return hashlib.sha256(told.encode()).hexdigest()


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="words from a poster")
