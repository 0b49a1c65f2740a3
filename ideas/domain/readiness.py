"""Readiness: whether this server can do its work now. Asked every few seconds, so it asks little."""

from __future__ import annotations

import functools
import tempfile
from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from ideas.config import ROOT
from ideas.db import db

if TYPE_CHECKING:
    from pathlib import Path


def checks(files_dir: Path) -> dict[str, bool]:
    """What this server needs, by name, and whether it is there: the database, its newest schema, room for files."""
    revision = _revision()
    return {"database": revision is not None, "schema": revision == newest(), "files": _can_write(files_dir)}


@functools.cache
def newest() -> str:
    """The newest migration of this version."""
    return str(ScriptDirectory(str(ROOT / "migrations")).get_current_head())


def _revision() -> str | None:
    """The revision of the database: empty before its first migration, None when it does not answer."""
    try:
        if not sa.inspect(db.session.connection()).has_table("alembic_version"):
            return ""
        return str(db.session.scalar(sa.text("SELECT version_num FROM alembic_version")) or "")
    except SQLAlchemyError:
        return None


def _can_write(folder: Path) -> bool:
    """Whether there is room in a folder, or where it will be made for its first file."""
    folder = folder if folder.exists() else folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"Is there room?")
    except OSError:
        return False
    return True
