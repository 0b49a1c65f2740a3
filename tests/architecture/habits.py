"""What code may do in one place only: each habit finds the lines that do it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ASKS_THE_TIME = {
    *((kind, word) for kind in ("datetime", "date") for word in ("now", "utcnow", "today")),
    ("time", "time"),
    ("time", "time_ns"),
    ("func", "now"),
    ("func", "current_timestamp"),
}


def reads_the_database(tree: ast.Module) -> Iterator[int]:
    """`select(...)`, or `db.session` in any form."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _last_words(node.func)[-1:] == ("select",):
            yield node.lineno
        if isinstance(node, ast.Attribute) and _last_words(node) == ("db", "session"):
            yield node.lineno


def commits(tree: ast.Module) -> Iterator[int]:
    """`….commit()`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _last_words(node.func)[-1:] == ("commit",):
            yield node.lineno


def reads_the_environment(tree: ast.Module) -> Iterator[int]:
    """`os.environ` and `os.getenv`, imported by name too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _last_words(node) in {("os", "environ"), ("os", "getenv")}:
            yield node.lineno
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            yield from (node.lineno for alias in node.names if alias.name in {"environ", "getenv"})


def asks_the_time(tree: ast.Module) -> Iterator[int]:
    """`datetime.now()`, `date.today()`, `time.time()`, and the database's clock."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _last_words(node.func) in ASKS_THE_TIME:
            yield node.lineno


def asks_for_today_at_import(tree: ast.Module) -> Iterator[int]:
    """`clock.today()` or `clock.now()`, asked while a module is read: what it says is old when a test uses it."""
    for node in _run_at_import(tree):
        if isinstance(node, ast.Call) and _last_words(node.func) in {("clock", "today"), ("clock", "now")}:
            yield node.lineno


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when the module is read: all but the bodies of functions."""
    yield node
    for name, inside in ast.iter_fields(node):
        if name == "body" and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for child in inside if isinstance(inside, list) else [inside]:
            if isinstance(child, ast.AST):
                yield from _run_at_import(child)


def _last_words(node: ast.AST) -> tuple[str, ...]:
    """The last two names of a dotted expression: ("datetime", "now") of `dt.datetime.now`."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        return (*_last_words(node.value)[-1:], node.attr)
    return ()
