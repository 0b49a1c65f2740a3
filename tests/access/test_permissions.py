"""The table of permissions, cell by cell: through the policy, by direct request, and as the pages offer it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from ideas.access import Action, may
from ideas.db import db
from ideas.domain import people
from tests import factories

from . import world
from .table import CAST, ROWS, Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast
    from tests.helpers.client import Client


def names(of: world.World) -> dict[str, Any]:
    """What stands for each thing in an address: asked once, as after a request each would be read afresh."""
    return {name: getattr(thing, "ref", None) or thing.id for name, thing in vars(of).items()}


def thing_of(row: Row, things: world.World) -> Any:
    return getattr(things, row.thing) if row.thing else None


def test_the_table_has_a_row_for_every_action() -> None:
    assert {row.action for row in ROWS} == set(Action)


def test_the_policy_agrees_with_the_table_in_every_cell_and_says_why_not(cast: Cast) -> None:
    things = world.make(cast)

    found = {
        row.act: {name: may(getattr(cast, name), row.action, thing_of(row, things)) for name in CAST} for row in ROWS
    }

    allowed = {act: {name for name, verdict in cells.items() if verdict} for act, cells in found.items()}
    assert allowed == {row.act: row.may for row in ROWS}
    denied = {(act, name, no.reason) for act, cells in found.items() for name, no in cells.items() if not no}
    assert not {cell for cell in denied if not cell[2].endswith(".")}


def test_who_belongs_nowhere_any_more_may_nothing_whatever_they_wrote_or_carry(cast: Cast) -> None:
    """Asked of the right itself: somebody may be let go between the page and the click."""
    things = world.make(cast)
    for person in {getattr(cast, name) for name in CAST}:
        for membership in person.active_memberships:
            people.leave(membership)

    allowed = {
        (row.act, name) for row in ROWS for name in CAST if may(getattr(cast, name), row.action, thing_of(row, things))
    }

    assert not allowed


def test_every_direct_request_agrees_with_the_table(cast: Cast, signed_in: Callable[..., Client]) -> None:
    things = world.make(cast)
    clients = {name: signed_in(getattr(cast, name)) for name in CAST}
    named = names(things)
    rows = [row for row in ROWS if row.sends]

    # Those who may not come first: what somebody does may take the reason to ask away from those who come after.
    answers = {
        row.act: {
            name: clients[name].post(row.sends.format(**named)).status_code
            for name in sorted(CAST, key=row.may.__contains__)
        }
        for row in rows
    }

    not_denied = {
        act: {name for name, status in cells.items() if status not in (403, 404)} for act, cells in answers.items()
    }
    assert not_denied == {row.act: row.may for row in rows}
    assert all(status < 500 for cells in answers.values() for status in cells.values())


def test_every_page_offers_an_act_to_those_who_may_and_to_nobody_else(
    cast: Cast, signed_in: Callable[..., Client]
) -> None:
    things = world.make(cast)
    clients = {name: signed_in(getattr(cast, name)) for name in CAST}
    named = names(things)
    rows = [row for row in ROWS if row.offered_on]

    pages = {
        (name, path): client.get(path).get_data(as_text=True)
        for path in {row.offered_on.format(**named) for row in rows}
        for name, client in clients.items()
    }
    offered = {
        row.act: {
            name
            for name in CAST
            if f'action="{row.sends.format(**named)}"' in pages[name, row.offered_on.format(**named)]
        }
        for row in rows
    }

    assert offered == {row.act: row.may for row in rows}


def test_somebody_who_is_not_signed_in_may_nothing(cast: Cast, client: Client) -> None:
    named = names(world.make(cast))
    db.session.commit()

    answers = {client.post(row.sends.format(**named)).status_code for row in ROWS if row.sends}

    assert answers == {419}


ROOMS = ("", "/edit", "/plan", "/evidence", "/history", "/sign-off", "/moves", "/week")


def test_what_is_kept_does_not_exist_for_others_in_any_room(cast: Cast, signed_in: Callable[..., Client]) -> None:
    """A draft, for all but its author and its team; what is here first, for those whom it does not concern."""
    things = world.make(cast)
    refs = {"draft": things.draft.ref, "here first": things.here_first.ref}
    clients = {name: signed_in(getattr(cast, name)) for name in CAST}

    missing = {
        (kept, room): {name for name, by in clients.items() if by.get(f"/ideas/{ref}{room}").status_code == 404}
        for kept, ref in refs.items()
        for room in ROOMS
    }

    others = {"draft": set(CAST) - {"amara", "dele"}, "here first": {"mina", "lena"}}
    assert missing == {(kept, room): others[kept] for kept in refs for room in ROOMS}


CROWD_PAGES = (
    "/",
    "/board",
    "/ideas",
    "/ideas?mine=1",
    "/organisations",
    "/organisations/northmere-hospitals",
    "/people/{amara}",
)
#: What some may not read, and who they are.
KEPT = {
    "a draft": (world.make_draft, ("tomas", "femi", "ada", "gwen", "sol")),
    "what is hidden": (world.make_hidden, ("tomas", "gwen", "dele", "sol", "mina")),
    "what is here first": (world.make_here_first, ("gwen", "dele", "sol", "lena", "mina")),
}


@pytest.mark.parametrize("kept", KEPT)
def test_every_page_is_the_same_to_others_with_and_without(
    cast: Cast, signed_in: Callable[..., Client], kept: str
) -> None:
    """No title, no count, no trace: a page that reads past `visible` shows here."""
    factories.new(cast)
    db.session.commit()
    make, names = KEPT[kept]
    readers = {name: signed_in(getattr(cast, name)) for name in names}
    paths = [path.format(amara=cast.amara.id) for path in CROWD_PAGES]

    def seen() -> dict[tuple[str, str], str]:
        return {
            (path, name): without_what_is_drawn(client.get(path).get_data(as_text=True))
            for path in paths
            for name, client in readers.items()
        }

    before = seen()

    make(cast)
    db.session.commit()

    assert seen() == before


def without_what_is_drawn(html: str) -> str:
    """The page without its tokens and keys, which are new each time."""
    return re.sub(r'(name="(?:csrf_token|key)" value=")[^"]*', r"\1", html)
