"""The guard of every route: who is here, which thing they mean, and whether they may."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from flask import abort, g
from flask_login import current_user
from sqlalchemy import orm

from ideas.access import Action, Denied, may, scopes, visible
from ideas.db import db
from ideas.models import Idea, Organisation

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.sql.base import ExecutableOption

    from ideas.access.scopes import Reads
    from ideas.models import Person

    View = TypeVar("View", bound=Callable[..., Any])


#: The guards of what is for whoever comes: nobody need be signed in.
_FOR_WHOEVER_COMES = frozenset({"anyone", "poster", "six words"})


class NotSignedIn(Exception):
    """Somebody who is not signed in asked for what needs a person."""


def visitor() -> Person | None:
    """The person who is signed in, or nobody."""
    return current_user.person if current_user and current_user.is_authenticated else None


def me() -> Person:
    """The person who is signed in. Raises NotSignedIn."""
    person = visitor()
    if person is None:
        raise NotSignedIn
    return person


def needs_a_person(view: Callable[..., Any]) -> bool:
    """Whether this route is for those who are signed in."""
    return getattr(view, "guard", "anyone") not in _FOR_WHOEVER_COMES


def anyone(view: View) -> View:
    """This page is for everybody, signed in or not."""
    view.guard = "anyone"  # type: ignore[attr-defined]
    return view


def account_holder(view: View) -> View:
    """This page is about one's own account: for everybody who is signed in, those who wait for a yes included."""

    @functools.wraps(view)
    def guarded(**kwargs: Any) -> Any:
        me()
        return view(**kwargs)

    guarded.guard = "account holder"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def signed_in(view: View) -> View:
    """This page is for everybody who is signed in and belongs somewhere; what it shows goes through `visible`."""

    @functools.wraps(view)
    def guarded(**kwargs: Any) -> Any:
        if not me().active_memberships:
            raise Denied(_NOT_YET if any(m.is_waiting for m in me().memberships) else _NOWHERE)
        return view(**kwargs)

    guarded.guard = "signed in"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


_NOT_YET = (
    "Somebody where you work has to say yes first. Then you can read and take part. Nothing that you wrote is lost."
)
_NOWHERE = "You belong to no organisation now. Ask an administrator where you work."


def allowed(action: Action) -> Callable[[View], View]:
    """This act is about no thing yet: it needs the right alone."""

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(**kwargs: Any) -> Any:
            _demand(action, None)
            return view(**kwargs)

        guarded.guard = action.value  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def on(model: type[Any], action: Action | None, *options: ExecutableOption) -> Callable[[View], View]:
    """This route is about one thing, which the view gets as its first argument.

    The thing is found by its address among those that the person may see: none is 404, since for them it does
    not exist. Without the right it is 403, with the reason. `options` say what the page loads with it. Without
    an action, seeing it is enough.
    """

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(**kwargs: Any) -> Any:
            thing = _find(model, kwargs, options)
            if action is not None:
                _demand(action, thing)
            return view(thing, **kwargs)

        guarded.guard = f"{model.__name__} {action.value if action else 'visible'}"  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def _demand(action: Action, thing: Any) -> None:
    verdict = may(me(), action, thing)
    if not verdict:
        raise Denied(verdict.reason)


def _find(model: type[Any], kwargs: dict[str, Any], options: tuple[ExecutableOption, ...]) -> Any:
    """The one thing that the address names, taking what names it out of `kwargs`."""
    name = kwargs.pop({Idea: "ref", Organisation: "slug"}.get(model, "id"))
    if scopes.hangs_on_an_idea(model):
        select = _written_once(model, scopes.reads(me()), options)  # type: ignore[arg-type]
        found = db.session.scalars(select, scopes.values(me()) | {"name": name})
    else:
        found = db.session.scalars(visible(model, me()).where(_name(model) == name).options(*options))
    thing = found.unique().one_or_none()
    if thing is None:
        abort(404)
    # An error on the way leads back to the idea that it is about.
    g.about = thing if model is Idea else getattr(thing, "idea", None)
    return thing


@functools.cache
def _written_once(model: type[Any], kind: Reads, options: tuple[ExecutableOption, ...]) -> sa.Select[Any]:
    """The one of a name, for readers of this kind: written once for each page."""
    named = scopes.visible_to(model, kind).where(_name(model) == sa.bindparam("name"))
    return named.options(*options, *_parent(model))


def _name(model: type[Any]) -> sa.ColumnElement[Any]:
    """What its address calls it by."""
    return {Idea: Idea.number, Organisation: Organisation.slug}.get(model, model.id)


def _parent(model: type[Any]) -> list[ExecutableOption]:
    """A child comes with its idea, whose rights it shares."""
    return [orm.joinedload(model.idea)] if hasattr(model, "idea") and model is not Idea else []
