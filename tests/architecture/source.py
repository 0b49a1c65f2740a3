"""The project's own files, for tests that read them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from typing import TYPE_CHECKING

from ideas.config import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@cache
def committed() -> tuple[Path, ...]:
    """Every file that is in git, or would be with the next commit."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    files = (ROOT / name for name in names.split("\0") if name)
    return tuple(file for file in files if file.is_file())


def name(file: Path) -> str:
    """How a failure calls a file."""
    return file.relative_to(ROOT).as_posix()


def python_files(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """The Python files under these folders, parsed, with their names."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield name(file), ast.parse(file.read_text(), str(file))
