"""What was sent without a name: the page that shows its six words, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, flash, render_template

from ideas.domain import people
from ideas.web import security

if TYPE_CHECKING:
    from ideas.domain.claims import Sent
    from ideas.models import Organisation


def claim_key() -> bytes:
    """The server's own key for six words."""
    return security.key_for("ideas without a name")


def are_few_at(organisation: Organisation | None) -> int:
    """How many people a place has at least that is not small, where this one has fewer; 0 where it has enough."""
    least: int = current_app.config["SETTINGS"].small_place
    return least if organisation is not None and people.are_fewer_than(least, organisation) else 0


def words_page(sent: Sent, *, kept_as: str) -> str:
    """The six words, in the answer itself: in no address and in no cookie, where they could be read again.

    `kept_as` is what the browser calls the words that it kept until they were sent.
    """
    flash(kept_as, "accepted")
    return render_template("claims/sent.html", idea=sent.idea, words=sent.words)
