"""The templates as text and as trees."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from jinja2 import Environment, meta, nodes

from ideas.config import ROOT

from .source import python_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = ROOT / "templates"
EXTENSIONS = ["jinja2.ext.do", "jinja2.ext.loopcontrols"]


def sources() -> dict[str, str]:
    """Every template's text, by its name."""
    return {file.relative_to(FOLDER).as_posix(): file.read_text() for file in sorted(FOLDER.rglob("*.html"))}


def parse(text: str) -> nodes.Template:
    """The tree of a template."""
    return Environment(extensions=EXTENSIONS, autoescape=True).parse(text)


def unused_imports(text: str) -> list[str]:
    """The names that a template imports and does not use."""
    tree = parse(text)
    imported = [kept.target for kept in tree.find_all(nodes.Import)]
    for kept in tree.find_all(nodes.FromImport):
        imported += [word[1] if isinstance(word, tuple) else word for word in kept.names]
    used = {word.name for word in tree.find_all(nodes.Name) if word.ctx == "load"}
    return [word for word in imported if word not in used]


def unused(templates: Mapping[str, str]) -> list[str]:
    """The templates that no other one includes and no code renders."""
    used: set[str] = set()
    for text in templates.values():
        used |= {other for other in meta.find_referenced_templates(parse(text)) if other}
    words = set(_words_in_code())
    # f"errors/{code}.html" may render any page of its folder.
    folders = tuple(word for word in words if word.endswith("/"))
    return [name for name in templates if name not in used | words and not (folders and name.startswith(folders))]


def lost_swap_ids(templates: Mapping[str, str]) -> list[str]:
    """The ids in `.swaps.html` files that no other template gives to an element."""
    given = {
        _part(value)
        for name, text in templates.items()
        if not name.endswith(".swaps.html")
        for value in re.findall(r'\bid="([^"]+)"', text)
    }
    return [
        f"{name}: {value}"
        for name, text in templates.items()
        if name.endswith(".swaps.html")
        for value in re.findall(r'(?:\bid="|[:"]#)([^"]+)"', text)
        if _part(value) not in given
    ]


def _part(value: str) -> str:
    """What stays the same about an id when things have other names: "card" of {{ dom_id(idea, "card") }}."""
    called = re.search(r"dom_id\(.*?(?:,\s*['\"]([\w-]+)['\"])?\s*\)", value)
    return (called[1] or "") if called else value


def _words_in_code() -> Iterator[str]:
    for _, tree in python_files("ideas"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
