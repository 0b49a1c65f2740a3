"""The command line: what an operator does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .serve import serve

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Give the app its commands."""
    app.cli.add_command(serve)
