"""Links: references in addresses, and the page where something that is missing is put right."""

from __future__ import annotations

import urllib.parse
from typing import TYPE_CHECKING, Any

from flask import current_app, request, url_for
from werkzeug.routing import BaseConverter, IntegerConverter, ValidationError

from ideas.domain.gates import Room
from ideas.text import codes, references

if TYPE_CHECKING:
    from flask import Flask

    from ideas.domain.gates import Requirement
    from ideas.models import Idea


#: No table's row has a larger number.
LARGEST_ROW = 2**31 - 1


class ReferenceConverter(BaseConverter):
    """`I-4821` in an address, as its number."""

    regex = r"[Ii]-[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """The number, for the guard."""
        number = references.read(value)
        if number is None:
            raise ValidationError
        return number

    def to_url(self, value: str | int) -> str:
        """From a reference or a number."""
        return value if isinstance(value, str) else references.written(value)


class RowConverter(IntegerConverter):
    """A row's number in an address. One larger than any row's has no page: a database would not even look for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LARGEST_ROW, **kwargs})


class CodeConverter(BaseConverter):
    """A poster's code in an address, however it was typed, as it is kept."""

    regex = r"[A-Za-z0-9-]{8,12}"

    def to_python(self, value: str) -> str:
        """The code, for the view."""
        code = codes.read(value)
        if code is None:
            raise ValidationError
        return code

    def to_url(self, value: str) -> str:
        """As the poster shows it."""
        return codes.written(value)


class TokenConverter(BaseConverter):
    """A token in an address: as long as those that are made, and of their letters."""

    regex = r"[A-Za-z0-9_-]{43}"


class SlugConverter(BaseConverter):
    """An organisation's short name in an address. What cannot be one has no page, and is not looked for."""

    regex = r"[a-z0-9]+(?:-[a-z0-9]+)*"


_ROOMS = {
    Room.WORDS: ("ideas.edit", ""),
    Room.HOME: ("ideas.show", "home"),
    Room.OWNER: ("ideas.show", "owner"),
    Room.PLAN: ("plans.show", "plan"),
    Room.SCREENING: ("plans.show", "screening"),
    Room.STEPS: ("plans.show", "add-step"),
    Room.CHECKS: ("plans.show", "checks"),
    Room.SPONSORS: ("ideas.show", "sponsors"),
    Room.SIGN_OFF: ("sign_offs.show", ""),
    Room.EVIDENCE: ("evidence.show", ""),
    Room.RESULT: ("evidence.show", "result"),
}


def init_app(app: Flask) -> None:
    """Teach addresses the shape of a reference, and templates where things are put right."""
    app.url_map.converters["ref"] = ReferenceConverter
    app.url_map.converters["int"] = RowConverter
    app.url_map.converters["code"] = CodeConverter
    app.url_map.converters["slug"] = SlugConverter
    app.url_map.converters["token"] = TokenConverter
    app.add_template_global(put_right_at)


def put_right_at(idea: Idea, requirement: Requirement) -> str:
    """The address where this requirement is met."""
    endpoint, anchor = _ROOMS[requirement.room]
    return url_for(endpoint, ref=idea.ref, _anchor=requirement.anchor or anchor or None)


def safe_next(target: str | None) -> str:
    """Where to go after signing in: a path of ours, or the desk. Never another site."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return "/"
    parts = urllib.parse.urlsplit(target)
    if parts.scheme or parts.netloc or "\\" in target or any(ord(sign) < 32 for sign in target):
        return "/"
    return target


def outside(path: str) -> str:
    """A path as somebody without our pages open would type it."""
    return str(current_app.config["SETTINGS"].base_url or request.host_url.rstrip("/")) + path
