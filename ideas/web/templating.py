"""What templates may call: dates and numbers in plain words, ids, who is reading, and what they may do."""

import functools
import math
import re
from collections.abc import MutableMapping
from datetime import UTC, date, datetime
from typing import Any

import flask.templating
from flask import Flask, current_app
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader
from markupsafe import Markup, escape

from ideas import access, clock
from ideas.text import dates
from ideas.text.numbers import plural
from ideas.web import assets, guard, security

SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
#: What Jinja finds in a dict before its keys: `items`, `get` …
_OF_EVERY_DICT = frozenset(dir(dict))


class Environment(flask.templating.Environment):
    """Flask's, in which the macros of nhsuk-frontend-jinja cost less: a page calls hundreds of them."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The environment's own names, as they are. Jinja chains them, and compares the chains at every import."""
        return super().make_globals(d) if d else self.globals

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What Jinja finds, but without an exception for each parameter that a component may have and was not given."""
        if type(obj) is not dict or attribute in _OF_EVERY_DICT:
            return super().getattr(obj, attribute)
        return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)


def init_app(app: Flask) -> None:
    """Teach Jinja our words. Call it first: Flask makes its environment when it is first asked for."""
    app.jinja_environment = Environment
    app.jinja_options = {
        "undefined": ChainableUndefined,  # the macros of nhsuk-frontend-jinja need it
        "autoescape": escapes,  # Flask's own choice would leave their .jinja files unescaped
        "trim_blocks": True,
        "lstrip_blocks": True,
        "cache_size": -1,  # all of them: a cache with a limit keeps a list of who was used last
    }
    own = app.jinja_loader
    app.jinja_loader = ChoiceLoader([*([own] if own else []), PackageLoader("nhsuk_frontend_jinja")])
    for word in (day, long_day, moment, iso, count_of, size, paragraphs, lower_first, upper_first):
        app.add_template_filter(word)
    app.add_template_global(dom_id)
    app.add_template_global(dial)
    app.add_template_global(plural)
    app.context_processor(reader)
    assets.init_app(app)


def escapes(template: str | None) -> bool:
    """Whether what a template writes is escaped: always, but in plain text."""
    return template is None or not template.endswith(".txt")


def reader() -> dict[str, Any]:
    """`me`: the person who reads, or None; `may(action, thing)`: whether they may do that; `on_shared_device`."""
    me = guard.visitor()

    def may(action: str, thing: Any = None) -> bool:
        return bool(access.may(me, access.Action[action.upper()], thing)) if me else False

    return {"me": me, "may": may, "on_shared_device": me is not None and security.is_on_shared_device()}


def render_bare(template: str, **context: Any) -> str:
    """Render with no context processor, so without the database: for 500 and 503."""
    return current_app.jinja_env.get_template(template).render(**context)


def local(when: date | datetime) -> date | datetime:
    """A moment as London's clocks show it; a day as it is. A moment with no zone is UTC."""
    return _in_london(when) if isinstance(when, datetime) else when


def _in_london(when: datetime) -> datetime:
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(clock.LONDON)


def year_of(when: date) -> str:
    """The year, with a blank before it, when it is not this one."""
    return "" if when.year == clock.today().year else f" {when.year}"


def day(when: date | datetime | None) -> str:
    """As "3 Sep", or "3 Sep 2025" in another year."""
    if not when:
        return ""
    return dates.short(local(when), today=clock.today())


def long_day(when: date | datetime | None) -> str:
    """As "Thursday 26 November", with the year when it is another."""
    if not when:
        return ""
    there = local(when)
    return f"{dates.weekday(there)}{year_of(there)}"


def moment(when: datetime | None) -> str:
    """As "3 Sep at 2.05 pm"."""
    if not when:
        return ""
    there = _in_london(when)
    return f"{day(when)} at {there.hour % 12 or 12}.{there:%M} {'am' if there.hour < 12 else 'pm'}"


def iso(when: date | datetime | None) -> str:
    """The machine's way to write it, for `<time datetime>`."""
    return local(when).isoformat() if when else ""


def count_of(things: Any, noun: str, many: str | None = None) -> str:
    """As plural, for a number or anything that has a length: {{ steps|count_of("step") }}."""
    return plural(things if isinstance(things, int) else len(things), noun, many)


def size(count: int) -> str:
    """Bytes as a person reads them: "340 kB", "2.4 MB"."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000)):,} kB"
    return f"{count / 1_000_000:.1f} MB"


def number_word(count: int) -> str:
    """As "three", for a sentence; from ten on in figures."""
    return SMALL_NUMBERS[count] if 0 <= count < len(SMALL_NUMBERS) else f"{count:,}"


def lower_first(words: str) -> str:
    """Words of ours as they stand inside a sentence: "find a host". What people typed stays as they typed it."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def upper_first(words: str) -> str:
    """What somebody typed as it stands at the head of a column or a line: "NHS numbers" stays as it is."""
    return words[:1].upper() + words[1:]


def paragraphs(text: str | None) -> Markup:
    """What somebody typed: a blank line makes a paragraph, a single one a line break. Always escaped."""
    parts = [part for part in re.split(r"\n[ \t]*\n\s*", (text or "").strip()) if part]
    lines = [Markup("<br>").join(escape(line) for line in part.split("\n")) for part in parts]
    return Markup("\n").join(Markup("<p>{}</p>").format(line) for line in lines)


def dom_id(thing: Any, part: str = "") -> str:
    """The one id of a thing on a page: "idea-I-12-card", "step-7"."""
    name = _dom_name(getattr(thing, "dom_name", "") or type(thing).__name__)
    known = getattr(thing, "ref", None) or getattr(thing, "id", None) or "new"
    return "-".join(str(bit) for bit in (name, known, part) if bit)


@functools.cache
def _dom_name(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def dial(fraction: float) -> str:
    """The path of a clock's dial, filled up to `fraction` (0 to 1) of the time that has run."""
    used = min(max(fraction, 0.02), 0.98)
    angle = used * 2 * math.pi - math.pi / 2
    x, y = 10 + 7 * math.cos(angle), 10 + 7 * math.sin(angle)
    return f"M10 10V3A7 7 0 {int(used > 0.5)} 1 {x:.2f} {y:.2f}Z"
