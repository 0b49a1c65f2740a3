"""A test client that sends what a page's form would: the token that proves the form was ours."""

from __future__ import annotations

import hashlib
import os
from typing import Any

from flask import current_app, g, has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

SAFE = {"GET", "HEAD", "OPTIONS"}


class Client(FlaskClient):
    """One person's browser, without the screen. `csrf=False` sends a form that is not ours."""

    def open(self, *args: Any, csrf: bool = True, **kwargs: Any) -> TestResponse:
        """Ask for a page, or post to it."""
        _forget_the_last_request()
        if csrf and kwargs.get("method", "GET") not in SAFE:
            kwargs["headers"] = {**dict(kwargs.get("headers") or {}), "X-CSRFToken": self._token()}
        return super().open(*args, **kwargs)

    def _token(self) -> str:
        with self.session_transaction() as session:
            kept = session.setdefault("csrf_token", hashlib.sha1(os.urandom(64)).hexdigest())
        with self.application.app_context():
            signer = URLSafeTimedSerializer(current_app.secret_key, salt="wtf-csrf-token")
            return str(signer.dumps(kept))


def _forget_the_last_request() -> None:
    """The `session` fixture keeps an app context open, in which every client would be the first one's person."""
    if has_app_context():
        vars(g._get_current_object()).clear()
