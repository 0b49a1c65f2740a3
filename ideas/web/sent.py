"""Sent: which of the things that a form sent somebody typed as text, by what the fields of our forms are."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any

from .fields import LinesField, TextField
from .forms import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.datastructures import MultiDict


@dataclasses.dataclass(frozen=True)
class Typed:
    """A text, and what its field is called on the page."""

    label: str
    text: str


def typed(sent: MultiDict[str, str]) -> list[Typed]:
    """The texts among what was sent, in their order. What was chosen, dates, numbers and what is hidden are none.

    Nobody says which form was sent, so it is the one that has most of these fields, and few others: `answer` is a text
    of one form and a choice of another.
    """
    likeliest = max(_forms(), key=lambda fields: (len(fields.keys() & sent.keys()), -len(fields)))
    fields = _texts() | likeliest
    return [
        Typed(fields[name].args[0] if fields[name].args else "", text)
        for name, text in sent.items(multi=True)
        if text.strip() and _is_text(fields.get(name))
    ]


@functools.cache
def _forms() -> list[dict[str, Any]]:
    """The fields of each of our forms, by name, as WTForms holds them in a form that is not made yet."""
    return [
        {name: field for name in dir(form) if hasattr(field := getattr(form, name), "field_class")}
        for form in _kinds(Form)
    ]


@functools.cache
def _texts() -> dict[str, Any]:
    return {name: field for fields in _forms() for name, field in fields.items() if _is_text(field)}


def _kinds(form: type[Form]) -> Iterator[type[Form]]:
    for kind in form.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _is_text(field: Any) -> bool:
    return field is not None and issubclass(field.field_class, TextField | LinesField)
