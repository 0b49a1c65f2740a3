"""Arrivals: what is asked of every file from outside before it is read, and why one was refused."""

from __future__ import annotations

import contextlib
import os
from typing import IO, TYPE_CHECKING

from ideas.adapters.files.kinds import LARGEST
from ideas.adapters.files.unfit import Unfit

from .errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator


def refuse_unless_readable(stream: IO[bytes], *, too_large: str) -> None:
    """Go on only if there is something in it, and not too much. Raises Invalid; `too_large` says what to do then."""
    size = stream.seek(0, os.SEEK_END)
    if size == 0:
        raise Invalid("file", "This file is empty. Choose another.")
    if size > LARGEST:
        raise Invalid("file", f"This file is larger than 10 MB. {too_large}")


@contextlib.contextmanager
def told_at_the_field() -> Iterator[None]:
    """Say what is wrong with a file where it was chosen: raises Invalid for Unfit."""
    try:
        yield
    except Unfit as unfit:
        raise Invalid("file", unfit.words) from None
