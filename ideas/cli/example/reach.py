"""Reach: who says "us too" in the example, from where they work."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from ideas.domain import us_too

if TYPE_CHECKING:
    from ideas.models import Person

    from .diary import Page
    from .told import Told

#: How many days after it was said the first say it too.
_AFTER = 3


def write(told: Told, page: Page) -> None:
    """Write down who says it: another number of people for every idea, those where it hurts and would change first."""
    story = told.story
    if story.is_draft or story.is_here_first or story.hidden or story.said < _AFTER + 2:
        return
    for place, person in enumerate(_some(told)):
        page.on(max(1.2, story.said - _AFTER - place * 0.7), functools.partial(_say, told, person))


def _some(told: Told) -> list[Person]:
    number = told.story.number
    near = {told.story.hurts, told.story.home} - {""}
    theirs = {told.story.author, told.story.owner, told.story.for_colleague, *told.story.team}
    people = [person for key, person in told.cast.people.items() if key not in theirs and person.active_memberships]
    homes = {told.cast.organisations[key].id for key in near}
    here = [each for each in people if each.active_memberships[0].organisation_id in homes]
    elsewhere = [each for each in people if each not in here]
    turned = elsewhere[number % len(elsewhere) :] + elsewhere[: number % len(elsewhere)]
    # What is tried touches more people than what is new.
    return [*here, *turned][: 6 + number % 6 if told.started else number % 4]


def _say(told: Told, person: Person) -> None:
    if not us_too.obstacle(told.idea):
        us_too.say(told.idea, by=person, membership=person.active_memberships[0])
