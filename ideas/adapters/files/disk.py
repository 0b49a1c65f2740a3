"""The disk: what is written is not there until it is forced."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def force(path: Path) -> None:
    """Force what is in a file, or the names in a folder, to the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def made(folder: Path) -> Path:
    """The folder, made where there is none, and its name forced to the disk; those above it too, each in turn."""
    if not folder.is_dir():
        made(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        force(folder.parent)
    return folder
