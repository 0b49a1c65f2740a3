"""Pages as tests see them: parsed, and checked against the rules that every page keeps."""

from __future__ import annotations

import collections
import functools
import re
from typing import TYPE_CHECKING

from justhtml import JustHTML
from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode
    from werkzeug.test import TestResponse

TITLE_ENDING = " - Headroom"
#: What is drawn by lot: proofs that a form is ours, keys, and the numbers of ideas. No rule is about their characters.
_DRAWN = re.compile(r'(?<=value=")[\w.-]{20,}(?=")|\bI-[0-9]+')
UNLABELLED_INPUTS = {"hidden", "submit", "button", "image", "reset"}
#: Attributes whose words are ids of other elements on the page.
POINT_AT_IDS = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


class Element:
    """An element of a page: `name`, `attrs`."""

    def __init__(self, node: LexborNode) -> None:
        self._node = node
        self.name = node.tag

    @functools.cached_property
    def attrs(self) -> dict[str, str]:
        """Its attributes; one that has no value has an empty one."""
        return {name: value or "" for name, value in self._node.attributes.items()}

    def query(self, selector: str) -> list[Element]:
        """Every element in it that the selector names."""
        return [Element(node) for node in self._node.css(selector) if node.mem_id != self._node.mem_id]

    def to_text(self) -> str:
        """Its words as they stand, the spaces too."""
        return self._node.text()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Element) and self._node.mem_id == other._node.mem_id

    def __hash__(self) -> int:
        return self._node.mem_id


class Page:
    """An answer's HTML. Selectors are CSS."""

    def __init__(self, html: str, *, status: int = 200, is_fragment: bool = False) -> None:
        self.html = html
        self.status = status
        self.is_fragment = is_fragment

    @functools.cached_property
    def document(self) -> Element:
        """The whole of it, as a browser would read it."""
        return Element(LexborHTMLParser(self.html).root.parent)

    @classmethod
    def of(cls, response: TestResponse) -> Page:
        """The page in a response; a part of one when it has no doctype."""
        html = response.get_data(as_text=True)
        is_fragment = not html.lstrip().lower().startswith("<!doctype")
        return cls(html, status=response.status_code, is_fragment=is_fragment)

    @property
    def title(self) -> str:
        """What the browser's tab says."""
        return " ".join(self.text("head title") for _ in self.all("head title"))

    def all(self, selector: str) -> list[Element]:
        """Every element that the selector names."""
        return self.document.query(selector)

    @functools.cached_property
    def elements(self) -> list[Element]:
        """Every element, in the order of the page."""
        return self.document.query("*")

    def named(self, *names: str) -> list[Element]:
        """Every element of these names, in the order of the page."""
        return [element for element in self.elements if element.name in names]

    def one(self, selector: str) -> Element:
        """The one element that the selector names."""
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} elements are {selector!r}, not one, in:\n{self.html}"
        return found[0]

    def text(self, selector: str | None = None) -> str:
        """What can be read there (or on the whole page), with single spaces."""
        return text(self.one(selector) if selector else self.document)

    def fields(self, form: str) -> dict[str, str]:
        """What the form sends as it stands: its hidden, filled, chosen and ticked fields."""
        return dict(_sent(self.one(form)))


def text(element: Element) -> str:
    """What can be read in an element, with single spaces."""
    return " ".join(element._node.text(separator=" ").split())


def refusal(response: TestResponse, status: int = 422) -> Page:
    """The page that says no, held to the rules of all pages too."""
    assert response.status_code == status, response.get_data(as_text=True)[:2000]
    page = Page.of(response)
    assert not (broken := broken_rules(page)), broken
    return page


def broken_rules(page: Page) -> list[str]:
    """Every rule that the page breaks, in words; empty for a good page."""
    rules = [_parses, _has_no_inline_code, _has_unique_ids, _has_whole_forms, _has_labels, _has_names]
    if not page.is_fragment:
        rules += [_has_a_frame, _points_at_what_is_there]
    return [wrong for rule in rules for wrong in rule(page)]


def _parses(page: Page) -> Iterator[str]:
    for error, line in _errors(_DRAWN.sub("", page.html), page.is_fragment):
        yield f"is not valid HTML: {error} at line {line}"
    for mark in ("{{", "{%"):
        if mark in page.html:
            yield f"shows template code: {mark}"


