"""Tokens: long random words that open something once. Only their hash is kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets


def draw() -> str:
    """A new token of 256 bits, fit for an address."""
    return secrets.token_urlsafe(32)


def following(key: str, secret: bytes) -> str:
    """The token that follows from a form's key and the server's secret: the same form sent again makes the same one."""
    return base64.urlsafe_b64encode(hmac.digest(secret, key.encode(), hashlib.sha256)).decode().rstrip("=")


def hashed(token: str) -> str:
    """What is kept of a token. So many random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
