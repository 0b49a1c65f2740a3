"""`flask serve`: everything that a running Headroom is, under one parent process."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
import urllib.request
from typing import TYPE_CHECKING

import click
import flask_migrate
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext

from ideas import config
from ideas.cli import processes
from ideas.config import ROOT
from ideas.db import db
from ideas.domain import organisations
from ideas.models import Person

if TYPE_CHECKING:
    from ideas.config import Settings

#: How long the server may take to answer before the address is shown all the same.
FIRST_ANSWER_SECONDS = 30
#: The descriptor of the first socket that systemd hands over.
_GIVEN = 3


@click.command()
@click.option("--example", is_flag=True, help="Load the example when the database is empty.")
@with_appcontext
def serve(example: bool) -> None:
    """Migrate, then run the web server and the worker until told to end."""
    settings: Settings = current_app.config["SETTINGS"]
    listener = _listen(settings.host, settings.port)
    flask_migrate.upgrade()
    if example and settings.example and settings.is_loopback and _is_empty():
        _flask("demo", "load")
    _refuse_to_show_the_example_to_the_world(settings)
    shows_example = example and organisations.holds_example()
    # What was asked above is done: no connection of this process outlives it.
    db.session.remove()
    db.engine.dispose()
    address = settings.base_url or _address(listener)
    threading.Thread(target=_greet, args=(_address(listener), address, shows_example), daemon=True).start()
    raise SystemExit(_run(listener))


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is done, so that a taken one is told at once.

    A socket that systemd holds is taken instead: who calls while Headroom is started again then waits a moment.
    """
    if config.given_sockets():
        return socket.socket(fileno=_GIVEN)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except PermissionError:
        raise click.ClickException(
            f"Port {port} may not be used by this user. Set HEADROOM_PORT to one above 1023."
        ) from None
    except socket.gaierror:
        raise click.ClickException(
            f"HEADROOM_HOST is {host}, which is no address of this machine. Set it to 127.0.0.1, for example."
        ) from None
    except OSError as error:
        raise click.ClickException(
            f"Port {port} on {host} can't be used ({error.strerror}). "
            "End what uses it, or set HEADROOM_PORT to another port."
        ) from None
    return listener


def _is_empty() -> bool:
    """Nobody has an account yet."""
    empty = not db.session.scalar(sa.select(sa.exists(sa.select(Person.id))))
    # The transaction ends with the question: who loads the example, in a process of its own, is to write.
    db.session.rollback()
    return empty


def _refuse_to_show_the_example_to_the_world(settings: Settings) -> None:
    """The example's passwords are public."""
    if not settings.is_loopback and organisations.holds_example():
        raise click.ClickException(
            f"This database holds the example, whose passwords everybody knows, and {settings.host} "
            "can be reached from other machines. Set HEADROOM_DATABASE_URL or HEADROOM_DATA_DIR to another "
            "database, or HEADROOM_HOST to 127.0.0.1."
        )


def _flask(*words: str) -> None:
    """Run another of the app's commands; end with its exit code when it fails."""
    done = subprocess.run([*_FLASK, *words], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


_FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]


def _run(listener: socket.socket) -> int:
    web = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listener.fileno()}"]
    return processes.run(web, [*_FLASK, "worker"], listener)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _greet(listens_at: str, address: str, shows_example: bool) -> None:
    """Say where it is, once it answers there."""
    patience = time.monotonic() + FIRST_ANSWER_SECONDS
    while time.monotonic() < patience:
        try:
            urllib.request.urlopen(f"{listens_at}/healthz", timeout=1).close()  # noqa: S310
            break
        except OSError:
            time.sleep(0.1)
    click.echo(f"\nHeadroom is at {address}\n")
    if shows_example:
        _flask("demo", "people")
