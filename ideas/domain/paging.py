"""Long lists: how many rows there are, and which page of them is shown."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from ideas.db import db


def count(found: sa.Select[Any]) -> int:
    """How many rows a select finds. It has neither a limit nor loader options."""
    counted = found.with_only_columns(sa.func.count(), maintain_column_froms=True).order_by(None)
    return db.session.scalar(counted) or 0


def turn_to(page: int, *, total: int, size: int) -> tuple[int, int]:
    """The number of the page that is shown, and of the last one. A page past the last one is the last one."""
    last = max(1, -(-total // size))
    return min(max(page, 1), last), last
