"""Pages of a long list, as links."""

from __future__ import annotations

import dataclasses
import urllib.parse

from flask import request, url_for


@dataclasses.dataclass(frozen=True)
class Pages:
    """Where one is in a long list; the `pages` component writes the links."""

    number: int
    last: int

    @property
    def previous_url(self) -> str:
        """The page before, or nothing."""
        return _at(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after, or nothing."""
        return _at(self.number + 1) if self.number < self.last else ""


def wanted() -> int:
    """The page that the address asks for; the first when it says none, or nonsense."""
    asked = request.args.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def _at(number: int) -> str:
    """This address, on another page."""
    kept = {name: value for name, value in request.args.items() if value and name != "page"}
    # Not as url_for()'s own words: some of them, such as _scheme, make another address.
    query = urllib.parse.urlencode({**kept, "page": number})
    return f"{url_for(str(request.endpoint), **(request.view_args or {}))}?{query}"
