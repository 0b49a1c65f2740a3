"""`flask serve`: everything that a running Headroom is, under one parent process."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext

from ideas.cli import child, demo, processes
from ideas.cli.greeting import Greeting
from ideas.cli.listener import listen
from ideas.config import ROOT
from ideas.db import db
from ideas.domain import organisations
from ideas.models import Person

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from flask import Flask

    from ideas.config import Settings


@click.command()
@click.option("--example", is_flag=True, help="Load the example when the database is empty.")
@with_appcontext
def serve(example: bool) -> None:
    """Migrate, then run the web server and the worker until told to end."""
    settings: Settings = current_app.config["SETTINGS"]
    listener = listen(settings.host, settings.port)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    _first("headroom-upgrade", lambda: _flask(app, "db", "upgrade"))
    if example and settings.example and settings.is_loopback and _is_empty():
        _first("headroom-demo", lambda: _flask(app, "demo", "load"))
    _refuse_to_show_the_example_to_the_world(settings)
    greeting = Greeting(_address(listener), _words(settings.base_url or _address(listener), example))
    _let_go()
    raise SystemExit(_run(app, listener, greeting))


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


def _first(name: str, act: Callable[[], object]) -> None:
    """Do this before all else, in a process of its own, which gives back what it takes. Ends with its exit code."""
    _let_go()
    doing = child.start(name, act)
    doing.join()
    if doing.exitcode:
        raise SystemExit(doing.exitcode)


def _let_go() -> None:
    """What was asked of the database is done: no connection of this process outlives it, and no child gets one."""
    db.session.remove()
    db.engine.dispose()


def _run(app: Flask, listener: socket.socket, greeting: Greeting) -> int:
    """Run both children. What is made ready now is theirs too."""
    child.make_ready(app)
    return processes.run(lambda: _gunicorn(listener), lambda: _flask(app, "worker"), listener, greeting.look)


def _gunicorn(listener: socket.socket) -> None:
    """The web server, as `python -m gunicorn` starts it; the app that it asks for is loaded already."""
    from gunicorn.app import wsgiapp  # type: ignore[import-untyped]

    os.chdir(ROOT)
    sys.argv = ["gunicorn", "--bind", f"fd://{listener.detach()}"]
    wsgiapp.run()


def _flask(app: Flask, *words: str) -> None:
    """Another of the app's commands."""
    with app.app_context():
        app.cli.main(words, prog_name="flask")


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _words(address: str, example: bool) -> str:
    words = f"\nHeadroom is at {address}\n"
    return f"{words}{demo.introduction()}" if example and organisations.holds_example() else words
