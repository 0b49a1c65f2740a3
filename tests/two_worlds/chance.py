"""The same chance and the same clock for both worlds: what is drawn is drawn alike, so that nothing is excused."""

from __future__ import annotations

import contextlib
import os
import random
import sys
from typing import TYPE_CHECKING

from itsdangerous import TimestampSigner

from ideas import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


@contextlib.contextmanager
def the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Draw all that is random from this seed; tokens are signed when our clock says."""
    source, chance = random.Random(seed), os.urandom
    with monkeypatch.context() as patch:
        patch.setattr(os, "urandom", lambda size: source.randbytes(size) if _is_asked_for_a_form() else chance(size))
        patch.setattr(random, "_urandom", source.randbytes)
        patch.setattr(TimestampSigner, "get_timestamp", lambda signer: int(clock.now().timestamp()))
        yield


def _is_asked_for_a_form() -> bool:
    """Whether what is drawn is to be seen: libraries draw for themselves when they are first used, once in a run."""
    asking = str(sys._getframe(2).f_globals.get("__name__"))
    return asking.startswith(("flask_wtf", "tests"))
