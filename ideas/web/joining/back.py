"""Where somebody goes on who has answered a person who asked to join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for

from ideas.access import Action, may
from ideas.web.guard import me

if TYPE_CHECKING:
    from ideas.models import Organisation


def where_to(organisation: Organisation) -> str:
    """To the people of the organisation; for its partner, who has no page of them, to the desk."""
    if may(me(), Action.INVITE, organisation):
        return url_for("admin.show", slug=organisation.slug)
    return url_for("desk.show")
