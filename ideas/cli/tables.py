"""Commands on a database that may have no tables yet: the first thing that a new operator meets."""

from __future__ import annotations

from typing import Any

import click
import sqlalchemy as sa
from flask.cli import AppGroup, ScriptInfo

from ideas.db import db
from ideas.models import Person

NONE_YET = "This database has no tables yet. Run: flask --app wsgi db upgrade"


class Group(AppGroup):
    """Commands that read and write the database. Where it has no tables they say what makes them."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is meant."""
        try:
            return super().invoke(ctx)
        except sa.exc.DatabaseError:
            with ctx.ensure_object(ScriptInfo).load_app().app_context():
                if are_there():
                    raise
            raise click.ClickException(NONE_YET) from None


def are_there() -> bool:
    """Whether the database was ever migrated."""
    return sa.inspect(db.engine).has_table(Person.__tablename__)