@functools.lru_cache(maxsize=500)
def _errors(html: str, is_fragment: bool) -> list[tuple[str, int]]:
    """What a strict reader complains of, and in which line.

    It takes ten times as long as to parse, and finds the same on a page that both kinds of database tell the same.
    """
    errors = JustHTML(html, sanitize=False, collect_errors=True, fragment=is_fragment).errors
    return [(error.code, error.line) for error in errors]


def _has_no_inline_code(page: Page) -> Iterator[str]:
    for element in page.named("style"):
        yield f"has a style element: {text(element)[:40]}"
    for element in page.named("script"):
        if "src" not in element.attrs and element.attrs.get("type") != "application/json":
            yield "has an inline script"
    for element in page.elements:
        for name, value in element.attrs.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"has an inline {name} on {element.name}"
            if value.strip().lower().startswith("javascript:"):
                yield f"has javascript: in {name} of {element.name}"


def _has_unique_ids(page: Page) -> Iterator[str]:
    ids = collections.Counter(element.attrs["id"] for element in page.elements if "id" in element.attrs)
    for name, times in ids.items():
        if times > 1 or not name:
            yield f"has the id {name!r} {times} times"


def _has_whole_forms(page: Page) -> Iterator[str]:
    for form in page.named("form"):
        method = (form.attrs.get("method") or "").lower()
        if not form.attrs.get("action"):
            yield "has a form without an action"
        if method not in {"get", "post"}:
            yield f"has a form whose method is {method!r}"
        if method == "post" and not any(field.attrs.get("name") == "csrf_token" for field in form.query("*")):
            yield f"has a form to {form.attrs.get('action')} without a CSRF token"


def _has_labels(page: Page) -> Iterator[str]:
    labels = page.named("label")
    labelled = {element.attrs.get("for") for element in labels}
    within = {field for label in labels for field in label.query("*")}
    for field in page.named("input", "select", "textarea"):
        named = {"aria-label", "aria-labelledby"} & field.attrs.keys()
        if (field.attrs.get("type") or "text") in UNLABELLED_INPUTS or named or field in within:
            continue
        if field.attrs.get("id") not in labelled:
            yield f"has no label for the {field.name} {field.attrs.get('name')!r}"


def _has_names(page: Page) -> Iterator[str]:
    for element in page.named("a", "button"):
        is_pressed = element.name == "button" or "href" in element.attrs
        if is_pressed and not (text(element) or element.attrs.get("aria-label") or _shows_a_name(element)):
            yield f"has a {element.name} that says nothing"
    for image in page.named("img"):
        if "alt" not in image.attrs:
            yield f"has an image without alt: {image.attrs.get('src')}"


def _shows_a_name(element: Element) -> bool:
    named = {"img": "alt", "svg": "aria-label"}
    return any(named.get(picture.name) in picture.attrs for picture in element.query("img, svg"))


def _has_a_frame(page: Page) -> Iterator[str]:
    if not page.one("html").attrs.get("lang"):
        yield "does not say its language"
    if not page.title.endswith(TITLE_ENDING):
        yield f"has the title {page.title!r}, which does not end with {TITLE_ENDING!r}"
    headings = [text(heading) for heading in page.named("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"has not one h1 but {headings}"


def _points_at_what_is_there(page: Page) -> Iterator[str]:
    ids = {element.attrs["id"] for element in page.elements if "id" in element.attrs}
    for element in page.elements:
        pointed = [word for name in POINT_AT_IDS for word in (element.attrs.get(name) or "").split()]
        for name in ("href", "hx-target"):
            value = element.attrs.get(name) or ""
            if value.startswith("#") and len(value) > 1:
                pointed.append(value[1:])
        for word in pointed:
            if word not in ids:
                yield f"points at #{word} from {element.name}, which is not on the page"


def _sent(form: Element) -> Iterator[tuple[str, str]]:
    for field in form.query("input[name], select[name], textarea[name]"):
        name = field.attrs["name"]
        if field.name == "textarea":
            yield name, field.to_text()
        elif field.name == "select":
            options = field.query("option[selected]") or field.query("option")[:1]
            for option in options:
                yield name, option.attrs.get("value", text(option))
        elif field.attrs.get("type") not in {"checkbox", "radio", "submit", "button"}:
            yield name, field.attrs.get("value", "")
        elif "checked" in field.attrs:
            yield name, (field.attrs["value"] or "") if "value" in field.attrs else "on"
