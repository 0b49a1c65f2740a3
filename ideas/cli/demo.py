"""`flask demo`: the example, for trying Headroom out."""

from __future__ import annotations

import collections

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from ideas.db import db
from ideas.models import Idea, Organisation, Person, Stage

from . import example, tables
from .example import cast

demo = AppGroup("demo", help="The example: made-up people, organisations and ideas, for trying Headroom out.")


@demo.command()
def load() -> None:
    """Fill an empty database with the example. Refuses one that holds people."""
    if not tables.are_there():
        raise click.ClickException(tables.NONE_YET)
    if db.session.scalar(sa.select(sa.exists(sa.select(Person.id)))):
        raise click.ClickException(
            "This database holds people already, and the example is only for an empty one. Nothing was changed. "
            "Set HEADROOM_DATABASE_URL or HEADROOM_DATA_DIR to another database."
        )
    try:
        example.load()
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    click.echo(_summary())
    click.echo("Whom to sign in as: flask --app wsgi demo people")


@demo.command()
def people() -> None:
    """Say whom the example can be tried as."""
    click.echo(introduction())


def introduction() -> str:
    """Whom the example can be tried as, and with which password."""
    people = "\n".join(cast.introduction())
    return f"\nSign in as one of these, with the password {cast.PASSWORD}:\n\n{people}"


def _summary() -> str:
    """What is there now, in two lines."""
    counted = collections.Counter(db.session.scalars(sa.select(Idea.stage)))
    columns = ", ".join(f"{counted[stage]} {stage.words.lower()}" for stage in Stage)
    organisations = db.session.scalar(sa.select(sa.func.count(Organisation.id)))
    members = db.session.scalar(sa.select(sa.func.count(Person.id)))
    return (
        f"The example is loaded: {counted.total()} ideas of {members} people in {organisations} "
        f"organisations: {columns}.\nPeople, organisations and readings are made up."
    )
