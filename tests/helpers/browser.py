"""A real browser for tests: Debian's Chromium through Playwright."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page

#: The one that cannot open a window comes first: it is the same engine, and does the same for less.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Nothing but the pages under test: no updates, no accounts, no talk with anybody.
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # axe makes more short-lived objects in a second than a page in an hour: to tidy up behind them took a seventh.
    "--js-flags=--semi-space-size=64 --min-semi-space-size=64",
)
NONE = "there is no Chromium on this machine (on Debian: apt-get install chromium-headless-shell)"


def chromium_path() -> str | None:
    """Where Chromium lies on this machine."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextlib.contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """The browser, without a window."""
    # A sandbox needs a user who is not root.
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@contextlib.contextmanager
def window(
    browser: Browser, *, width: int = 1280, height: int = 900, dark: bool = False, javascript: bool = True
) -> Iterator[Page]:
    """One person's window, with cookies of its own. A script's error or a break of the CSP fails the test."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=width < 600,
        color_scheme="dark" if dark else "light",
        java_script_enabled=javascript,
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    page = context.new_page()
    wrong: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            wrong.append(message.text)

    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", listen)
    yield page
    context.close()
    assert not wrong, "\n".join(wrong)
