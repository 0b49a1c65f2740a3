"""docs/reference.md, which is made from the code: `make docs` writes it, a test compares it."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

from ideas import cli, worker
from ideas.access import actions
from ideas.config import ROOT
from ideas.domain.audit import Act
from ideas.domain.events import Kind
from ideas.worker.sweeps import SWEEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

FILE = ROOT / "docs" / "reference.md"
_BEGINS = """# Commands, events, audit, rights, sweeps

Made from the code by `make docs`. The settings are in the [README](../README.md#settings).
"""


def written() -> str:
    """The whole file, as the code has it now."""
    parts = [
        _table("Commands", "Each stands after `flask --app wsgi`.", "command", "what it does", _commands()),
        _table("Events", "What is told of an idea.", "kind", "its sentence", ((k.value, k.sentence) for k in Kind)),
        _table("Audit", "Of an organisation.", "act", "its sentence", ((a.value, a.sentence) for a in Act)),
        _table("Rights", "What may be asked for. Who may is in `ideas/access/policy.py`.", "action", "to", acts()),
        _table("Sweeps", "What the worker does every few seconds.", "sweep", "by", _sweeps()),
    ]
    return "\n".join([_BEGINS, *parts])


def _table(heading: str, words: str, first: str, second: str, rows: Iterator[tuple[str, str]]) -> str:
    lines = [f"| `{name}` | {says} |" for name, says in rows]
    return "\n".join([f"## {heading}", "", words, "", f"| {first} | {second} |", "|---|---|", *lines, ""])


def acts() -> Iterator[tuple[str, str]]:
    """Each action with the line that stands above it in the code."""
    source = inspect.getsource(actions)
    return ((value, says) for says, value in re.findall(r'#: (.+)\n +\w+ = "(\w+)"', source))


def _commands() -> Iterator[tuple[str, str]]:
    for command in sorted((*cli.COMMANDS, worker.worker), key=lambda command: str(command.name)):
        subcommands: dict[str, click.Command] = getattr(command, "commands", {})
        named = {f"{command.name} {name}": each for name, each in subcommands.items()} or {command.name: command}
        for name, each in named.items():
            options = [option.opts[-1] for option in each.params if option.param_type_name == "option"]
            taken = f" Takes {', '.join(f'`{option}`' for option in options)}." if options else ""
            yield str(name), f"{(each.help or '').splitlines()[0]}{taken}"


def _sweeps() -> Iterator[tuple[str, str]]:
    return ((sweep.name, f"`{sweep.act.__module__}.{sweep.act.__name__}`") for sweep in SWEEPS)
