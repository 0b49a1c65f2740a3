"""`flask organisations`: adding organisations, and listing them."""

from __future__ import annotations

from typing import Any

import click

from ideas.db import db
from ideas.domain import organisations
from ideas.domain.errors import Invalid
from ideas.models import Nation, Sector

from . import tables

group = tables.Group("organisations", help="Organisations.")

#: What people call a sector before they know our words.
_ALSO = {
    "nhs": Sector.ACUTE,
    "social_care": Sector.ADULT_SOCIAL_CARE,
    "charity": Sector.VOLUNTARY,
    "practice": Sector.PRIMARY_CARE,
}


class SectorType(click.ParamType):
    """A sector, with hyphens or underscores, in any capitals."""

    name = "sector"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Sector:
        """The sector that is meant; a usage error that lists them all when there is none."""
        word = str(value).strip().lower().replace("-", "_").replace(" ", "_")
        if word in _ALSO:
            return _ALSO[word]
        try:
            return Sector(word)
        except ValueError:
            known = ", ".join(sector.value for sector in Sector)
            also = ", ".join(f"{word} for {sector.value}" for word, sector in _ALSO.items())
            self.fail(f"There is no sector {value!r}. Choose one of: {known}. Also taken: {also}.", param, ctx)


@group.command("add")
@click.option("--name", required=True, help="Its name, as people there say it.")
@click.option("--sector", required=True, type=SectorType(), help="The kind of work it does.")
@click.option(
    "--nation",
    default=Nation.ENGLAND.value,
    show_default=True,
    type=click.Choice([nation.value for nation in Nation], case_sensitive=False),
    help="Whose bank holidays count.",
)
@click.option(
    "--gives-care/--no-gives-care", default=None, help="Whether it can be an idea's home; else its sector says."
)
def add(name: str, sector: Sector, nation: str, gives_care: bool | None) -> None:
    """Add an organisation."""
    try:
        organisation = organisations.add(name, sector, nation=Nation(nation), gives_care=gives_care)
    except Invalid as refusal:
        raise click.ClickException(refusal.words) from None
    db.session.commit()
    care = "gives care" if organisation.gives_care else "gives no care"
    click.echo(f"Added {organisation.name} ({organisation.slug}): {sector.words}, {organisation.nation.words}, {care}.")


@group.command("describe")
@click.argument("name")
@click.option("--ods-code", help="Its ODS code; empty takes it away.")
@click.option("--cqc-code", help="Its CQC code; empty takes it away.")
@click.option("--sign-off-days", type=int, help="Working days within which a leader there answers.")
@click.option("--reporting-url", help="Where staff report incidents, safeguarding and wrongdoing; empty takes it away.")
def describe(
    name: str, ods_code: str | None, cqc_code: str | None, sign_off_days: int | None, reporting_url: str | None
) -> None:
    """Say more about an organisation: what is given changes, the rest stays."""
    organisation = organisations.named(name)
    if organisation is None:
        raise click.ClickException(f"There is no organisation {name!r}. `organisations list` shows them all.")
    try:
        organisations.describe(
            organisation,
            ods_code=ods_code,
            cqc_code=cqc_code,
            sign_off_days=sign_off_days,
            reporting_url=reporting_url,
        )
    except Invalid as refusal:
        raise click.ClickException(refusal.words) from None
    db.session.commit()
    click.echo(f"Changed {organisation.name}.")


@group.command("list")
def show() -> None:
    """List the organisations by name."""
    found = organisations.all_by_name()
    if not found:
        click.echo("There is no organisation yet.")
    for organisation in found:
        click.echo(
            f"{organisation.slug}\t{organisation.name}\t{organisation.sector.value}\t{organisation.nation.value}"
        )
