"""The manifest of a backup: which files it has, each with its SHA-256, and what is to be found in the database."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from pathlib import Path

NAME = "manifest.json"
#: Raised when the form changes, so that an older Headroom says no instead of something wrong.
FORM = 1


class Broken(Exception):
    """This is no whole backup. Names the file that is not as it was written."""


@dataclasses.dataclass(frozen=True)
class Manifest:
    """What a backup holds."""

    made_at: str
    #: sqlite or postgresql
    database: str
    #: the newest migration of the database
    revision: str
    #: how many rows each table has
    rows: dict[str, int]
    #: the SHA-256 of each file, by its path in the backup
    files: dict[str, str]
    #: files that the database names, and that were not in their place, or not what they had been
    missing: list[str]
    form: int = FORM

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the manifest, and compare every file with it. Raises Broken."""
        try:
            told: dict[str, Any] = json.loads((folder / NAME).read_text())
            manifest = cls(**told)
        except FileNotFoundError:
            raise Broken(f"{folder} is no backup: {NAME} is not in it.") from None
        except (ValueError, TypeError, UnicodeDecodeError):
            raise Broken(f"{NAME} cannot be read: it is cut, changed, or of a newer Headroom.") from None
        if manifest.form != FORM:
            raise Broken(f"{NAME} is of form {manifest.form}, and this Headroom reads form {FORM}.")
        manifest._compare(folder)
        return manifest

    def write(self, folder: Path) -> None:
        """Write the manifest, last of all."""
        (folder / NAME).touch(mode=0o600)
        (folder / NAME).write_text(json.dumps(dataclasses.asdict(self), indent=1, sort_keys=True))

    def _compare(self, folder: Path) -> None:
        there = {str(file.relative_to(folder)) for file in folder.rglob("*") if not file.is_dir()} - {NAME}
        for path in sorted(self.files.keys() - there):
            raise Broken(f"{path} is missing.")
        for path in sorted(there - self.files.keys()):
            raise Broken(f"{path} does not belong to this backup.")
        for path, sha256 in sorted(self.files.items()):
            if sha256_of(folder / path) != sha256:
                raise Broken(f"{path} is not as it was written.")


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
