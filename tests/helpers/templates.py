"""Templates that are compiled once in a run of the tests: each app and each server would take a second for it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

#: The variable that tells the servers, too, in which folder they are kept.
KEPT_IN = "TESTS_KEEP_TEMPLATES_IN"


def keep_in(folder: Path) -> None:
    """From now on, those of this run lie there."""
    os.environ[KEPT_IN] = str(folder)


def keep(app: Flask) -> Flask:
    """Let the app take what another one has compiled, where there is a folder for it."""
    if folder := os.environ.get(KEPT_IN):
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(folder)
    return app
