"""`flask people`: adding people to organisations, and ending what they are there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from flask import current_app

from ideas.db import db
from ideas.domain import leaving, organisations, password_links, passwords, people, sessions
from ideas.domain.errors import Invalid
from ideas.models import Role

from . import tables

if TYPE_CHECKING:
    from ideas.models import Organisation, Person

group = tables.Group("people", help="People and where they work.")


@group.command("add")
@click.option("--name", required=True, help="First and last name.")
@click.option("--sign-in", required=True, help="An e-mail address, or one word without spaces.")
@click.option("--organisation", required=True, help="Its name, or its short name as in addresses.")
@click.option("--job", required=True, help="What they do there, in their words.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role], case_sensitive=False))
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input; else one is made up.")
def add(name: str, sign_in: str, organisation: str, job: str, role: str, password_stdin: bool) -> None:
    """Add somebody, or another place where they work."""
    try:
        person, is_new = _person(name, sign_in)
        membership = people.join(person, _organisation(organisation), job=job, role=Role(role))
        password = _set_password(person, is_new=is_new, given=_read_password() if password_stdin else None)
    except Invalid as refusal:
        raise click.ClickException(refusal.words) from None
    db.session.commit()
    place = f"{membership.role.value} of {membership.organisation.name} ({membership.job})"
    click.echo(f"{person.name} is {place} and signs in as {person.sign_in}.")
    if password:
        click.echo(f"Password, shown this once: {password}")


def _person(name: str, sign_in: str) -> tuple[Person, bool]:
    """The person who signs in so, new or known. A known one under another name is a mistake, and gets no rights."""
    known = people.with_sign_in(sign_in)
    if known is None:
        return people.add(name, sign_in), True
    if known.name.casefold() != " ".join(name.split()).casefold():
        raise click.ClickException(
            f"{known.name} signs in as {known.sign_in} already. Give that name, or choose another sign-in name."
        )
    return known, False


def _organisation(name: str) -> Organisation:
    found = organisations.named(name)
    if found is None:
        raise click.ClickException(
            f"There is no organisation {name!r}. `flask --app wsgi organisations list` shows them all."
        )
    return found


def _read_password() -> str:
    """Standard input as it is, spaces too, less the line's end that `echo` adds."""
    return sys.stdin.read().removesuffix("\n").removesuffix("\r")


def _set_password(person: Person, *, is_new: bool, given: str | None) -> str | None:
    """Take the given password, or make one up for somebody new; returns the one made up."""
    if given is None and not is_new:
        return None
    if given is not None:
        passwords.check_choice(given, person)
    password = given if given is not None else passwords.make_up()
    passwords.set_password(person, password)
    sessions.end_all(person)
    return password if given is None else None


@group.command("end")
@click.option("--sign-in", required=True, help="The sign-in name of the person.")
@click.option("--organisation", required=True, help="Its name, or its short name as in addresses.")
def end(sign_in: str, organisation: str) -> None:
    """End what somebody is in an organisation. What they did there stays; what they held goes to the others there."""
    person = people.with_sign_in(sign_in)
    if person is None:
        raise click.ClickException(f"Nobody signs in as {sign_in}.")
    where = _organisation(organisation)
    ended = leaving.end_all(person, where)
    if not ended:
        raise click.ClickException(f"{person.name} does not belong to {where.name} now.")
    db.session.commit()
    click.echo(f"{person.name} no longer belongs to {where.name} (was {', '.join(m.role.value for m in ended)}).")
    if nobody := _who_is_missing(where):
        click.echo(nobody)


def _who_is_missing(where: Organisation) -> str:
    """What follows for an organisation in which nobody is left in charge."""
    if people.leaders(where.id):
        alone = f"Nobody administers {where.name} now. Its leaders look after its people."
        return "" if where.has_administrator else alone
    left = "leads" if where.has_administrator else "leads or administers"
    return f"Nobody {left} {where.name} now. `flask --app wsgi people add` adds somebody who does."


@group.command("password-link")
@click.option("--sign-in", required=True, help="The sign-in name of the person.")
def password_link(sign_in: str) -> None:
    """Print a link with which somebody chooses a new password: once, within the hour."""
    person = people.with_sign_in(sign_in)
    if person is None:
        raise click.ClickException(f"Nobody signs in as {sign_in}.")
    _, token = password_links.make_for(person)
    db.session.commit()
    settings = current_app.config["SETTINGS"]
    address = settings.base_url or f"http://{settings.host}:{settings.port}"
    click.echo(f"{person.name} chooses a new password here, once, within 60 minutes. Give it to nobody else.")
    click.echo(f"{address}/password/{token}")
