"""Hiding an idea with a reason, and showing it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand
from ideas.models import Audience, Hiding

from . import events, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    from ideas.models import Idea, Person


def hide(idea: Idea, reason: str, *, by: Person) -> Hiding:
    """Keep it from everybody but its team, and those who may show it again. They all read the reason.

    Raises Denied, Invalid, or Refused (hidden already, or a draft).
    """
    versions.hold(idea)
    refuse_unless_shown(idea)
    demand(by, Action.HIDE, idea)
    reason = reason.strip()
    if not reason:
        raise Invalid("reason", "Say why, so that its team can put it right.")
    hiding = Hiding(by=by, hidden_at=clock.now(), reason=reason, was=idea.audience)
    idea.hidings.append(hiding)
    idea.audience = Audience.HIDDEN
    events.record(events.Kind.IDEA_HIDDEN, idea, by=by, reason=reason)
    versions.step_on(idea)
    return hiding


def refuse_unless_shown(idea: Idea) -> None:
    """Go on only while others than its team can read it. Raises Refused."""
    if idea.is_hidden:
        raise Refused("It is hidden already.")
    if idea.is_draft:
        raise Refused("It is a draft. Only its team reads it.")


def show_again(hiding: Hiding, *, by: Person) -> Idea:
    """Let those read it again who could before. Raises Denied, or Refused when it is not hidden any more."""
    idea = hiding.idea
    versions.hold(idea)
    demand(by, Action.HIDE, idea)
    if not hiding.is_in_force:
        raise Refused("It is shown again already.")
    hiding.ended_at, hiding.ended_by_id = clock.now(), by.id
    # One whose day here first has passed meanwhile is opened by the worker's next pass, as any other.
    idea.audience = hiding.was
    events.record(events.Kind.IDEA_SHOWN_AGAIN, idea, by=by)
    versions.step_on(idea)
    return idea
