"""Tokens: long random words that open something once. Only their hash is kept."""

from __future__ import annotations

import hashlib
import secrets


def draw() -> str:
    """A new token of 256 bits, fit for an address."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a token. So many random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
