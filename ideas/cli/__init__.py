"""The command line: what an operator does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import demo, organisations, people
from .serve import serve

if TYPE_CHECKING:
    from flask import Flask


#: What stands after `flask --app wsgi`; `worker` is beside it.
COMMANDS = (serve, organisations.group, people.group, demo.demo)


def init_app(app: Flask) -> None:
    """Give the app its commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
