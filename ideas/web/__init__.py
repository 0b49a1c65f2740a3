"""Pages and fragments: guard, form, one act, one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import (
    admin,
    board,
    bodies,
    claims,
    cycles,
    desk,
    due,
    errors,
    felt,
    health,
    htmx,
    ideas,
    invitations,
    joining,
    links,
    measures,
    organisations,
    partners,
    password_links,
    people,
    plans,
    request_log,
    security,
    sign_off,
    sponsors,
    statements,
    templating,
    transaction,
    us_too,
    watches,
    weekly,
    workplaces,
)

if TYPE_CHECKING:
    from flask import Flask

#: The features, each a package with its `blueprints`.
FEATURES: tuple[Any, ...] = (
    admin,
    board,
    claims,
    cycles,
    desk,
    felt,
    ideas,
    invitations,
    joining,
    measures,
    organisations,
    partners,
    password_links,
    people,
    plans,
    sponsors,
    sign_off,
    statements,
    us_too,
    watches,
    weekly,
    workplaces,
)


def init_app(app: Flask) -> None:
    """Join the pages to the app."""
    for part in (templating, request_log, links, bodies, transaction, security, htmx, due, errors):
        part.init_app(app)
    app.register_blueprint(health.bp)
    for feature in FEATURES:
        for blueprint in feature.blueprints:
            app.register_blueprint(blueprint)
