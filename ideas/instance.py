"""The data directory: what an instance makes once for itself and keeps, its secret key and its id."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def secret_key(data_dir: Path) -> str:
    """The key that signs cookies and forms, for an instance whose operator has set none."""
    return _kept(data_dir / "secret-key", secrets.token_urlsafe(48))


def instance_id(data_dir: Path) -> str:
    """Tells this instance from others; random, so that it tells nothing else."""
    return _kept(data_dir / "instance-id", secrets.token_hex(8))


def _kept(file: Path, made: str) -> str:
    """What the file holds; made and kept first where there is none.

    Two processes may start at once: the file comes into being whole, by a link, and only once.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}-{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(made)
        try:
            file.hardlink_to(draft)
        except FileExistsError:
            pass  # the other process was first: what it made stands
        finally:
            draft.unlink()
    return file.read_text().strip()
