"""The worker: everything that happens later, as sweeps over rows that say themselves what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .command import worker

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Give the app its `worker` command."""
    app.cli.add_command(worker)
