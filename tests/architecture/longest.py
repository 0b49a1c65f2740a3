"""Print the ten longest files and functions: a thing to look at, not a limit."""

from __future__ import annotations

import ast

from .source import committed, name, python_files

SHOWN = 10
SUFFIXES = {".py", ".html", ".css", ".js", ".mjs"}
NOT_OURS_TO_SHORTEN = "migrations/versions/"


def files() -> list[tuple[int, str]]:
    """Every source file with its number of lines."""
    ours = (file for file in committed() if file.suffix in SUFFIXES and NOT_OURS_TO_SHORTEN not in name(file))
    return [(len(file.read_text().splitlines()), name(file)) for file in ours]


def functions() -> list[tuple[int, str]]:
    """Every function of the app with its number of lines."""
    return [
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{path}:{node.lineno} {node.name}")
        for path, tree in python_files("ideas")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]


if __name__ == "__main__":
    for title, found in (("files", files()), ("functions", functions())):
        print(f"\nthe longest {title}")
        for lines, what in sorted(found, reverse=True)[:SHOWN]:
            print(f"{lines:6} {what}")
