"""`flask restore`: a backup put into an empty place, compared before and after."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext

from ideas import clock
from ideas.config import ROOT
from ideas.db import db
from ideas.models import Invitation, PasswordLink, Session
from ideas.text.numbers import plural

from . import kinds
from .manifest import NAME, Broken, Manifest, sha256_of
from .snapshot import CannotBe, Damaged, Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ideas.adapters.files.store import Store
    from ideas.config import Settings


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--manifest-sha256", help="What `backup` said of its manifest: then nobody can have changed it since.")
@with_appcontext
def restore(folder: Path, manifest_sha256: str | None) -> None:
    """Put a backup into an empty database and an empty folder of files. Everybody signs in anew."""
    settings: Settings = current_app.config["SETTINGS"]
    store: Store = current_app.config["FILES"]
    snapshot = kinds.of(settings.database_url)
    try:
        manifest = _read(folder, manifest_sha256)
        _refuse_another_kind(manifest, snapshot)
        _refuse_a_newer_one(manifest)
        _refuse_a_full_place(snapshot, store, settings)
        with _files_put_back(folder, manifest, store):
            found = snapshot.put_back(folder)
        if (found.revision, found.rows) != (manifest.revision, manifest.rows):
            raise Damaged("The database is not what the manifest says now. Empty it, and use another backup.")
        _put_key_back(folder, settings)
    except (Broken, CannotBe, Damaged, OSError) as error:
        raise click.ClickException(str(error)) from None
    _end_what_may_have_ended()
    _say(manifest, folder, settings)


def _read(folder: Path, manifest_sha256: str | None) -> Manifest:
    if manifest_sha256 and (folder / NAME).is_file() and sha256_of(folder / NAME) != manifest_sha256.strip().lower():
        raise Broken(f"{NAME} is not the one of which this SHA-256 was said.")
    return Manifest.read(folder)


def _refuse_another_kind(manifest: Manifest, snapshot: Snapshot) -> None:
    if manifest.database != snapshot.kind:
        raise CannotBe(
            f"This is a backup of {manifest.database}, and HEADROOM_DATABASE_URL names a database of {snapshot.kind}."
        )


def _refuse_a_newer_one(manifest: Manifest) -> None:
    known = {script.revision for script in ScriptDirectory(str(ROOT / "migrations")).walk_revisions()}
    if manifest.revision not in known:
        raise CannotBe("This backup is of a newer Headroom. Fetch that version first.")


def _refuse_a_full_place(snapshot: Snapshot, store: Store, settings: Settings) -> None:
    if not snapshot.is_empty():
        raise CannotBe("There is a database already. A backup is put into an empty place only.")
    if not store.is_empty():
        raise CannotBe(f"There are files already, in {settings.files_dir}. A backup is put into an empty place only.")


@contextlib.contextmanager
def _files_put_back(folder: Path, manifest: Manifest, store: Store) -> Iterator[None]:
    """Put the files back; they go again when what follows fails, so that the place is as empty as before."""
    kept = []
    try:
        for path in manifest.files:
            if path.startswith("files/"):
                with (folder / path).open("rb") as stream:
                    kept.append(store.keep(stream)[0])
                if kept[-1] != Path(path).name:
                    raise Broken(f"{path} is not what its name says.")
        yield
    except BaseException:
        for sha256 in kept:
            store.path(sha256).unlink(missing_ok=True)
        raise


def _put_key_back(folder: Path, settings: Settings) -> None:
    """The key of the backup takes the place of the one that this start made."""
    if (folder / "secret-key").is_file() and not settings.secret_key:
        key = settings.data_dir / "secret-key"
        beside = key.with_name(".secret-key.restored")
        beside.touch(mode=0o600)
        beside.write_bytes((folder / "secret-key").read_bytes())
        beside.rename(key)


def _end_what_may_have_ended() -> None:
    """Who was signed out since the backup would be signed in again, and a link that was used would open once more."""
    there = set(sa.inspect(db.engine).get_table_names())
    now = clock.now()
    ends = (
        sa.update(Session).where(Session.ended_at.is_(None)).values(ended_at=now),
        sa.update(PasswordLink).where(PasswordLink.used_at.is_(None)).values(used_at=now),
        sa.update(Invitation)
        .where(Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
        .values(revoked_at=now),
    )
    for end in ends:
        # A backup of an older version has fewer tables.
        if str(end.table) in there:
            db.session.execute(end)
    db.session.commit()


def _say(manifest: Manifest, folder: Path, settings: Settings) -> None:
    ideas, people = manifest.rows.get("ideas", 0), manifest.rows.get("people", 0)
    counted = f"{plural(ideas, 'idea')}, {plural(people, 'person', 'people')}"
    click.echo(f"Restored as of {manifest.made_at}: {counted}. Everybody signs in anew.")
    if not (folder / "secret-key").is_file() and not settings.secret_key:
        click.echo("The backup has no secret key. Set HEADROOM_SECRET_KEY to the one that was in use.")
    for sha256 in manifest.missing:
        click.echo(f"Not in the backup, and not here: the file {sha256}.", err=True)
    click.echo("Start it with `make serve`, which migrates it where that is needed.")
