"""Pages and fragments: guard, form, one act, one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import due, errors, health, htmx, links, security, templating, transaction

if TYPE_CHECKING:
    from flask import Flask

#: The features, each a package with its `blueprints`.
FEATURES = ()


def init_app(app: Flask) -> None:
    """Join the pages to the app."""
    for part in (links, transaction, security, htmx, templating, due, errors):
        part.init_app(app)
    app.register_blueprint(health.bp)
    for feature in FEATURES:
        for blueprint in feature.blueprints:
            app.register_blueprint(blueprint)
