"""Refusals: why a card was not moved, in the words of the page and of the notice on the board."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from flask import url_for

from ideas.domain import gates
from ideas.domain.errors import Refused, Stale
from ideas.web import templating
from ideas.web.errors import Missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.domain.gates import Requirement
    from ideas.models import Idea, Stage


@dataclasses.dataclass(frozen=True)
class Refusal:
    """Why a card was not moved, and what its gate asks for: what is missing first, then what is there."""

    idea: Idea
    stage: Stage
    heading: str
    words: str
    required: Sequence[Requirement]

    @classmethod
    def of(cls, error: Refused, idea: Idea, stage: Stage) -> Refusal:
        """What the domain would not do, told about the idea as it is now."""
        if isinstance(error, Stale):
            return cls(idea, stage, "Not moved: somebody else was first", _where_it_is(idea), ())
        if not error.missing:
            return cls(idea, stage, "Not moved", error.words, ())
        met = [requirement for requirement in gates.requirements(idea, stage) if requirement.is_met]
        count = len(error.missing)
        things = f"{templating.number_word(count)} thing{' is' if count == 1 else 's are'} missing"
        return cls(idea, stage, f"Not moved: {things}", error.words, [*error.missing, *met])

    @property
    def missing(self) -> list[Missing]:
        """What is missing, each with the place where it is put right."""
        return [Missing.of(requirement, self.idea) for requirement in self.required if not requirement.is_met]

    @property
    def met(self) -> list[Requirement]:
        """What is there already."""
        return [requirement for requirement in self.required if requirement.is_met]

    @property
    def notice(self) -> dict[str, Any]:
        """What the notice above a board says."""
        return {
            "heading": self.heading,
            "words": self.words,
            "missing": self.missing,
            "href": url_for("ideas.show", ref=self.idea.ref),
            "link": "See how it stands now",
        }


def _where_it_is(idea: Idea) -> str:
    newest = idea.stage_entries[-1]
    who = newest.by.short_name if newest.by else "Headroom"
    when = templating.moment(newest.entered_at)
    stands = "Nothing of yours was done: look at how it stands now, then move it if you still want to."
    if newest.came_from is None:
        return f"“{idea.title}” was changed after you opened it. It is in {idea.stage.words}. {stands}"
    return f"“{idea.title}” is in {idea.stage.words} now. {who} moved it there on {when}. {stands}"
