"""Parts: what belongs to ideas, read for several of them at once, and only where there is any.

Each select is written once. One statement asks which parts there are at all; a part that is not there costs no other.
"""

from __future__ import annotations

import collections
import dataclasses
import functools
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from ideas.db import db, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.sql.base import ExecutableOption

    from ideas.models import Idea


@dataclasses.dataclass(frozen=True, eq=False)
class Part:
    """A collection of an idea: its name there, what it holds, and what is read with each."""

    name: str
    model: type[Any]
    options: tuple[ExecutableOption, ...] = ()

    @functools.cached_property
    def select(self) -> sa.Select[Any]:
        """All of it, of the ideas filled in, oldest first."""
        model: Any = self.model
        return sa.select(model).where(model.idea_id.in_(_IDEAS)).order_by(model.id).options(*self.options)


_IDEAS: sa.BindParameter[int] = sa.bindparam("ideas", expanding=True)


def read(ideas: Sequence[Idea], *parts: Part) -> None:
    """Read these parts of these ideas, where they are not read yet."""
    wanted = tuple(part for part in parts if any(part.name not in sa.inspect(idea).dict for idea in ideas))
    if not wanted:
        return
    values = {"ideas": [idea.id for idea in ideas]}
    (there,) = rows(_there(wanted), values)
    for part, is_there in zip(wanted, there, strict=True):
        found: dict[int, list[Any]] = collections.defaultdict(list)
        for each in db.session.scalars(part.select, values).unique() if is_there else ():
            found[each.idea_id].append(each)
        for idea in ideas:
            set_committed_value(idea, part.name, found[idea.id])


@functools.cache
def _there(parts: tuple[Part, ...]) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(*(sa.select(sa.literal(1)).where(part.model.idea_id.in_(_IDEAS)).exists() for part in parts))
