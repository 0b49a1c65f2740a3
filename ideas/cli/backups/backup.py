"""`flask backup`: everything, while people write, into a folder that appears when it is whole."""

from __future__ import annotations

import contextlib
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext

from ideas import clock
from ideas.adapters.files.disk import force
from ideas.text.numbers import plural

from . import kinds
from .manifest import Manifest, sha256_of
from .snapshot import CannotBe, Damaged, Taken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ideas.adapters.files.store import Store
    from ideas.config import Settings


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@with_appcontext
def backup(folder: Path) -> None:
    """Write a backup into a new folder, while people go on. Ends with 1 when something was not there to be kept."""
    settings: Settings = current_app.config["SETTINGS"]
    store: Store = current_app.config["FILES"]
    folder = folder.absolute()
    if folder.exists():
        raise click.ClickException(f"{folder} exists already. Name a new folder, such as one with today's date.")
    try:
        # The sweep deletes nothing meanwhile: what the database names at this moment is there to be copied.
        with _beside(folder) as draft, store.held():
            taken = kinds.of(settings.database_url).take(draft)
            missing = _copy_files(store, taken, draft)
            _copy_key(settings, draft)
            _write_manifest(settings, taken, missing, draft)
    except (CannotBe, Damaged, OSError) as error:
        raise click.ClickException(str(error)) from None
    _say(folder, settings, taken, missing)
    raise SystemExit(1 if missing else 0)


@contextlib.contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A folder under a name that nobody takes for a backup; it gets its own name when all is on the disk."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.with_name(f".{folder.name}.unfinished-{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700)
    try:
        yield draft
        for file in sorted(draft.rglob("*"), reverse=True):
            force(file)
        force(draft)
        draft.rename(folder)
        force(folder.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _copy_files(store: Store, taken: Taken, draft: Path) -> list[str]:
    """Copy the files that the snapshot names; returns those that are not there, or not what they were."""
    missing = []
    for sha256 in sorted(taken.needed):
        copy = draft / "files" / sha256[:2] / sha256
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(store.path(sha256), copy)
        except FileNotFoundError:
            missing.append(sha256)
            continue
        if sha256_of(copy) != sha256:
            copy.unlink()
            missing.append(sha256)
    return missing


def _copy_key(settings: Settings, draft: Path) -> None:
    """The key that was made here goes along; one that the operator set is the operator's to keep."""
    if not settings.secret_key:
        shutil.copyfile(settings.data_dir / "secret-key", draft / "secret-key")


def _write_manifest(settings: Settings, taken: Taken, missing: list[str], draft: Path) -> None:
    there = [file for file in draft.rglob("*") if file.is_file()]
    for file in there:
        file.chmod(0o600)
    Manifest(
        made_at=clock.now().isoformat(timespec="seconds"),
        database=kinds.of(settings.database_url).kind,
        revision=taken.revision,
        rows=taken.rows,
        files={str(file.relative_to(draft)): sha256_of(file) for file in there},
        missing=missing,
    ).write(draft)


def _say(folder: Path, settings: Settings, taken: Taken, missing: list[str]) -> None:
    ideas, people = taken.rows.get("ideas", 0), taken.rows.get("people", 0)
    kept = plural(len(taken.needed) - len(missing), "file")
    click.echo(f"{folder}: {plural(ideas, 'idea')}, {plural(people, 'person', 'people')}, {kept}.")
    click.echo(f"Copied from {kinds.of(settings.database_url)}, with the files in {settings.files_dir}.")
    click.echo(f"SHA-256 of its manifest: {sha256_of(folder / 'manifest.json')}")
    if settings.secret_key:
        click.echo("HEADROOM_SECRET_KEY is not in it. Keep that where you keep your passwords.")
    for sha256 in missing:
        click.echo(f"Missing, or not what it was: the file {sha256}. The backup is whole but for it.", err=True)
