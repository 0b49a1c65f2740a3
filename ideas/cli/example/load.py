"""Loading the example: the cast, then a year of sixty ideas, through the verbs that the pages use."""

from __future__ import annotations

import datetime as dt

from ideas import clock
from ideas.domain import versions

from . import beginning, course, diary, looked, reach
from .cast import Cast, assemble
from .story import all_stories
from .told import Told

#: The cast was there before the first idea.
_BEFORE = dt.timedelta(days=400)


def load() -> Cast:
    """Make the whole example. Adds to the session, and leaves it to the caller to commit."""
    today = clock.today()
    with clock.at(today - _BEFORE):
        cast = assemble(today)
    pages = []
    for story in all_stories():
        told, page = Told(story, cast, today), diary.Page(story.number)
        beginning.write(told, page)
        course.write(told, page)
        reach.write(told, page)
        pages.append(page)
    pages.append(looked.page())
    with versions.alone():
        diary.tell(pages, today)
    return cast
