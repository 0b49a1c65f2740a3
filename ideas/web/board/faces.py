"""Faces: what a card says, made once for everybody, and kept until something about it changes."""

from __future__ import annotations

import dataclasses
import threading
from typing import TYPE_CHECKING

from markupsafe import Markup

from ideas.domain import cards
from ideas.domain.cards import Card
from ideas.web import templating

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from ideas.domain.cards import Entry
    from ideas.models import Idea

#: How many are kept; the longest kept goes first. A board shows 60.
MOST = 1000


@dataclasses.dataclass(frozen=True)
class Face:
    """A card in mark-up: its words and its foot, and the whole of it for whoever may not move it."""

    words: Markup
    foot: Markup
    whole: Markup


_PARTS = ("board/_card_words.html", "board/_card_foot.html")
_kept: dict[Hashable, Face] = {}
_lock = threading.Lock()


def of(entries: Iterable[Entry], *at_hand: Idea) -> dict[int, Face]:
    """The faces of these cards, by the id of the idea. What is not kept is read and made, all in one go.

    An idea that is at hand, as it is now, is not read again.
    """
    wanted = list(entries)
    found = {entry.id: face for entry in wanted if (face := _kept.get(entry.key))}
    lacking = {entry.id: entry for entry in wanted if entry.id not in found}
    if lacking:
        for idea in cards.read(list(lacking), *at_hand):
            entry = lacking[idea.id]
            found[idea.id] = _keep(entry.key, _made(entry, Card(idea, entry.usual_days)))
    return found


def _made(entry: Entry, card: Card) -> Face:
    # Bare: with no person at hand, nothing on it can be meant for one.
    words, foot = (Markup(templating.render_bare(part, card=card)) for part in _PARTS)  # noqa: S704
    face = Face(words, foot, Markup())
    nobodys = dataclasses.replace(entry, moves=())
    whole = templating.render_bare("board/_card.html", card=nobodys, faces={entry.id: face})
    return dataclasses.replace(face, whole=Markup(whole))  # noqa: S704


def _keep(key: Hashable, face: Face) -> Face:
    with _lock:
        while len(_kept) >= MOST:
            del _kept[next(iter(_kept))]
        _kept[key] = face
    return face
