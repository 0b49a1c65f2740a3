"""What somebody may do without a name, as steps told in either world: by Amara in the one, by Tomas in the other."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from typing import TYPE_CHECKING

from ideas.db import db
from ideas.domain import hidings, moves, teams
from ideas.models import Idea, Stage
from tests.helpers.page import Page, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast
    from tests.helpers.client import Client

WORDS = {
    "now": "Nobody answers the bell at night.",
    "change": "A bell that rings in the office too.",
    "title": "A bell in the office",
}


@dataclasses.dataclass
class World:
    """One of the two worlds, while its script is told."""

    cast: Cast
    #: the browsers of both, signed in
    both: tuple[Client, Client]
    #: that of the one who has no name here
    somebody: Client
    #: the address on a poster of their organisation
    at: str
    six: str = ""
    ref: str = ""

    @property
    def idea(self) -> Idea:
        return db.session.query(Idea).filter_by(title=WORDS["title"]).one()


def _form(answer: object, selector: str) -> dict[str, str]:
    assert answer.status_code == 200, answer.get_data(as_text=True)  # type: ignore[attr-defined]
    return Page.of(answer).fields(selector)  # type: ignore[arg-type]


def _open_form(world: World) -> dict[str, str]:
    """Both open the form, which is no secret, and one of them sends it, with the key that the first of the two got."""
    forms = {client: _form(client.get("/ideas/new"), "form[action='/ideas']") for client in world.both}
    key = forms[world.both[0]]["key"]
    return forms[world.somebody] | WORDS | {"without_name": "y", "key": key}


def _take_words(world: World, answer: object) -> None:
    assert answer.status_code == 200, answer.get_data(as_text=True)  # type: ignore[attr-defined]
    world.six = " ".join(text(word) for word in Page.of(answer).all(".words li"))  # type: ignore[arg-type]


def say(world: World, **more: str) -> None:
    """From the form, with the place."""
    _take_words(world, world.somebody.post("/ideas", data=_open_form(world) | {"leave_place_out": ""} | more))


def say_here_first(world: World) -> None:
    say(world, audience="here_first")


def say_twice(world: World) -> None:
    """As a double click does."""
    form = _open_form(world)
    for _ in range(2):
        _take_words(world, world.somebody.post("/ideas", data=form))


def say_after_refusals(world: World) -> None:
    """First as a draft, then with a word missing."""
    form = _open_form(world)
    assert world.somebody.post("/ideas", data=form | {"audience": "draft"}).status_code == 422
    assert world.somebody.post("/ideas", data=form | {"now": ""}).status_code == 422
    _take_words(world, world.somebody.post("/ideas", data=form))


def say_at_a_poster(world: World, **more: str) -> None:
    """In a browser in which one is signed in."""
    world.somebody.get(world.at)
    form = _form(world.somebody.post(world.at, data=WORDS), f"form[action='{world.at}/without-name']")
    _take_words(world, world.somebody.post(f"{world.at}/without-name", data=form | more))


def say_without_the_place(world: World) -> None:
    say_at_a_poster(world, leave_place_out="y")


def read_by_code(world: World) -> None:
    assert world.somebody.post("/claim", data={"code": world.six}).status_code == 200


def type_it_wrong(world: World) -> None:
    assert world.somebody.post("/claim", data={"code": world.six[1:]}).status_code == 422


def edit_by_code(world: World) -> None:
    form = _form(world.somebody.post("/claim", data={"code": world.six}), "form[action='/claim/words']")
    answer = world.somebody.post("/claim/words", data=form | {"change": "Two bells."})
    assert answer.status_code == 200


def withdraw_by_code(world: World) -> None:
    """It may not be possible any more, which is told too."""
    assert world.somebody.post("/claim/withdrawal", data={"code": world.six}).status_code in (200, 409, 422)


def take_on(world: World) -> None:
    """Ben, who leads there, carries it."""
    if world.idea.owner is None and world.idea.home_organisation is world.cast.northmere:
        teams.take_on(world.idea, by=world.cast.ben)
        moves.move(world.idea, Stage.PLANNING, by=world.cast.ben, version=world.idea.version)
        db.session.commit()


def hide(world: World) -> None:
    if world.idea.home_organisation is world.cast.northmere and not world.idea.is_hidden:
        hidings.hide(world.idea, "It names a colleague.", by=world.cast.ruth)
        db.session.commit()


def both_say_us_too(world: World) -> None:
    """Whoever said it may say, as anybody, that it affects them too. It may be hidden by now, which is told too."""
    for client in world.both:
        assert client.post(f"/ideas/{world.idea.ref}/us-too", data={"job": "nurse"}).status_code in (303, 404, 409)


SAYINGS: tuple[Callable[[World], None], ...] = (
    say,
    say_here_first,
    say_twice,
    say_after_refusals,
    say_at_a_poster,
    say_without_the_place,
)
LATER: tuple[Callable[[World], None], ...] = (
    read_by_code,
    type_it_wrong,
    edit_by_code,
    take_on,
    hide,
    both_say_us_too,
)


@dataclasses.dataclass(frozen=True)
class Script:
    """A way to say it, and what happens then, each step some time after the one before."""

    steps: tuple[Callable[[World], None], ...]
    waits: tuple[dt.timedelta, ...]

    def __str__(self) -> str:
        return ", ".join(step.__name__ for step in self.steps)


def drawn(seed: int) -> Script:
    """A script out of chance: each way to say it comes in turn."""
    chance = random.Random(seed)
    last = (withdraw_by_code,) if chance.random() < 0.3 else ()
    steps = (SAYINGS[seed % len(SAYINGS)], *chance.sample(LATER, chance.randint(1, len(LATER))), *last)
    return Script(steps, tuple(dt.timedelta(minutes=chance.randint(1, 90)) for _ in steps))
