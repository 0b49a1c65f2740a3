"""The command line: what an operator does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import demo, organisations, people
from .backups.backup import backup
from .backups.restore import restore
from .serve import serve

if TYPE_CHECKING:
    from flask import Flask


#: What stands after `flask --app wsgi`; `worker` is beside it.
COMMANDS = (serve, organisations.group, people.group, demo.demo, backup, restore)


def init_app(app: Flask) -> None:
    """Give the app its commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
