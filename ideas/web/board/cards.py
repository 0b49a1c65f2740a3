"""What a card says in few words: its gist, and when something is owed on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ideas import clock
from ideas.models import Stage
from ideas.web.due import Due, due

if TYPE_CHECKING:
    from flask import Blueprint

    from ideas.models import Idea

#: From this many days before its end on, a trial's end is shown as a clock.
_SOON = 7


def init_blueprint(bp: Blueprint) -> None:
    """Let every page's templates call these: a card's words are also on the desk."""
    bp.add_app_template_filter(gist)
    bp.add_app_template_global(owed)


def gist(text: str, length: int = 90) -> str:
    """The first line, as far as it goes in whole words. What is left out is marked."""
    lines = [line for line in text.splitlines() if line.strip()]
    first = " ".join(lines[0].split()) if lines else ""
    if len(first) <= length:
        return _open_ended(first)
    sentence = re.match(r".{20,}?(?<!\b[A-Z])[.!?](?= )", first)
    if sentence and len(sentence[0]) <= length:
        return _open_ended(sentence[0])
    kept = first[: length + 1].rsplit(" ", 1)[0][:length]
    return kept.rstrip(",;:. ") + " …"


def _open_ended(sentence: str) -> str:
    """Without its full stop, unless that belongs to a name: "Femi A."."""
    return sentence if re.search(r"\b[A-Z]\.$", sentence) else sentence.rstrip(".")


def owed(idea: Idea) -> Due | None:
    """The clock on an idea: an answer that is owed, else the end of its trial when it is near or past."""
    request = idea.open_sign_off
    if request:
        return due(request.due_on, request.asked_at)
    if idea.due_on is None:
        return None
    if idea.stage in (Stage.NEW, Stage.PLANNING):
        return due(idea.due_on, idea.stage_since)
    left = (idea.due_on - clock.today()).days
    if left < 0:
        return Due("Time is up", "late", 1.0)
    if left > _SOON:
        return None
    words = {0: "Ends today", 1: "Ends tomorrow"}.get(left, f"Ends in {left} days")
    return Due(words, "soon", 0.9)
