"""Pages as tests see them: parsed, and checked against the rules that every page keeps."""

from __future__ import annotations

import collections
import functools
from typing import TYPE_CHECKING

from justhtml import Element, JustHTML

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

TITLE_ENDING = " - Headroom"
UNLABELLED_INPUTS = {"hidden", "submit", "button", "image", "reset"}
#: Attributes whose words are ids of other elements on the page.
POINT_AT_IDS = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


class Page:
    """An answer's HTML. Selectors are CSS."""

    def __init__(self, html: str, *, status: int = 200, is_fragment: bool = False) -> None:
        self.html = html
        self.status = status
        self.is_fragment = is_fragment
        self.document = JustHTML(html, sanitize=False, collect_errors=True, fragment=is_fragment)

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
        return list(self.document.query(selector))

    @functools.cached_property
    def elements(self) -> list[Element]:
        """Every element, in the order of the page. Walked once: a selector for each rule takes ten times as long."""
        return list(_within(self.document.root))

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
        root = self.one(selector) if selector else self.document.root
        return text(root)

    def fields(self, form: str) -> dict[str, str]:
        """What the form sends as it stands: its hidden, filled, chosen and ticked fields."""
        return dict(_sent(self.one(form)))


def text(element: Element) -> str:
    """What can be read in an element, with single spaces."""
    return " ".join(element.to_text(separator=" ").split())


def _within(parent: Element) -> Iterator[Element]:
    for child in parent.children or ():
        if isinstance(child, Element):
            yield child
            yield from _within(child)


def broken_rules(page: Page) -> list[str]:
    """Every rule that the page breaks, in words; empty for a good page."""
    rules = [_parses, _has_no_inline_code, _has_unique_ids, _has_whole_forms, _has_labels, _has_names]
    if not page.is_fragment:
        rules += [_has_a_frame, _points_at_what_is_there]
    return [wrong for rule in rules for wrong in rule(page)]


def _parses(page: Page) -> Iterator[str]:
    for error in page.document.errors:
        yield f"is not valid HTML: {error.code} at line {error.line}"
    for mark in ("{{", "{%"):
        if mark in page.html:
            yield f"shows template code: {mark}"


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
            if value and value.strip().lower().startswith("javascript:"):
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
        if method == "post" and not any(field.attrs.get("name") == "csrf_token" for field in _within(form)):
            yield f"has a form to {form.attrs.get('action')} without a CSRF token"


def _has_labels(page: Page) -> Iterator[str]:
    labels = page.named("label")
    labelled = {element.attrs.get("for") for element in labels}
    within = {id(field) for label in labels for field in _within(label)}
    for field in page.named("input", "select", "textarea"):
        named = {"aria-label", "aria-labelledby"} & field.attrs.keys()
        if (field.attrs.get("type") or "text") in UNLABELLED_INPUTS or named or id(field) in within:
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
    return any(named.get(picture.name) in picture.attrs for picture in _within(element))


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
            yield name, field.to_text().removeprefix("\n")
        elif field.name == "select":
            options = field.query("option[selected]") or field.query("option")[:1]
            for option in options:
                yield name, option.attrs.get("value", text(option))
        elif field.attrs.get("type") not in {"checkbox", "radio", "submit", "button"}:
            yield name, field.attrs.get("value") or ""
        elif "checked" in field.attrs:
            yield name, (field.attrs["value"] or "") if "value" in field.attrs else "on"
