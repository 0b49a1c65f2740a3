"""Hands: how somebody works a page. The same story is told with a pointer, without script, and by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

#: More presses of Tab than any page has stops.
PATIENCE = 250


class Pointer:
    """A finger or a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, url: str) -> None:
        """Go to an address, as from a bookmark."""
        self.page.goto(url)

    def find(self, selector: str, text: str = "") -> Locator:
        """The one thing meant, brought into sight: a folded part of the page is unfolded first."""
        found = self.page.locator(selector, has_text=text) if text else self.page.locator(selector)
        found = found.first
        expect(found).to_be_attached()
        if not found.is_visible():
            self._unfold(found)
        return found

    def _unfold(self, found: Locator) -> None:
        folded = found.locator("xpath=ancestor::details[not(@open)]")
        while folded.count():
            self.activate(folded.first.locator("> summary"))

    def activate(self, found: Locator) -> None:
        """Press it."""
        found.click()

    def write(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.find(selector).fill(text)

    def choose(self, selector: str, label: str) -> None:
        """Choose from a list by the words shown."""
        field = self.find(selector)
        field.select_option(label=self._label(field, label))

    @staticmethod
    def _label(field: Locator, words: str) -> str:
        labels = [label.strip() for label in field.locator("option").all_text_contents()]
        return next(label for label in labels if words in label)

    def tick(self, selector: str) -> None:
        """Tick a box, or choose a radio."""
        self.find_box(selector).check()

    def find_box(self, selector: str) -> Locator:
        """A box or radio, which its own drawing may hide."""
        field = self.page.locator(selector).first
        expect(field).to_be_attached()
        self._unfold(field)
        return field

    def press(self, selector: str, text: str = "") -> None:
        """Press a button or follow a link, and wait for the page or fragment that comes of it."""
        found = self.find(selector, text)
        swaps = found.evaluate("(node) => Boolean(window.htmx && node.closest('[hx-post], [hx-get]'))")
        if swaps:
            self.page.evaluate("document.documentElement.dataset.before = 'yes'")
            with self.page.expect_response(lambda response: response.status != 303) as answer:
                self.activate(found)
            if "hx-redirect" in answer.value.headers:
                # htmx leads to another page then, perhaps to this address again.
                expect(self.page.locator("html[data-before]")).to_have_count(0)
        else:
            with self.page.expect_navigation():
                self.activate(found)


class Keyboard(Pointer):
    """Nothing but keys: Tab to reach a thing, Enter and Space to press it, arrows to choose."""

    def _reach(self, found: Locator) -> None:
        node = found.element_handle()
        for _ in range(PATIENCE):
            if node.evaluate("(node) => node === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {found}")

    def activate(self, found: Locator) -> None:
        """Reach it, then Enter."""
        self._reach(found)
        self.page.keyboard.press("Enter")

    def write(self, selector: str, text: str) -> None:
        """Reach it, clear it, type."""
        field = self.find(selector)
        self._reach(field)
        if field.get_attribute("type") == "date":
            year, month, day = text.split("-")
            self.page.keyboard.type(f"{day}{month}{year}")
        else:
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(text)

    def choose(self, selector: str, label: str) -> None:
        """Reach it, and type the first letters of the words."""
        field = self.find(selector)
        self._reach(field)
        wanted = self._label(field, label)
        self.page.keyboard.type(wanted)
        expect(field.locator("option:checked")).to_have_text(wanted)

    def tick(self, selector: str) -> None:
        """Reach it, then Space. Tab stops at a group of radios once; arrows go on from there."""
        field = self.find_box(selector)
        if field.get_attribute("type") == "radio":
            self._reach_radio(field)
        else:
            self._reach(field)
            self.page.keyboard.press("Space")
        expect(field).to_be_checked()

    def _reach_radio(self, field: Locator) -> None:
        name = field.get_attribute("name")
        form = field.locator("xpath=ancestor::form")
        for _ in range(PATIENCE):
            if form.evaluate(
                "(form, name) => form.contains(document.activeElement) && document.activeElement.name === name", name
            ):
                break
            self.page.keyboard.press("Tab")
        for _ in range(10):
            if field.evaluate("(node) => node === document.activeElement"):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow reaches {field}")
